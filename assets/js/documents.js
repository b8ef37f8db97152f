// The list of alignments, from which one is chosen.
import { api } from "./api.js";
import { el, put } from "./dom.js";
import { number, t } from "./i18n.js";
import { formatRoute } from "./route.js";

/** Which document? @param {App} app @returns {AppPage} */
export function documentsPage(app) {
  const list = el("div", {});
  const node = el(
    "div",
    { class: "sheet" },
    el("h1", {}, t("align.documents")),
    el("p", { class: "muted" }, t("align.documents-about")),
    list,
  );
  const load = async () => {
    /** @type {DocumentLine[]} */
    const documents = await api("documents");
    if (!documents.length) return put(list, el("p", {}, t("align.no-documents"), " ", el("a", { href: "#/start" }, t("nav.start"))));
    put(
      list,
      el(
        "div",
        { class: "scroll" },
        el(
          "table",
          { class: "lines" },
          el(
            "thead",
            {},
            el(
              "tr",
              {},
              ["source", "target", "beads", "uneven", "low"].map((name) =>
                el("th", { scope: "col", class: ["source", "target"].includes(name) ? null : "figure" }, t(`align.${name}`)),
              ),
            ),
          ),
          el(
            "tbody",
            {},
            documents.map((one) =>
              el(
                "tr",
                {},
                el("th", { scope: "row" }, el("a", { href: formatRoute("align", one.origin) }, one.source)),
                el("td", {}, one.target),
                el("td", { class: "figure" }, number(one.beads)),
                el("td", { class: "figure" }, number(one.not_one_to_one)),
                el("td", { class: `figure${one.low ? " low" : ""}` }, one.low ? `▼ ${number(one.low)}` : "0"),
              ),
            ),
          ),
        ),
      ),
    );
  };
  return {
    node,
    mode: "other",
    actions: {},
    shown: () => {
      load().catch(app.fail);
    },
  };
}
