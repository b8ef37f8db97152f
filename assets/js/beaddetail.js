// The pane of one bead: its segments, of which one is chosen, and what can be done with it. It asks the server for nothing.
import { languageOf } from "./beadcolumns.js";
import { button, el, put, textNodes } from "./dom.js";
import { chordName, languageName, number, t } from "./i18n.js";
import { ACTIONS, keysOf } from "./keys.js";
import { confidence, handMark, stateMark } from "./marks.js";
import { formatRoute } from "./route.js";
import { beadSplit } from "./splitting.js";

/** Acts in the order in which they are offered. */
const ACTS = {
  verdict: ["accept", "release", "flag"],
  bead: ["merge", "merge-next", "split", "unalign"],
  side: ["shift-up", "pop-down", "push", "pull"],
  segment: ["pinpoint", "edit-segment", "merge-segments"],
  range: ["realign"],
};

/**
 * @typedef {object} BeadPlace the bead shown, and where in it the reviewer is
 * @property {Bead} bead
 * @property {number} total beads of the alignment
 * @property {Side} side
 * @property {number} segment its index on the active side
 */

/** Whether an act makes sense at a bead, as far as the bead itself tells. @param {string} id @param {BeadPlace} place */
export function makesSense(id, { bead, total, side, segment }) {
  const mine = bead[side].length;
  const [isFirst, isLast] = [bead.n === 0, bead.n === total - 1];
  switch (id) {
    case "flag":
      return bead.unit !== null;
    case "release":
      return bead.accepted;
    case "merge":
      return !isFirst;
    case "merge-next":
      return !isLast;
    case "split":
      return beadSplit(bead, side, segment) !== null;
    case "unalign":
      return bead.source.length + bead.target.length > 1;
    case "shift-up":
      return mine > 0 && !isFirst;
    case "pop-down":
      return mine > 0 && !isLast;
    case "push":
      return mine > 0;
    case "pull":
      return !isFirst;
    case "pinpoint":
    case "edit-segment":
      return mine > 0;
    case "merge-segments":
      return segment < mine - 1;
    default:
      return true;
  }
}

/** @param {App} app @param {(side: Side, segment: number) => void} choose */
export function createBeadDetail(app, choose) {
  const node = el("aside", { class: "detail", tabindex: -1, "aria-label": t("align.detail") });

  /** @param {BeadPlace} place */
  const draw = (place) => {
    const { bead } = place;
    const focused = node.contains(document.activeElement) ? document.activeElement?.getAttribute("data-focus") : null;
    put(
      node,
      el(
        "header",
        {},
        el("h2", {}, t("align.bead", { n: bead.n + 1 })),
        el("span", { class: "kind" }, bead.kind),
        bead.unit && stateMark(bead.state),
        el("span", { class: "numbers" }, confidence(bead.confidence)),
      ),
      bead.by_hand && el("p", { class: "standing" }, handMark()),
      bead.accepted && el("p", { class: "standing muted" }, el("span", { class: "lock" }, "■"), ` ${t("align.accepted-about")}`),
      segments("source", place),
      segments("target", place),
      !app.session.read_only && Object.entries(ACTS).map(([group, ids]) => acts(group, ids, place)),
      bead.unit && el("p", {}, el("a", { href: formatRoute("review", "", { unit: bead.unit }) }, t("align.to-unit"))),
    );
    const again = focused && node.querySelector(`[data-focus="${CSS.escape(focused)}"]`);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  };

  /** @param {Side} which @param {BeadPlace} place */
  const segments = (which, { bead, side, segment }) => {
    const lang = languageOf(app, which);
    /** @param {Segment} one @param {number} at */
    const line = (one, at) => {
      const chosen = which === side && at === segment;
      return button(
        [el("small", { class: "muted" }, number(one.n + 1)), " ", el("span", { class: "text", lang, dir: "auto" }, ...textNodes(one.text))],
        () => choose(which, at),
        { class: `plain${chosen ? " chosen" : ""}`, "aria-pressed": chosen, "data-focus": `${which}-${at}` },
      );
    };
    return el(
      "section",
      { class: which === side ? "active side" : "side" },
      el("h3", {}, languageName(lang), which === side && el("small", { class: "muted" }, t("align.side"))),
      bead[which].length
        ? el(
            "ol",
            { class: "segments" },
            bead[which].map((one, at) => el("li", {}, line(one, at))),
          )
        : el("p", { class: "muted" }, t("align.nothing")),
    );
  };

  /** @param {string} group @param {string[]} ids @param {BeadPlace} place */
  const acts = (group, ids, place) =>
    el(
      "div",
      { class: `acts ${group}`, role: "group", "aria-labelledby": `acts-${group}` },
      el("h3", { id: `acts-${group}` }, t(`acts.${group}`)),
      el(
        "div",
        { class: "buttons" },
        ids.map((id) =>
          button([el("span", { class: "cap" }, t(`act.${id}`)), keyOf(id)], () => app.run(id), {
            "data-focus": id,
            disabled: !makesSense(id, place),
            "aria-pressed": id === "accept" ? place.bead.state === "accepted" || place.bead.state === "edited" : null,
            title: t(`key.${id}`),
          }),
        ),
      ),
    );

  /** @param {string} id */
  const keyOf = (id) => {
    const action = ACTIONS.find((one) => one.id === id);
    const key = action && keysOf(app.keymap, action)[0];
    return key ? el("kbd", { "aria-hidden": "true" }, chordName(key)) : null;
  };

  return { node, draw };
}
