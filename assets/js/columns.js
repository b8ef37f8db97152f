// The columns of the grid of units: what a row shows of a unit.
import { el, textNodes } from "./dom.js";
import { languageName, number, t } from "./i18n.js";
import { confidence, findingMark, stateMark } from "./marks.js";

/** Text of a cell beyond this is cut, UTF-16 units: two lines show of it. */
const MOST = 600;

/** @param {App} app @returns {import("./grid.js").Column<Row>[]} */
export function unitColumns(app) {
  return [
    { id: "number", title: () => t("column.number"), draw: (row, cell) => cell.append(number(row.n)) },
    {
      id: "source",
      title: () => languageName(app.session.source_lang),
      draw: (row, cell) => text(cell, row.source, app.session.source_lang),
    },
    {
      id: "target",
      title: () => languageName(app.session.target_lang),
      draw: (row, cell) => text(cell, row.target, app.session.target_lang),
    },
    { id: "confidence", title: () => t("column.confidence"), draw: (row, cell) => cell.append(confidence(row.confidence)) },
    { id: "score", title: () => t("column.score"), draw: (row, cell) => cell.append(confidence(row.score)) },
    {
      id: "findings",
      title: () => t("column.findings"),
      draw: (row, cell) => cell.append(el("div", { class: "clamp" }, ...marksOf(row))),
    },
    {
      id: "status",
      title: () => t("column.state"),
      draw: (row, cell) => cell.append(stateMark(row.state), row.kind && row.kind !== "1:1" ? el("span", { class: "kind" }, row.kind) : ""),
    },
  ];
}

/** @param {HTMLElement} cell @param {string} content @param {string} lang */
function text(cell, content, lang) {
  cell.append(
    el(
      "div",
      { class: "clamp text", lang, dir: "auto" },
      ...textNodes(content.length > MOST ? `${content.slice(0, MOST).replace(/[\uD800-\uDBFF]$/, "")}…` : content),
    ),
  );
}

/** @param {Row} row */
function marksOf(row) {
  const sorted = [...row.findings].sort((a, b) => a.tier - b.tier).filter((one) => one.tier < 3);
  return sorted.length > 2
    ? [findingMark(sorted[0]), el("span", { class: "more" }, `+${number(sorted.length - 1)}`)]
    : sorted.map(findingMark);
}
