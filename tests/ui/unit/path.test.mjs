import test from "node:test";
import assert from "node:assert/strict";
import { beadAt, between, nextProblem } from "../../../assets/js/path.js";

/** Beads of a path: kind, confidence, accepted. */
const path = (...beads) => {
  let [s, t] = [0, 0];
  return beads.map(([m, n, value = 0.9, accepted = false]) => {
    const point = [s, t, m, n, value, accepted];
    [s, t] = [s + m, t + n];
    return point;
  });
};

test("what is realigned lies between the nearest accepted beads", () => {
  const points = path([1, 1], [1, 1, 1, true], [1, 2], [1, 1], [1, 1, 1, true], [1, 1]);
  assert.deepEqual(between(points, 0), { from: 0, to: 0 });
  assert.deepEqual(between(points, 3), { from: 2, to: 3 });
  assert.deepEqual(between(points, 5), { from: 5, to: 5 });
  assert.deepEqual(between(points, 4), { from: 2, to: 5 }, "an accepted bead has both its neighbourhoods");
  assert.deepEqual(between(path([1, 1], [0, 1]), 1), { from: 0, to: 1 });
});

test("a problem is uneven or doubtful, and accepted by nobody", () => {
  const points = path([1, 2], [1, 1], [1, 1, 0.59], [1, 0, 1, true], [2, 1], [1, 1, null]);
  assert.equal(nextProblem(points, 0, 1), 2);
  assert.equal(nextProblem(points, 2, 1), 4);
  assert.equal(nextProblem(points, 4, 1), -1);
  assert.equal(nextProblem(points, 4, -1), 2);
  assert.equal(nextProblem(points, 2, -1), 0);
});

test("a place is found again by its segments when beads before it have changed", () => {
  const points = path([2, 2], [1, 1], [1, 0], [0, 1], [1, 1]);
  assert.equal(beadAt(points, 2, 2), 1);
  assert.equal(beadAt(points, 1, 1), 0);
  assert.equal(beadAt(points, 4, 3), 3);
  assert.equal(beadAt(points, 4, 4), 4);
  assert.equal(beadAt([], 4, 4), 0);
});
