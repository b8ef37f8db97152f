// How the corpus' numbers and states look, everywhere the same: shape and number and colour, never colour alone.
import { el } from "./dom.js";
import { checkName, probability, t } from "./i18n.js";

/** From here up a confidence is high; below `LOW` it is doubtful. */
export const HIGH = 0.8;
export const LOW = 0.6;

/** @param {number | null} value @returns {"high" | "middle" | "low" | "none"} */
export function level(value) {
  return value === null || value === undefined ? "none" : value >= HIGH ? "high" : value >= LOW ? "middle" : "low";
}

export const SHAPES = { high: "▲", middle: "◆", low: "▼", none: "" };
const STATE_SHAPES = { unreviewed: "○", accepted: "✓", edited: "✎", rejected: "✕", flagged: "?", withdrawn: "–" };

/** `▼ 0,41`. @param {number | null} value */
export function confidence(value) {
  const at = level(value);
  return el(
    "span",
    { class: `number ${at}` },
    el("span", { class: "shape", "aria-hidden": "true" }, SHAPES[at]),
    probability(value ?? null),
  );
}

/** @param {State | null} state */
export function stateMark(state) {
  const at = state ?? "unreviewed";
  return el(
    "span",
    { class: `state ${at}` },
    el("span", { class: "shape", "aria-hidden": "true" }, STATE_SHAPES[at]),
    el("span", {}, t(`state.${at}`)),
  );
}

/** A check's name with its tier. @param {RowFinding} finding */
export function findingMark({ check, tier }) {
  return el(
    "span",
    { class: `finding tier${tier}` },
    el("span", { class: "shape", "aria-hidden": "true" }, tier === 1 ? "⚠" : "·"),
    checkName(check),
  );
}

/** A grouping that a person made: the hand that writes, as a character and not as a picture. */
export function handMark() {
  return el(
    "span",
    { class: "hand", title: t("align.by-hand-about") },
    el("span", { class: "shape", "aria-hidden": "true" }, "✍\uFE0E"),
    t("align.by-hand"),
  );
}

/** A bead that realigning goes around. */
export function acceptedMark() {
  return [
    el("span", { class: "lock", title: t("align.accepted-about"), "aria-hidden": "true" }, "■"),
    el("span", { class: "vh" }, ` ${t("align.accepted")}`),
  ];
}
