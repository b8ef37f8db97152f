// What the path of an alignment tells of its beads, those included that are not here: where doubt is, what stands accepted. No elements here.
import { LOW } from "./marks.js";

/** @param {PathPoint} point */
const isAccepted = (point) => Boolean(point[5]);

/** The beads around a bead up to the nearest accepted ones, which are left out. @param {PathPoint[]} points @param {number} bead @returns {{ from: number, to: number }} both included */
export function between(points, bead) {
  let [from, to] = [bead, bead];
  while (from > 0 && !isAccepted(points[from - 1])) from--;
  while (to < points.length - 1 && !isAccepted(points[to + 1])) to++;
  return { from, to };
}

/** The next bead that nobody accepted and that is not 1:1 or is doubtful, −1 if there is none. @param {PathPoint[]} points @param {number} bead @param {1 | -1} by */
export function nextProblem(points, bead, by) {
  for (let at = bead + by; at >= 0 && at < points.length; at += by) {
    const [, , m, n, value] = points[at];
    if (!isAccepted(points[at]) && (m !== 1 || n !== 1 || (value !== null && value < LOW))) return at;
  }
  return -1;
}

/** The last bead that begins no later than a place, 0 without one. @param {PathPoint[]} points @param {number} source @param {number} target */
export function beadAt(points, source, target) {
  return Math.max(
    0,
    points.findLastIndex((point) => point[0] <= source && point[1] <= target),
  );
}
