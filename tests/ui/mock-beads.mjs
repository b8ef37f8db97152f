// What acts on beads do, for the mock: the segments of two texts and the beads over them, in and out. It keeps nothing and sends nothing.
// A bead here is { source: [first, end], target: [first, end], confidence, by_hand, unit }: ranges of segments that cover both texts in order.
// A bead that an act made has no `unit` yet.

/** An act that makes no sense there; the message is for the reviewer. */
export class Senseless extends Error {}
const senseless = (message) => {
  throw new Senseless(message);
};

const SIDES = ["source", "target"];
const size = ([first, end]) => end - first;
const isEmpty = (bead) => size(bead.source) === 0 && size(bead.target) === 0;
export const kindOf = (bead) => `${size(bead.source)}:${size(bead.target)}`;
const made = (source, target, more = {}) => ({ source, target, confidence: 1, by_hand: true, unit: undefined, ...more });

/** Beads over counts of segments, one after the other. */
function laid(beads, counts) {
  const at = { source: 0, target: 0 };
  return beads.map((bead, k) => {
    const ranges = Object.fromEntries(SIDES.map((side) => [side, [at[side], (at[side] += counts[k][side])]]));
    const isSame = SIDES.every((side) => String(ranges[side]) === String(bead[side]));
    return isSame ? bead : made(ranges.source, ranges.target, { by_hand: bead.by_hand, confidence: bead.by_hand ? 1 : 0.5 });
  });
}

/**
 * Does an act. `isAccepted` says of a bead that others may not change it.
 * @returns {{ texts, beads, bead }} the new texts and beads, and the index at which the cursor belongs
 */
export function change({ texts, beads }, { op, bead: n, ...args }, isAccepted = (bead) => bead.by_hand) {
  const here = beads[n] ?? senseless(`there is no bead ${n + 1}`);
  const does = OPS[op] ?? senseless(`unknown op \`${op}\``);
  const after = does({ texts, beads, here, n, isAccepted, ...args });
  const left = after.beads.filter((bead) => !isEmpty(bead));
  const before = after.beads.slice(0, after.bead ?? n).filter((bead) => !isEmpty(bead));
  return { texts: after.texts ?? texts, beads: left, bead: Math.min(before.length, left.length - 1) };
}

const replace = (beads, from, count, ...by) => beads.toSpliced(from, count, ...by);
const neighbour = ({ beads, n, isAccepted }, by) => {
  const other = beads[n + by] ?? senseless(by < 0 ? "there is no bead before the first" : "there is no bead after the last");
  return isAccepted(other) ? senseless(`the bead ${by < 0 ? "before" : "after"} is accepted`) : other;
};

const OPS = {
  keep: ({ beads, here, n }) => ({ beads: replace(beads, n, 1, { ...here, by_hand: true, confidence: 1 }) }),
  release: ({ beads, here, n }) => ({ beads: replace(beads, n, 1, { ...here, by_hand: false, confidence: 0.5 }) }),
  merge(all) {
    const by = all.with === "previous" ? -1 : 1;
    const other = neighbour(all, by);
    const [first, last] = by < 0 ? [other, all.here] : [all.here, other];
    const one = made([first.source[0], last.source[1]], [first.target[0], last.target[1]]);
    const at = Math.min(all.n, all.n + by);
    return { beads: replace(all.beads, at, 2, one), bead: at };
  },
  split({ beads, here, n, source, target }) {
    const [s, t] = [here.source[0] + source, here.target[0] + target];
    const two = [made([here.source[0], s], [here.target[0], t]), made([s, here.source[1]], [t, here.target[1]])];
    if (two.some(isEmpty)) senseless("a bead cannot be split there");
    return { beads: replace(beads, n, 1, ...two) };
  },
  shift_up: (all) => moveOne(all, -1),
  pop_down: (all) => moveOne(all, 1),
  push: (all) => moveAll(all, 1),
  pull: (all) => moveAll(all, -1),
  pair({ beads, source, target }) {
    const holds = (side, at) => beads.findIndex((bead) => bead[side][0] <= at && at < bead[side][1]);
    const ends = [holds("source", source), holds("target", target)].toSorted((a, b) => a - b);
    if (ends[0] < 0) senseless("there is no such segment");
    const region = beads.slice(ends[0], ends[1] + 1);
    const cut = (low, high) =>
      region
        .map((bead) => {
          const of = (side, k) => bead[side].map((at) => Math.min(Math.max(at, low[k]), high[k]));
          const [s, t] = [of("source", 0), of("target", 1)];
          return kindOf(bead) === `${size(s)}:${size(t)}` ? bead : made(s, t, { by_hand: false, confidence: 0.5 });
        })
        .filter((bead) => !isEmpty(bead));
    const before = cut([0, 0], [source, target]);
    const one = made([source, source + 1], [target, target + 1]);
    const behind = cut([source + 1, target + 1], [Infinity, Infinity]);
    return { beads: replace(beads, ends[0], region.length, ...before, one, ...behind), bead: ends[0] + before.length };
  },
  unpair({ beads, here, n }) {
    const alone = [];
    for (let s = here.source[0]; s < here.source[1]; s++) alone.push(made([s, s + 1], [here.target[0], here.target[0]]));
    for (let t = here.target[0]; t < here.target[1]; t++) alone.push(made([here.source[1], here.source[1]], [t, t + 1]));
    if (alone.length < 2) senseless("the segment stands alone already");
    return { beads: replace(beads, n, 1, ...alone) };
  },
  split_segment({ texts, beads, n, side, segment, at }) {
    const bytes = Buffer.from(texts[side][segment] ?? senseless("there is no such segment"));
    const parts = [bytes.subarray(0, at), bytes.subarray(at)].map((part) => part.toString().trim());
    if (!parts.every(Boolean)) senseless("there is no text on one side of the cut");
    return resegmented({ texts, beads, n, side }, segment, 1, parts);
  },
  merge_segments({ texts, beads, here, n, side, segment }) {
    if (segment < here[side][0] || segment + 1 >= here[side][1]) senseless("the next segment is in another bead");
    return resegmented({ texts, beads, n, side }, segment, 2, [`${texts[side][segment]} ${texts[side][segment + 1]}`]);
  },
};

/** Segments in the place of others; the bead keeps them, those after it move along. */
function resegmented({ texts, beads, n, side }, at, count, parts) {
  const by = parts.length - count;
  return {
    texts: { ...texts, [side]: texts[side].toSpliced(at, count, ...parts) },
    beads: beads.map((bead, k) => {
      if (k < n) return bead;
      const [first, end] = bead[side];
      if (k === n) return { ...bead, [side]: [first, end + by], confidence: 1, by_hand: true, unit: undefined };
      return { ...bead, [side]: [first + by, end + by] };
    }),
  };
}

/** The first segment of a side goes to the bead before, or the last to the one after. */
function moveOne(all, by) {
  const { beads, here, n, side } = all;
  const other = neighbour(all, by);
  const [first, end] = here[side];
  if (first === end) senseless("there is no segment on this side");
  const mine = made(here.source, here.target, { [side]: by < 0 ? [first + 1, end] : [first, end - 1] });
  const theirs = made(other.source, other.target, { [side]: by < 0 ? [other[side][0], first + 1] : [end - 1, other[side][1]] });
  return { beads: replace(beads, Math.min(n, n + by), 2, ...(by < 0 ? [theirs, mine] : [mine, theirs])) };
}

/** A side's segments from a bead on, up to the next accepted one, go one bead down or up. */
function moveAll({ beads, n, side, isAccepted }, by) {
  if (by < 0 && n === 0) senseless("there is no bead before the first");
  if (by < 0 && isAccepted(beads[n - 1])) senseless("the bead before is accepted");
  const stop = beads.findIndex((bead, k) => k > n && isAccepted(bead));
  const end = stop < 0 ? beads.length : stop;
  const counts = beads.map((bead) => ({ source: size(bead.source), target: size(bead.target) }));
  const moving = counts.slice(n, end).map((count) => count[side]);
  const list = [...beads];
  if (by > 0) {
    const room = { source: beads[end - 1].source, target: beads[end - 1].target, by_hand: false };
    list.splice(end, 0, room);
    counts.splice(end, 0, { source: 0, target: 0 });
    moving.unshift(0);
    moving.forEach((count, k) => (counts[n + k][side] = count));
  } else {
    moving.push(0);
    counts[n - 1][side] += moving.shift();
    moving.forEach((count, k) => (counts[n + k][side] = count));
  }
  return { beads: laid(list, counts), bead: by > 0 ? n : n - 1 };
}

/** A toy aligner: what is not 1:1 and not accepted is paired in order, and what is left over stands alone. */
export function realign({ beads }, from, to, isAccepted) {
  const after = [];
  const changes = [];
  for (let n = 0; n < beads.length;) {
    const begun = n;
    while (n < beads.length && n >= from && n <= to && !isAccepted(beads[n]) && kindOf(beads[n]) !== "1:1") n++;
    if (n === begun) {
      after.push(beads[n++]);
      continue;
    }
    const region = beads.slice(begun, n);
    const [s, t] = SIDES.map((side) => [region[0][side][0], region.at(-1)[side][1]]);
    const fresh = [];
    for (let k = 0; k < Math.max(size(s), size(t)); k++) {
      const of = (range) => [Math.min(range[0] + k, range[1]), Math.min(range[0] + k + 1, range[1])];
      const confidence = k < Math.min(size(s), size(t)) ? 0.85 : 0.4;
      fresh.push(made(of(s), of(t), { by_hand: false, confidence }));
    }
    const isSame = region.length === fresh.length && region.every((bead, k) => kindOf(bead) === kindOf(fresh[k]));
    if (!isSame) changes.push({ before: region, at: after.length, after: fresh });
    after.push(...(isSame ? region : fresh));
  }
  return { beads: after, changes };
}
