// The list of alignments, from which one is chosen.
import { api } from "./api.js";
import { el, put, table } from "./dom.js";
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
      table(
        ["source", "target", "beads", "uneven", "low"].map((name, at) => ({ title: t(`align.${name}`), figure: at > 1 })),
        documents.map((one) => [
          el("a", { href: formatRoute("align", one.origin) }, one.source),
          one.target,
          number(one.beads),
          number(one.not_one_to_one),
          one.low ? el("span", { class: "low" }, `▼ ${number(one.low)}`) : "0",
        ]),
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
