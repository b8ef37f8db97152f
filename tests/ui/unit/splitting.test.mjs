import test from "node:test";
import assert from "node:assert/strict";
import { beadSplit, byteOffset } from "../../../assets/js/splitting.js";

const side = (...texts) => texts.map((text, n) => ({ n, text }));
const bead = (source, target) => ({ source: side(...source), target: side(...target) });

test("the chosen segment begins the second bead, the other side is cut in proportion", () => {
  const four = bead(["aaaa", "bbbb", "cccc", "dddd"], ["xxxx", "yyyyyyyyyyyy"]);
  assert.deepEqual(beadSplit(four, "source", 1), { source: 1, target: 1 });
  assert.deepEqual(beadSplit(four, "source", 3), { source: 3, target: 1 });
  assert.deepEqual(beadSplit(four, "target", 1), { source: 1, target: 1 });
  const longLast = bead(["aaaa", "bbbb", "cccc", "dddd"], ["xxxxxxxxxxxx", "yyyy"]);
  assert.deepEqual(beadSplit(longLast, "target", 1), { source: 3, target: 1 });
});

test("2:2 becomes 1:1 and 1:1, whichever segment is chosen", () => {
  const two = bead(["a", "a very long segment"], ["an even longer segment", "b"]);
  for (const active of ["source", "target"])
    for (const chosen of [0, 1]) assert.deepEqual(beadSplit(two, active, chosen), { source: 1, target: 1 });
});

test("one segment against two goes with the longer", () => {
  assert.deepEqual(beadSplit(bead(["a b"], ["short", "much longer than that"]), "target", 1), { source: 0, target: 1 });
  assert.deepEqual(beadSplit(bead(["a b"], ["much longer than that", "short"]), "target", 1), { source: 1, target: 1 });
  assert.deepEqual(beadSplit(bead(["a b"], ["much longer than that", "short"]), "source", 0), { source: 1, target: 1 });
});

test("an empty side stays empty, and what has no two segments is not split", () => {
  assert.deepEqual(beadSplit(bead([], ["a", "b"]), "target", 1), { source: 0, target: 1 });
  assert.deepEqual(beadSplit(bead([], ["a", "b", "c"]), "source", 0), { source: 0, target: 1 });
  assert.equal(beadSplit(bead(["a"], ["b"]), "source", 0), null);
  assert.equal(beadSplit(bead([], ["b"]), "target", 0), null);
});

test("a place is counted in bytes of UTF-8", () => {
  assert.equal(byteOffset("año nuevo", 3), 4);
  assert.equal(byteOffset("«¿Qué?» 😀 sí", "«¿Qué?» 😀 ".length), 17);
  assert.equal(byteOffset("abc", 0), 0);
});
