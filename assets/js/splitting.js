// Where a bead or a segment is cut: arithmetic on texts. No elements here.

/** @param {Segment[]} list */
const length = (list) => list.reduce((sum, one) => sum + one.text.length, 0);

/**
 * How many segments of each side the first of two beads gets. The chosen segment of the active side begins the second bead; if it is the first one,
 * the next does. The other side is cut where the shares of the texts' lengths are nearest, and keeps a segment on each side of the cut if it has two.
 * A side of one segment cannot be cut: then the other side is, after its first.
 * @param {Pick<Bead, "source" | "target">} bead @param {Side} side @param {number} chosen
 * @returns {{ source: number, target: number } | null} null if neither side has two segments
 */
export function beadSplit(bead, side, chosen) {
  const other = side === "source" ? "target" : "source";
  if (bead[side].length < 2) return bead[other].length < 2 ? null : beadSplit(bead, other, 1);
  const at = Math.min(Math.max(chosen, 1), bead[side].length - 1);
  const share = length(bead[side].slice(0, at)) / Math.max(1, length(bead[side]));
  const place = nearestPlace(bead[other], share);
  return side === "source" ? { source: at, target: place } : { source: place, target: at };
}

/** After how many segments a text has nearest to this share of its length. @param {Segment[]} list @param {number} share */
function nearestPlace(list, share) {
  const least = list.length > 1 ? 1 : 0;
  const away = (/** @type {number} */ at) => Math.abs(length(list.slice(0, at)) / Math.max(1, length(list)) - share);
  let best = least;
  for (let at = least; at <= list.length - least; at++) if (away(at) < away(best)) best = at;
  return best;
}

/** A place in a text as the server counts: UTF-8 bytes before it. @param {string} text @param {number} at UTF-16 units before it */
export function byteOffset(text, at) {
  return new TextEncoder().encode(text.slice(0, at)).length;
}
