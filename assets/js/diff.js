// A diff of two texts by words: what stayed, what was added, what is missing. Texts in, parts out: it touches no element.

/** @typedef {["same" | "added" | "missing", string]} Part */

/** Above this many word pairs the middle is not compared word by word: an edit box must answer within a frame. */
const MAX_CELLS = 1_500_000;

/** Words, numbers with their marks, blanks, and every other character alone. @param {string} text @returns {string[]} */
export function words(text) {
  return text.match(/\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*|\s+|[^]/gu) ?? [];
}

/**
 * What to take out of `before` (missing) and put in (added) to have `after`. Parts of a kind that follow each other are one;
 * missing comes before added.
 * @param {string} before @param {string} after @returns {Part[]}
 */
export function wordDiff(before, after) {
  const a = words(before);
  const b = words(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const middle = compare(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return tidy([...a.slice(0, head).map(same), ...middle, ...a.slice(a.length - tail).map(same)]);
}

/** @param {string} text @returns {Part} */
function same(text) {
  return ["same", text];
}

/** Longest common subsequence. @param {string[]} a @param {string[]} b @returns {Part[]} */
function compare(a, b) {
  if (a.length * b.length > MAX_CELLS) {
    return [...a.map((text) => /** @type {Part} */ (["missing", text])), ...b.map((text) => /** @type {Part} */ (["added", text]))];
  }
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j] ? lengths[(i + 1) * width + j + 1] + 1 : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  /** @type {Part[]} */
  const out = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push(same(a[i]));
      i++;
      j++;
    } else if (i < a.length && (j === b.length || lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]))
      out.push(["missing", a[i++]]);
    else out.push(["added", b[j++]]);
  }
  return out;
}

/**
 * Joins neighbours of a kind and puts missing before added within a change. A blank between two changes belongs to both:
 * "old words" → "new text" reads as one change and not as two.
 * @param {Part[]} parts @returns {Part[]}
 */
function tidy(parts) {
  /** @type {Part[]} */
  const out = [];
  let [missing, added] = ["", ""];
  const flush = () => {
    if (missing) out.push(["missing", missing]);
    if (added) out.push(["added", added]);
    [missing, added] = ["", ""];
  };
  parts.forEach(([kind, text], at) => {
    if (kind === "missing") missing += text;
    else if (kind === "added") added += text;
    else if (missing && added && /^\s+$/.test(text) && at + 1 < parts.length && parts[at + 1][0] !== "same") {
      missing += text;
      added += text;
    } else {
      flush();
      const last = out.at(-1);
      if (last?.[0] === "same") last[1] += text;
      else out.push(["same", text]);
    }
  });
  flush();
  return out;
}

/** Whether the parts hold any change. @param {Part[]} parts */
export function differs(parts) {
  return parts.some(([kind]) => kind !== "same");
}
