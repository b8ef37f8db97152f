import test from "node:test";
import assert from "node:assert/strict";
import { makesSense } from "../../../assets/js/beaddetail.js";
import { isOnBeads } from "../../../assets/js/events.js";

const segments = (count) => Array.from({ length: count }, (_, n) => ({ n, text: "x" }));
const bead = (n, source, target, more = {}) => ({
  n,
  source: segments(source),
  target: segments(target),
  unit: null,
  accepted: false,
  ...more,
});

test("only acts that can be done at a bead are offered", () => {
  const offered = (place) =>
    ["merge", "merge-next", "split", "unalign", "shift-up", "pop-down", "pull", "merge-segments", "release", "flag"].filter((id) =>
      makesSense(id, { total: 3, side: "source", segment: 0, ...place }),
    );
  assert.deepEqual(offered({ bead: bead(0, 1, 0) }), ["merge-next", "pop-down"]);
  assert.deepEqual(offered({ bead: bead(1, 1, 1, { unit: "u", accepted: true }) }), [
    "merge",
    "merge-next",
    "unalign",
    "shift-up",
    "pop-down",
    "pull",
    "release",
    "flag",
  ]);
  assert.deepEqual(offered({ bead: bead(2, 0, 2) }), ["merge", "split", "unalign", "pull"]);
  assert.deepEqual(offered({ bead: bead(2, 2, 1) }), ["merge", "split", "unalign", "shift-up", "pull", "merge-segments"]);
  assert.deepEqual(offered({ bead: bead(2, 2, 1), segment: 1 }), ["merge", "split", "unalign", "shift-up", "pull"]);
});

test("an act on beads is told from one on units, an undoing by whether its unit came along", () => {
  const rows = [{ id: "u1" }];
  assert.ok(isOnBeads({ op: "regroup", unit: "bitext" }, rows));
  assert.ok(isOnBeads({ op: "undo", unit: "bitext" }, rows));
  assert.ok(!isOnBeads({ op: "undo", unit: "u1" }, rows));
  assert.ok(!isOnBeads({ op: "verdict", unit: "u1" }, rows));
});
