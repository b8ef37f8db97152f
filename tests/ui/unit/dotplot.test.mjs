import test from "node:test";
import assert from "node:assert/strict";
import { nearestBead } from "../../../assets/js/dotplot.js";
import { level } from "../../../assets/js/marks.js";

test("a click goes to the bead whose middle is nearest, gaps included", () => {
  const points = [
    [0, 0, 1, 1, 0.9, false],
    [1, 1, 1, 0, 0.4, false],
    [2, 1, 1, 2, 0.9, false],
  ];
  assert.equal(nearestBead(points, 0.4, 0.6), 0);
  assert.equal(nearestBead(points, 1.6, 0.9), 1);
  assert.equal(nearestBead(points, 99, 99), 2);
  assert.equal(nearestBead([], 1, 1), -1);
});

test("what is below 0.6 is doubtful, as the filter counts it, and nothing is none", () => {
  assert.deepEqual([0.5999, 0.6, 0.7999, 0.8, null].map(level), ["low", "middle", "middle", "high", "none"]);
});
