// What an act was, in words.
import { diffNodes, el } from "./dom.js";
import { wordDiff } from "./diff.js";
import { moment, t } from "./i18n.js";

/** In a few words, for the live region. @param {ReviewEvent} event */
export function eventName(event) {
  if (event.op === "verdict") return t(`state.${event.state ?? "unreviewed"}`);
  if (event.op === "bulk") return t("op.bulk", { n: Number(event.count ?? 0) });
  return t(`op.${event.op}`);
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
