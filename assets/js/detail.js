// The pane of one unit: both texts with what was found in them, where they come from, other renderings, notes, history. It asks the server for nothing.
import { button, diffNodes, el, put, textNodes } from "./dom.js";
import { differs, wordDiff } from "./diff.js";
import { createEditor } from "./editor.js";
import { eventLine } from "./events.js";
import { checkName, chordName, languageName, listed, moment, t } from "./i18n.js";
import { confidence, stateMark } from "./marks.js";
import { ACTIONS, keysOf } from "./keys.js";
import { link, provenanceNodes } from "./provenance.js";

/**
 * @param {App} app
 * @param {object} does
 * @param {(side: Side, text: string, next: boolean) => void} does.edit
 * @param {(text: string) => void} does.note
 * @param {(finding: Finding, dismissed: boolean) => void} does.dismiss
 * @param {() => void} does.back gives the focus back to the grid
 */
export function createDetail(app, does) {
  const node = el("aside", { class: "detail", tabindex: -1, "aria-label": t("detail.label") });
  /** @type {Row | null} */
  let row = null;
  /** @type {UnitDetail | null} */
  let unit = null;
  /** @type {"" | "source" | "target" | "note"} */
  let editing = "";
  /** @type {ReturnType<typeof createEditor> | null} */
  let editor = null;
  let rendering = -1;
  let finding = -1;
  let rule = false;
  /** What was being typed when another unit was chosen, by unit and side. @type {Map<string, string>} */
  const drafts = new Map();

  const open = () => (unit?.findings ?? []).filter((one) => !one.dismissed);
  const active = () => (finding >= 0 ? (unit?.findings[finding]?.key ?? null) : null);

  const draw = () => {
    if (!row) return put(node, el("p", { class: "muted" }, t("detail.none")));
    if (editing && editor) return; // what is being typed stays
    node.setAttribute("aria-label", t("detail.title", { n: row.n }));
    const focused = node.contains(document.activeElement) ? document.activeElement?.getAttribute("data-focus") : null;
    put(
      node,
      heading(row),
      verdicts(row),
      side("source", row),
      side("target", row),
      unit ? [findings(unit), provenanceNodes(unit), renderings(unit, row), notes(unit), history(unit)] : el("p", { class: "muted" }, "…"),
    );
    const again = focused && node.querySelector(`[data-focus="${CSS.escape(focused)}"]`);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  };

  /** @param {Row} here */
  const heading = (here) =>
    el(
      "header",
      {},
      el("h2", {}, t("detail.title", { n: here.n })),
      stateMark(here.state),
      here.kind && here.kind !== "1:1" && el("span", { class: "kind" }, here.kind),
      el(
        "span",
        { class: "numbers" },
        here.confidence !== null &&
          el("span", { title: t("column.confidence-about") }, el("small", {}, t("column.confidence")), " ", confidence(here.confidence)),
        here.score !== null &&
          el("span", { title: t("column.score-about") }, el("small", {}, t("column.score")), " ", confidence(here.score)),
      ),
    );

  /** @param {Row} here */
  const verdicts = (here) =>
    !app.session.read_only &&
    el(
      "div",
      { class: "verdicts", role: "group", "aria-label": t("keys.verdict") },
      /** @type {const} */ ([
        ["accept", "accepted"],
        ["reject", "rejected"],
        ["flag", "flagged"],
      ]).map(([id, state]) =>
        button([el("span", { class: "cap" }, t(`key.${id}`)), keyOf(id)], () => app.run(id), {
          class: state,
          "data-focus": id,
          "aria-pressed": here.state === state || (state === "accepted" && here.state === "edited"),
        }),
      ),
    );

  /** @param {string} id */
  const keyOf = (id) => {
    const action = ACTIONS.find((one) => one.id === id);
    const key = action && keysOf(app.keymap, action)[0];
    return key ? el("kbd", { "aria-hidden": "true" }, chordName(key)) : null;
  };

  /** @param {Side} which @param {Row} here */
  const side = (which, here) => {
    const text = here[which];
    const lang = unit?.[which].lang ?? (which === "source" ? app.session.source_lang : app.session.target_lang);
    const original = unit?.[which].original ?? text;
    const marked = (unit?.findings ?? [])
      .filter((one) => !one.dismissed)
      .map((one) => ({ key: one.key, spans: which === "source" ? one.source_spans : one.target_spans }));
    const usable = unit?.[which].text === text ? marked : [];
    return el(
      "section",
      { class: "side" },
      el(
        "h3",
        {},
        languageName(lang),
        !app.session.read_only &&
          button(
            [t("detail.edit"), el("span", { class: "vh" }, `: ${languageName(lang)}`), keyOf(which === "target" ? "edit" : "edit-source")],
            () => edit(which),
            { class: "quiet", "data-focus": `edit-${which}` },
          ),
      ),
      el(
        "p",
        { class: "text", lang, dir: "auto", "data-side": which },
        text ? textNodes(text, usable, active()) : el("span", { class: "muted" }, t("detail.empty-side")),
      ),
      original !== text &&
        el(
          "div",
          { class: "original" },
          el("small", {}, t("detail.original")),
          el("p", { class: "text small", lang }, ...diffNodes(wordDiff(original, text))),
        ),
    );
  };

  /** @param {UnitDetail} here */
  const findings = (here) =>
    el(
      "section",
      {},
      el("h3", {}, t("detail.findings")),
      here.findings.length === 0
        ? el("p", { class: "muted" }, t("detail.no-findings"))
        : el(
            "ul",
            { class: "findings" },
            here.findings.map((one, at) =>
              el(
                "li",
                { class: `tier${one.tier}${one.dismissed ? " dismissed" : ""}${at === finding ? " active" : ""}` },
                el(
                  "div",
                  { class: "finding-head" },
                  button(
                    [el("span", { class: "shape", "aria-hidden": "true" }, one.tier === 1 ? "⚠" : "·"), checkName(one.check)],
                    () => {
                      rule = !(rule && at === finding);
                      finding = at;
                      draw();
                    },
                    { class: "plain", "data-focus": `rule-${one.key}`, "aria-expanded": rule && at === finding, title: t("key.rule") },
                  ),
                  el("small", { class: "muted" }, t("detail.tier", { tier: one.tier })),
                  !app.session.read_only &&
                    button(
                      one.dismissed
                        ? t("detail.restore")
                        : [t("detail.dismiss"), at === (finding >= 0 ? finding : firstOpen()) ? keyOf("dismiss") : null],
                      () => does.dismiss(one, !one.dismissed),
                      { class: "quiet", "data-focus": `dismiss-${one.key}` },
                    ),
                ),
                el("p", {}, one.message),
                one.dismissed &&
                  el("small", { class: "muted" }, t("detail.dismissed", { by: one.dismissed.by, at: moment(one.dismissed.at) })),
                rule && at === finding && el("p", { class: "rule" }, app.checks.get(one.check)?.about ?? ""),
              ),
            ),
          ),
    );

  const firstOpen = () => (unit?.findings ?? []).findIndex((one) => !one.dismissed);

  /** @param {UnitDetail} here @param {Row} now */
  const renderings = (here, now) => {
    const others = here.renderings.filter((one) => !one.current);
    if (!others.length) return null;
    return el(
      "section",
      {},
      el("h3", {}, t("detail.renderings"), el("small", { class: "muted" }, t("detail.compared"))),
      el(
        "ul",
        { class: "renderings" },
        others.map((one, at) => {
          const mine = [here.source, here.target].find((side) => short(side.lang) === short(one.lang));
          const against = mine === here.source ? now.source : now.target;
          const parts = mine ? wordDiff(against, one.text) : [];
          return el(
            "li",
            { class: at === rendering ? "active" : null, "aria-current": at === rendering ? "true" : null },
            el(
              "div",
              { class: "muted small" },
              [one.outlet, listed("rendering", one.kind), one.quote_type && listed("quote", one.quote_type), one.lang]
                .filter(Boolean)
                .join(" · "),
              " ",
              link(one.url),
            ),
            el("p", { class: "text", lang: one.lang }, mine && differs(parts) ? diffNodes(parts) : textNodes(one.text)),
            mine && !differs(parts) && el("small", { class: "muted" }, t("detail.same-words")),
          );
        }),
      ),
    );
  };

  /** @param {UnitDetail} here */
  const notes = (here) =>
    el(
      "section",
      { class: "notes" },
      el(
        "h3",
        {},
        t("detail.notes"),
        !app.session.read_only && button([t("detail.add-note"), keyOf("note")], () => note(), { class: "quiet", "data-focus": "note" }),
      ),
      here.notes.length === 0
        ? el("p", { class: "muted" }, t("detail.no-notes"))
        : el(
            "ul",
            {},
            here.notes.map((one) =>
              el(
                "li",
                {},
                el("p", { class: "text" }, ...textNodes(one.text)),
                el("small", { class: "muted" }, `${one.by} · ${moment(one.at)}`),
              ),
            ),
          ),
    );

  /** @param {UnitDetail} here */
  const history = (here) =>
    el(
      "section",
      {},
      el("h3", {}, t("detail.history")),
      here.history.length === 0
        ? el("p", { class: "muted" }, t("detail.no-history"))
        : el("ol", { class: "history" }, here.history.map(eventLine)),
    );

  /** @param {Side} which */
  function edit(which) {
    if (!row || app.session.read_only) return;
    editing = "";
    draw();
    editing = which;
    const section = node.querySelectorAll("section.side")[which === "source" ? 0 : 1];
    const lang = unit?.[which].lang ?? (which === "source" ? app.session.source_lang : app.session.target_lang);
    editor = createEditor({
      text: row[which],
      original: unit?.[which].original ?? row[which],
      lang,
      goes: true,
      label: t("edit.label", { lang: languageName(lang) }),
      draft: drafts.get(`${row.id} ${which}`),
      save: (text, next) => {
        stop();
        does.edit(which, text, next);
      },
      cancel: () => {
        stop();
        does.back();
        app.say(t("edit.cancelled"));
      },
    });
    put(section, el("h3", {}, t("edit.label", { lang: languageName(lang) })), editor.node);
    editor.focus();
    section.scrollIntoView({ block: "nearest" });
  }

  function note() {
    if (!row || app.session.read_only) return;
    editing = "";
    draw();
    const section = node.querySelector("section.notes");
    if (!section) return;
    editing = "note";
    editor = createEditor({
      text: "",
      goes: false,
      label: t("detail.add-note"),
      draft: drafts.get(`${row.id} note`),
      save: (text) => {
        stop();
        does.back();
        if (text.trim()) does.note(text.trim());
      },
      cancel: () => {
        stop();
        does.back();
      },
    });
    section.append(editor.node);
    editor.focus();
    section.scrollIntoView({ block: "nearest" });
  }

  function stop() {
    if (row) drafts.delete(`${row.id} ${editing}`);
    editing = "";
    editor = null;
    draw();
  }

  return {
    node,
    /** @param {Row | null} next @param {UnitDetail | null} whole */
    show(next, whole) {
      const other = next?.id !== row?.id;
      if (other && row && editor?.changed()) {
        drafts.set(`${row.id} ${editing}`, editor.text());
        app.say(t("edit.draft", { n: row.n }), "warning");
      }
      if (other) {
        editing = "";
        editor = null;
        rendering = -1;
        finding = -1;
        rule = false;
      }
      row = next;
      if (other || whole) unit = whole;
      draw();
      if (other) node.scrollTop = 0;
    },
    edit,
    note,
    draw,
    get unit() {
      return unit;
    },
    /** The next finding of the unit gets the stronger mark and its rule is shown. */
    nextRule() {
      const list = unit?.findings ?? [];
      if (!list.length) return app.say(t("detail.no-findings"));
      finding = (finding + 1) % list.length;
      rule = true;
      draw();
      node.querySelector(".findings li.active")?.scrollIntoView({ block: "nearest" });
      app.say(`${checkName(list[finding].check)}: ${list[finding].message}`);
    },
    /** The finding that a key dismisses: the one with the stronger mark, else the first open one. */
    currentFinding: () => (finding >= 0 && unit ? unit.findings[finding] : open()[0]) ?? null,
    /** @param {number} by */
    stepRendering(by) {
      const others = (unit?.renderings ?? []).filter((one) => !one.current);
      if (!others.length) return app.say(t("detail.no-renderings"));
      rendering = (rendering + by + others.length + (rendering < 0 && by < 0 ? 1 : 0)) % others.length;
      draw();
      node.querySelector(".renderings li.active")?.scrollIntoView({ block: "nearest" });
      app.say([others[rendering].outlet, others[rendering].text].filter(Boolean).join(": "));
    },
    focus() {
      node.focus({ preventScroll: false });
      node.scrollIntoView({ block: "nearest" });
    },
  };
}

/** `es` of `es-CO`. @param {string} lang */
function short(lang) {
  return lang.split("-")[0];
}
