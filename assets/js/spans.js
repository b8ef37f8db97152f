// A text and the spans of findings in it → the pieces to draw; characters that do not show become badges. No elements here.

/**
 * @typedef {object} Piece
 * @property {string} text what stands in the text
 * @property {string[]} marks keys of the spans that cover it
 * @property {string | null} badge what to draw instead of a character that does not show
 */

/** Characters that do not show but change what is shown: controls, bidi marks and overrides, zero width, soft hyphen, tags, lone surrogates. */
const HIDDEN =
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB]|[\u{E0000}-\u{E0FFF}]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/gu;

/** Short names for the frequent ones; others are shown by code point. */
const NAMES = /** @type {Record<number, string>} */ ({
  0x09: "TAB",
  0x0d: "CR",
  0xad: "SHY",
  0x200b: "ZWSP",
  0x200c: "ZWNJ",
  0x200d: "ZWJ",
  0x200e: "LRM",
  0x200f: "RLM",
  0x061c: "ALM",
  0x202a: "LRE",
  0x202b: "RLE",
  0x202c: "PDF",
  0x202d: "LRO",
  0x202e: "RLO",
  0x2066: "LRI",
  0x2067: "RLI",
  0x2068: "FSI",
  0x2069: "PDI",
  0x2028: "LS",
  0x2029: "PS",
  0x2060: "WJ",
  0xfeff: "BOM",
  0x00: "NUL",
});

/** What is drawn for a character that does not show, such as `RLO` or `U+0007`. @param {string} character */
export function badgeName(character) {
  const code = character.codePointAt(0) ?? 0;
  return NAMES[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * The text cut at every border of a span and around every hidden character. The pieces joined are the text.
 * Spans are UTF-16 `[start, end)`; what reaches beyond the text is cut off; an empty span marks nothing.
 * @param {string} text
 * @param {{ key: string, spans: Span[] }[]} [marked]
 * @returns {Piece[]}
 */
export function pieces(text, marked = []) {
  const ranges = marked.flatMap(({ key, spans }) =>
    spans.map(([start, end]) => ({ key, start: Math.max(0, start), end: Math.min(text.length, end) })),
  );
  const hidden = hiddenRanges(text);
  const cuts = new Set([0, text.length]);
  for (const { start, end } of [...ranges, ...hidden]) if (start < end) cuts.add(start).add(end);
  const places = [...cuts].sort((a, b) => a - b);
  /** @type {Piece[]} */
  const out = [];
  for (let i = 0; i + 1 < places.length; i++) {
    const [start, end] = [places[i], places[i + 1]];
    const covering = ranges.filter((range) => range.start <= start && end <= range.end).map((range) => range.key);
    const part = text.slice(start, end);
    out.push({
      text: part,
      marks: [...new Set(covering)],
      badge: hidden.some((h) => h.start <= start && end <= h.end) ? badgeName(part) : null,
    });
  }
  return out;
}

/** @param {string} text */
function hiddenRanges(text) {
  return [...text.matchAll(HIDDEN)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** Whether anything in the text does not show. @param {string} text */
export function hasHidden(text) {
  return hiddenRanges(text).length > 0;
}
