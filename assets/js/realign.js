// What realigning would change: the beads as they are beside the beads as they would be. Enter keeps the new ones, Esc leaves all as it is.
import { button, el, table, textNodes } from "./dom.js";
import { openDialog } from "./dialog.js";
import { number, t } from "./i18n.js";
import { confidence, handMark } from "./marks.js";

/** Changes drawn; the rest is told by its number. */
const MOST = 200;

/** @param {App} app @param {RealignAnswer["changes"]} changes @param {{ from: number, to: number }} range @returns {Promise<boolean>} whether to keep them */
export function askRealign(app, changes, { from, to }) {
  let keeps = false;
  /** @param {string} when @param {Bead[]} list */
  const cell = (when, list) => [
    el("h3", { class: "when" }, when),
    list.map((bead) =>
      el(
        "div",
        { class: "change" },
        el("div", { class: "small muted" }, bead.kind, " ", confidence(bead.confidence), bead.by_hand && handMark()),
        side(bead.source, app.session.source_lang),
        side(bead.target, app.session.target_lang),
      ),
    ),
  ];
  const places = (/** @type {Bead[]} */ list) =>
    [list[0], list.at(-1)].map((bead) => number((bead?.n ?? 0) + 1)).filter((one, at, all) => all.indexOf(one) === at);
  return new Promise((resolve) =>
    openDialog(
      t("align.realign-title", { n: changes.length }),
      (close) => [
        el("p", {}, t("align.realign-about", { from: number(from + 1), to: number(to + 1) })),
        el(
          "div",
          { class: "changes" },
          table(
            [{ title: t("align.beads") }, { title: t("align.before") }, { title: t("align.after") }],
            changes
              .slice(0, MOST)
              .map((one) => [places(one.before).join("–"), cell(t("align.before"), one.before), cell(t("align.after"), one.after)]),
          ),
        ),
        changes.length > MOST && el("p", { class: "muted" }, t("align.realign-more", { n: changes.length - MOST })),
        el(
          "div",
          { class: "buttons end sticky" },
          button([t("align.realign-leave"), el("kbd", {}, "Esc")], close),
          button(
            [t("align.keep"), el("kbd", {}, "↵")],
            () => {
              keeps = true;
              close();
            },
            { class: "main", autofocus: true },
          ),
        ),
      ],
      { wide: true, closed: () => resolve(keeps) },
    ),
  );
}

/** @param {Segment[]} list @param {string} lang */
function side(list, lang) {
  return el(
    "div",
    {},
    list.length === 0 && el("p", { class: "muted" }, t("align.nothing")),
    list.map((one) =>
      el(
        "p",
        {},
        el("small", { class: "muted" }, number(one.n + 1)),
        " ",
        el("span", { class: "text", lang, dir: "auto" }, ...textNodes(one.text)),
      ),
    ),
  );
}
