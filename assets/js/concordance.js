// How a word was rendered: every place where it stands, grouped by what stands on the other side.
import { api, search } from "./api.js";
import { button, el, put, textNodes } from "./dom.js";
import { openDialog } from "./dialog.js";
import { languageName, number, t } from "./i18n.js";

const COUNT = 50;

/** The text selected on the page and the side it stands on. @param {App} app @returns {{ text: string, side: Side }} */
export function selectedText(app) {
  const selection = getSelection();
  const text = selection?.toString().trim().replace(/\s+/g, " ").slice(0, 200) ?? "";
  const at = selection?.anchorNode;
  const place = (at instanceof Element ? at : at?.parentElement)?.closest("[lang]");
  return { text, side: place?.getAttribute("lang")?.split("-")[0] === app.session.target_lang.split("-")[0] ? "target" : "source" };
}

/** @param {App} app @param {{ text: string, side: Side }} from @param {(hit: Hit) => void} go */
export function openConcordance(app, from, go) {
  const field = el("input", { type: "search", "aria-label": t("concordance.query"), autofocus: true, autocomplete: "off" });
  field.value = from.text;
  const sides = el(
    "select",
    { "aria-label": t("concordance.side") },
    /** @type {Side[]} */ (["source", "target"]).map((side) =>
      el("option", { value: side }, languageName(side === "source" ? app.session.source_lang : app.session.target_lang)),
    ),
  );
  sides.value = from.side;
  const out = el("div", { class: "concordance" });
  let start = 0;

  const find = async () => {
    const q = field.value.trim();
    if (!q) return put(out, el("p", { class: "muted" }, t("concordance.hint")));
    try {
      /** @type {Concordance} */
      const answer = await api(`concordance?${search({ q, side: sides.value, start, count: COUNT })}`);
      draw(answer);
    } catch (error) {
      put(out, el("p", { class: "error" }, String(error instanceof Error ? error.message : error)));
    }
  };

  /** @param {Concordance} answer */
  const draw = ({ total, groups, hits }) => {
    const [here, there] =
      sides.value === "source" ? [app.session.source_lang, app.session.target_lang] : [app.session.target_lang, app.session.source_lang];
    put(
      out,
      el("p", { role: "status" }, t("concordance.total", { n: total })),
      groups.length > 0 &&
        el(
          "section",
          {},
          el("h3", {}, t("concordance.groups")),
          el(
            "ul",
            { class: "groups" },
            groups.map((group) =>
              el(
                "li",
                {},
                el("b", {}, number(group.count)),
                " ",
                el("span", { lang: there, class: "text" }, ...textNodes(group.rendering || "–")),
                " ",
                el("small", { class: "muted" }, group.outlets.join(", ")),
              ),
            ),
          ),
        ),
      hits.length > 0 &&
        el(
          "div",
          { class: "scroll", tabindex: 0, role: "region", "aria-label": t("concordance.hits") },
          el(
            "table",
            { class: "kwic" },
            el("caption", { class: "vh" }, t("concordance.hits")),
            el(
              "thead",
              {},
              el(
                "tr",
                {},
                ["number", "left", "match", "right", "other"].map((name) =>
                  el(
                    "th",
                    { scope: "col", class: name },
                    name === "number"
                      ? t("column.number")
                      : name === "match"
                        ? languageName(here)
                        : name === "other"
                          ? languageName(there)
                          : el("span", { class: "vh" }, t(`concordance.${name}`)),
                  ),
                ),
              ),
            ),
            el(
              "tbody",
              {},
              hits.map((hit) =>
                el(
                  "tr",
                  {},
                  el(
                    "td",
                    {},
                    button(
                      number(hit.n),
                      () => {
                        close();
                        go(hit);
                      },
                      { class: "plain link", "aria-label": t("concordance.go", { n: hit.n }) },
                    ),
                  ),
                  el("td", { class: "left", lang: here }, el("span", {}, ...textNodes(hit.left))),
                  el("td", { class: "match", lang: here }, el("mark", {}, ...textNodes(hit.match))),
                  el("td", { class: "right", lang: here }, ...textNodes(hit.right)),
                  el(
                    "td",
                    { class: "other", lang: there },
                    ...textNodes(hit.other),
                    hit.outlet && el("small", { class: "muted" }, ` ${hit.outlet}`),
                  ),
                ),
              ),
            ),
          ),
        ),
      total > COUNT &&
        el(
          "div",
          { class: "buttons" },
          button(
            t("concordance.before"),
            () => {
              start = Math.max(0, start - COUNT);
              find();
            },
            { disabled: start === 0 },
          ),
          button(
            t("concordance.after"),
            () => {
              start += COUNT;
              find();
            },
            { disabled: start + COUNT >= total },
          ),
        ),
    );
  };

  const close = openDialog(
    t("concordance.title"),
    () => [
      el(
        "form",
        {
          class: "ask",
          on: {
            submit: (/** @type {Event} */ event) => {
              event.preventDefault();
              start = 0;
              find();
            },
          },
        },
        field,
        sides,
        el("button", { class: "main" }, t("concordance.find")),
      ),
      out,
    ],
    { wide: true },
  );
  find();
}
