import test from "node:test";
import assert from "node:assert/strict";
import { change, kindOf, realign, Senseless } from "../mock-beads.mjs";
import { makeBitext } from "../corpus.mjs";

const bitext = makeBitext(40, () => null);
const kinds = ({ beads }) => beads.map(kindOf);
const free = () => false;

/** Every segment is in one bead, in order. */
function assertCovers({ texts, beads }) {
  for (const side of ["source", "target"]) {
    let at = 0;
    for (const bead of beads) {
      assert.equal(bead[side][0], at);
      at = bead[side][1];
    }
    assert.equal(at, texts[side].length);
  }
  assert.ok(beads.every((bead) => kindOf(bead) !== "0:0"));
}

const OPS = [
  { op: "merge", with: "previous" },
  { op: "merge", with: "next" },
  { op: "split", source: 1, target: 0 },
  { op: "unpair" },
  { op: "keep" },
  ...["source", "target"].flatMap((side) => ["shift_up", "pop_down", "push", "pull"].map((op) => ({ op, side }))),
  { op: "pair", source: 3, target: 9 },
  { op: "pair", source: 9, target: 3 },
  { op: "split_segment", side: "source", segment: 11, at: 5 },
];

test("after any act the beads cover both texts in order, and the cursor is on one of them", () => {
  for (const asked of OPS)
    for (const bead of [0, 11, 28, 39]) {
      let after;
      try {
        after = change(bitext, { bead, ...asked }, free);
      } catch (error) {
        assert.ok(error instanceof Senseless, `${asked.op}: ${error}`);
        continue;
      }
      assertCovers(after);
      assert.ok(after.beads[after.bead], asked.op);
      assertCovers({ ...after, beads: realign(after, 0, 99, free).beads });
    }
});

test("pull takes back what push did", () => {
  const pushed = change(bitext, { op: "push", side: "target", bead: 2 }, free);
  assert.deepEqual(kinds(pushed).slice(2, 5), ["1:0", "1:1", "1:1"]);
  const pulled = change(pushed, { op: "pull", side: "target", bead: 3 }, free);
  assert.deepEqual(kinds(pulled), kinds(bitext));
});

test("a pair cuts the beads between", () => {
  const after = change(bitext, { op: "pair", source: 1, target: 3, bead: 1 }, free);
  assert.deepEqual(kinds(after).slice(0, 7), ["1:1", "0:1", "0:1", "1:1", "1:0", "1:0", "1:1"]);
  assert.equal(after.bead, 3);
});
