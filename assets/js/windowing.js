// The arithmetic of a windowed list whose scrollbar is scaled. Numbers in, numbers out: it touches no element.

/**
 * A browser clamps an element's height (33 554 428 px in Chromium), and rows beyond are silently out of reach: a million rows of 46 px are 46 million px.
 * So the scrolled pad is never higher than this, and the scrollbar maps in proportion.
 */
export const MAX_PAD = 8_000_000;

/**
 * @typedef {object} Geometry
 * @property {number} rows how many rows there are
 * @property {number} row height of a row, px
 * @property {number} view height in which rows show, px
 */

/** Height of all rows, px, of which only a part may exist. @param {Geometry} g */
export function fullHeight(g) {
  return g.rows * g.row;
}

/** How far down the rows can go, px. @param {Geometry} g */
export function maxOffset(g) {
  return Math.max(0, fullHeight(g) - g.view);
}

/** Height of the scrolled pad, px. @param {Geometry} g */
export function padHeight(g) {
  return Math.max(g.view, Math.min(fullHeight(g), MAX_PAD));
}

/** Whether the scrollbar does not move pixel by pixel with the rows. @param {Geometry} g */
export function isScaled(g) {
  return fullHeight(g) > MAX_PAD;
}

/** Offset of the rows for a position of the scrollbar. @param {Geometry} g @param {number} scrollTop */
export function offsetOf(g, scrollTop) {
  const range = padHeight(g) - g.view;
  return range <= 0 ? 0 : clamp((scrollTop / range) * maxOffset(g), 0, maxOffset(g));
}

/** Position of the scrollbar for an offset of the rows. @param {Geometry} g @param {number} offset */
export function scrollTopOf(g, offset) {
  const range = maxOffset(g);
  return range <= 0 ? 0 : (clamp(offset, 0, range) / range) * (padHeight(g) - g.view);
}

/** The rows that show at least in part: `[first, end)`. @param {Geometry} g @param {number} offset @returns {[number, number]} */
export function visibleRows(g, offset) {
  const first = Math.max(0, Math.floor(offset / g.row));
  const end = Math.min(g.rows, Math.ceil((offset + g.view) / g.row));
  return [Math.min(first, g.rows), Math.max(end, 0)];
}

/** The offset nearest to this one at which the row shows whole, with `margin` rows around it where there is room. @param {Geometry} g @param {number} offset @param {number} index @param {number} [margin] */
export function offsetShowing(g, offset, index, margin = 0) {
  const room = Math.max(0, Math.min(margin, Math.floor((g.view / g.row - 1) / 2)));
  const top = (index - room) * g.row;
  const bottom = (index + room + 1) * g.row - g.view;
  const wanted = offset > top ? top : offset < bottom ? bottom : offset;
  return clamp(wanted, 0, maxOffset(g));
}

/** Rows that a press of Page Down goes on: all that show, less one. @param {Geometry} g */
export function pageStep(g) {
  return Math.max(1, Math.floor(g.view / g.row) - 1);
}

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
