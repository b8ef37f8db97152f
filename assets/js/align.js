// The page for beads: a grid with the segments in its cells, the path beside it, and verdicts. Groupings are not changed here.
import { api, ApiError, part, search } from "./api.js";
import { documentsPage } from "./documents.js";
import { openConcordance, selectedText } from "./concordance.js";
import { createDotplot } from "./dotplot.js";
import { askNumber } from "./dialog.js";
import { button, el, put, textNodes } from "./dom.js";
import { createGrid } from "./grid.js";
import { languageName, number, originName, t } from "./i18n.js";
import { confidence, LOW, stateMark } from "./marks.js";
import { createPages } from "./pages.js";
import { formatRoute } from "./route.js";

/** Beads of a page, as the server gives them. */
const SIZE = 400;
/** Lines of text that a row has room for. */
const LINES = 3;

/** @param {App} app @param {Route} route @returns {AppPage} */
export function alignPage(app, route) {
  return route.name ? beadsPage(app, route) : documentsPage(app);
}

/** @param {App} app @param {Route} route @returns {AppPage} */
function beadsPage(app, route) {
  const origin = route.name;
  let total = 0;
  /** @type {Side} */
  let side = "source";
  let segment = 0;

  const beads = createPages(
    async (start, count) => {
      /** @type {BeadPage} */
      const page = await api(`beads/${part(origin)}?${search({ start, count })}`);
      total = page.total;
      return { start, rows: page.beads };
    },
    () => {
      grid.refresh();
      settle();
    },
    { size: SIZE, total: () => Math.max(total, 1) },
  );

  const grid = createGrid({
    id: "bead",
    label: () => t("align.label"),
    get: beads.get,
    need: (first, end) => {
      beads.ensure(first, end).catch(app.fail);
    },
    moved: () => {
      segment = 0;
      settle();
    },
    rowClass: (bead) => `${bead.kind === "1:1" ? "" : "uneven"}${bead.accepted ? " accepted" : ""}`,
    columns: [
      {
        id: "number",
        title: () => t("column.number"),
        draw: (bead, cell) =>
          cell.append(number(bead.n + 1), bead.accepted ? el("span", { class: "lock", title: t("align.accepted") }, "■") : ""),
      },
      {
        id: "source",
        title: () => languageName(app.session.source_lang),
        draw: (bead, cell) => segments(cell, bead.source, app.session.source_lang),
      },
      {
        id: "target",
        title: () => languageName(app.session.target_lang),
        draw: (bead, cell) => segments(cell, bead.target, app.session.target_lang),
      },
      { id: "grouping", title: () => t("align.kind"), draw: (bead, cell) => cell.append(bead.kind) },
      { id: "confidence", title: () => t("column.confidence"), draw: (bead, cell) => cell.append(confidence(bead.confidence)) },
      {
        id: "status",
        title: () => t("column.state"),
        draw: (bead, cell) => {
          if (bead.state) cell.append(stateMark(bead.state));
        },
      },
    ],
  });
  const plot = createDotplot((bead) => {
    grid.setCurrent(bead);
    grid.focus();
  });
  const pane = el("aside", { class: "detail", tabindex: -1, "aria-label": t("align.detail") });
  const title = el("div", { class: "toolbar" }, el("a", { href: "#/align" }, t("align.all")), el("b", {}, originName(origin)));
  const node = el(
    "div",
    { class: "review align" },
    el("h1", { class: "vh" }, t("nav.align")),
    title,
    el("div", { class: "panes" }, plot.node, grid.node, pane),
  );

  /** @param {HTMLElement} cell @param {Segment[]} list @param {string} lang */
  function segments(cell, list, lang) {
    if (!list.length) return cell.append(el("span", { class: "muted" }, t("align.nothing")));
    const shown = list.slice(0, list.length > LINES ? LINES - 1 : LINES);
    cell.append(
      ...shown.map((one) =>
        el("div", { class: `segment text ${shown.length === 1 ? "alone" : ""}`, lang, dir: "auto" }, ...textNodes(one.text)),
      ),
    );
    if (shown.length < list.length) cell.append(el("div", { class: "muted" }, t("align.more", { n: list.length - shown.length })));
  }

  function current() {
    return beads.get(grid.current);
  }

  function settle() {
    const bead = current();
    if (!bead) return;
    plot.mark(grid.current);
    history.replaceState(null, "", formatRoute("align", origin, { bead: String(bead.n + 1) }));
    const list = bead[side];
    segment = Math.min(segment, Math.max(0, list.length - 1));
    /** @param {Side} which */
    const column = (which) => {
      const lang = which === "source" ? app.session.source_lang : app.session.target_lang;
      return el(
        "section",
        { class: which === side ? "active side" : "side" },
        el("h3", {}, languageName(lang), which === side && el("small", { class: "muted" }, t("align.side"))),
        bead[which].length
          ? el(
              "ol",
              { class: "segments" },
              bead[which].map((one, at) =>
                el(
                  "li",
                  {},
                  button(
                    [el("small", { class: "muted" }, number(one.n + 1)), " ", el("span", { class: "text", lang }, ...textNodes(one.text))],
                    () => {
                      side = which;
                      segment = at;
                      settle();
                    },
                    {
                      class: `plain${which === side && at === segment ? " chosen" : ""}`,
                      "aria-pressed": which === side && at === segment,
                    },
                  ),
                ),
              ),
            )
          : el("p", { class: "muted" }, t("align.nothing")),
      );
    };
    put(
      pane,
      el(
        "header",
        {},
        el("h2", {}, t("align.bead", { n: bead.n + 1 })),
        el("span", { class: "kind" }, bead.kind),
        bead.state && stateMark(bead.state),
        el("span", { class: "numbers" }, confidence(bead.confidence)),
      ),
      bead.accepted && el("p", { class: "muted" }, `■ ${t("align.accepted")}`),
      column("source"),
      column("target"),
      bead.unit &&
        !app.session.read_only &&
        el(
          "div",
          { class: "buttons wrap" },
          /** @type {const} */ (["accept", "flag"]).map((id) => button(el("span", { class: "cap" }, t(`hint.${id}`)), () => app.run(id))),
        ),
      bead.unit && el("p", {}, el("a", { href: formatRoute("review", "", { unit: bead.unit }) }, t("align.to-unit"))),
    );
  }

  /** The verdict goes to the unit that the bead makes; an accepted one is marked. @param {State} state */
  async function judge(state) {
    const unit = current()?.unit;
    if (!unit) return app.say(t("align.no-unit"), "warning");
    try {
      /** @type {UnitDetail} */
      const detail = await api(`unit/${part(unit)}`);
      await api("act", { body: { unit, base: detail.base, op: "verdict", state } });
      app.say(t(`state.${state}`));
      await reload(current()?.n);
      app.recount();
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) {
        await reload(current()?.n);
        return app.say(t("align.conflict"), "warning");
      }
      app.fail(error);
    }
  }

  /** @param {number} [n] the bead to be at */
  async function reload(n = 0) {
    beads.clear();
    await beads.ensure(n, n + 1);
    grid.reset(total, t("align.empty"));
    if (!total) return;
    grid.setCurrent(n, { always: true });
    plot.show(await api(`path/${part(origin)}`));
    plot.mark(grid.current);
  }

  /** @param {1 | -1} by */
  async function problem(by) {
    for (let index = grid.current + by; index >= 0 && index < total; index += by) {
      if (!beads.get(index)) await beads.ensure(index, index + 1);
      const bead = beads.get(index);
      if (bead && !bead.accepted && (bead.kind !== "1:1" || (bead.confidence ?? 1) < LOW)) return grid.setCurrent(index);
    }
    app.say(t("align.no-more"));
  }

  /** @param {number} by */
  const choose = (by) => {
    const list = current()?.[side] ?? [];
    if (by < 0 && side === "target" && segment === 0) {
      side = "source";
      segment = 0;
    } else if (by > 0 && side === "source" && segment >= list.length - 1) {
      side = "target";
      segment = 0;
    } else segment = Math.max(0, Math.min(list.length - 1, segment + by));
    settle();
    const chosen = current()?.[side][segment];
    app.say(`${t(`align.${side}`)}${chosen ? `, ${number(chosen.n + 1)}: ${chosen.text}` : ""}`);
  };

  async function open() {
    await beads.ensure(wanted(route), wanted(route) + 1);
    grid.reset(total, t("align.empty"));
    if (total) grid.setCurrent(wanted(route), { always: true });
    plot.show(await api(`path/${part(origin)}`));
    plot.mark(grid.current);
  }

  /** @param {"undo" | "redo"} which */
  async function step(which) {
    try {
      await api(which, { body: {} });
      app.say(t(`${which}.done`, { what: "", where: "" }));
      await reload(current()?.n);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return app.say(t(`${which}.nothing`));
      app.fail(error);
    }
  }

  grid.translate();
  return {
    node,
    mode: "align",
    shown: () => {
      grid.focus();
      open().catch(app.fail);
    },
    left: () => plot.left(),
    changed: ({ acts }) => {
      if (acts.some((event) => event.by !== app.session.reviewer)) reload(current()?.n).catch(app.fail);
    },
    actions: {
      next: () => grid.step(1),
      previous: () => grid.step(-1),
      "page-down": () => grid.page(1),
      "page-up": () => grid.page(-1),
      first: () => grid.setCurrent(0),
      last: () => grid.setCurrent(total - 1),
      go: () => askNumber(t("go.title"), t("align.bead-number"), total, (n) => grid.setCurrent(n - 1)),
      "next-finding": () => problem(1),
      "previous-finding": () => problem(-1),
      accept: () => judge(current()?.state === "accepted" ? "unreviewed" : "accepted"),
      flag: () => judge("flagged"),
      "side-left": () => choose(-1),
      "side-right": () => choose(1),
      undo: () => step("undo"),
      redo: () => step("redo"),
      concordance: () =>
        openConcordance(app, selectedText(app), (hit) => {
          location.hash = formatRoute("review", "", { unit: hit.id });
        }),
      refresh: () => {},
      escape: () => {
        grid.focus();
      },
    },
  };
}

/** The bead that the address names, from 0; the address counts from 1, as people do. @param {Route} route */
function wanted(route) {
  return Math.max(0, Math.round(Number(route.query.get("bead")) || 1) - 1);
}
