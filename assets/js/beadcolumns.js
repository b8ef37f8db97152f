// The columns of the grid of beads: how a bead is drawn in each.
import { el, textNodes } from "./dom.js";
import { languageName, number, t } from "./i18n.js";
import { acceptedMark, confidence, handMark, stateMark } from "./marks.js";

/** Lines of text that a row has room for. */
const LINES = 3;

/** The language of a side. @param {App} app @param {Side} side */
export function languageOf(app, side) {
  return side === "source" ? app.session.source_lang : app.session.target_lang;
}

/** @param {App} app @returns {import("./grid.js").Column<Bead>[]} */
export function beadColumns(app) {
  /** @param {Side} side @returns {import("./grid.js").Column<Bead>} */
  const texts = (side) => ({
    id: side,
    title: () => languageName(languageOf(app, side)),
    draw: (bead, cell) => drawSegments(cell, bead[side], side, languageOf(app, side)),
  });
  return [
    {
      id: "number",
      title: () => t("column.number"),
      draw: (bead, cell) => cell.append(number(bead.n + 1), ...(bead.accepted ? acceptedMark() : [])),
    },
    texts("source"),
    texts("target"),
    { id: "grouping", title: () => t("align.kind"), draw: (bead, cell) => cell.append(bead.kind) },
    { id: "confidence", title: () => t("column.confidence"), draw: (bead, cell) => cell.append(confidence(bead.confidence)) },
    {
      id: "status",
      title: () => t("column.state"),
      draw: (bead, cell) => {
        if (bead.unit) cell.append(stateMark(bead.state));
        if (bead.by_hand) cell.append(handMark());
      },
    },
  ];
}

/** One line for each segment, as far as there is room; `data-segment` names it (`source 12`). @param {HTMLElement} cell @param {Segment[]} list @param {Side} side @param {string} lang */
function drawSegments(cell, list, side, lang) {
  if (!list.length) return cell.append(el("span", { class: "muted" }, t("align.nothing")));
  const shown = list.slice(0, list.length > LINES ? LINES - 1 : LINES);
  cell.append(
    ...shown.map((one) =>
      el(
        "div",
        { class: `segment text ${shown.length === 1 ? "alone" : ""}`, lang, dir: "auto", "data-segment": `${side} ${one.n}` },
        ...textNodes(one.text),
      ),
    ),
  );
  if (shown.length < list.length) cell.append(el("div", { class: "muted" }, t("align.more", { n: list.length - shown.length })));
}
