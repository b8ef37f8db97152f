// What an act was, in words.
import { diffNodes, el } from "./dom.js";
import { wordDiff } from "./diff.js";
import { has, moment, number, originName, t } from "./i18n.js";

/** Acts on beads; one names its alignment (`bitext`) and says what was done (`how`). */
const ON_BEADS = ["regroup", "cut", "join"];

/** In a few words, for the live region. @param {ReviewEvent} event */
export function eventName(event) {
  if (event.op === "verdict") return t(`state.${event.state ?? "unreviewed"}`);
  if (event.op === "bulk") return t("op.bulk", { n: Number(event.count ?? 0) });
  return has(`how.${event.how}`) ? t(`how.${event.how}`) : t(`op.${event.op}`);
}

/** Whether an act changed beads, or may have: an undoing does not say of what kind the undone act was, but an act on units comes with their rows. @param {ReviewEvent} event @param {Row[]} rows */
export function isOnBeads(event, rows) {
  const undoes = event.op === "undo" || event.op === "redo";
  return ON_BEADS.includes(event.op) || (undoes && !rows.some((row) => row.id === event.unit));
}

/** What was undone or done again, and where, for the live region. @param {"undo" | "redo"} which @param {UndoAnswer} answer */
export function stepName(which, { undone, row, beads }) {
  const what = eventName(undone);
  if (beads) return t(`${which}.beads`, { what, n: beads.bead + 1, origin: originName(beads.origin) });
  return t(`${which}.done`, { what, where: row ? number(row.n) : "" });
}

/** As a line of a history. @param {ReviewEvent} event */
export function eventLine(event) {
  return el(
    "li",
    {},
    el("span", { class: "what" }, eventName(event)),
    " ",
    el("small", {}, `${event.by} · ${moment(event.at)}`),
    event.op === "edit" && el("div", { class: "text small" }, ...diffNodes(wordDiff(event.from ?? "", event.to ?? ""))),
    event.op === "note" && event.text && el("div", { class: "small" }, event.text),
    event.reason && el("div", { class: "small muted" }, event.reason),
  );
}
