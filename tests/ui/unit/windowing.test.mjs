import test from "node:test";
import assert from "node:assert/strict";
import {
  clamp,
  isScaled,
  MAX_PAD,
  maxOffset,
  offsetOf,
  offsetShowing,
  padHeight,
  pageStep,
  scrollTopOf,
  visibleRows,
} from "../../../assets/js/windowing.js";

const million = { rows: 1_000_000, row: 46, view: 700 };
const few = { rows: 20, row: 50, view: 500 };

test("the pad of a million rows is no higher than a browser can scroll", () => {
  assert.equal(padHeight(million), MAX_PAD);
  assert.ok(isScaled(million));
});

test("few rows are not scaled: the scrollbar moves pixel by pixel", () => {
  assert.equal(padHeight(few), 1000);
  assert.equal(offsetOf(few, 123), 123);
  assert.equal(scrollTopOf(few, 123), 123);
});

test("the end of the scrollbar is the last row, and the start the first", () => {
  assert.deepEqual(visibleRows(million, offsetOf(million, padHeight(million) - million.view)), [999_984, 1_000_000]);
  assert.deepEqual(visibleRows(million, offsetOf(million, 0)), [0, 16]);
});

test("a place survives the way to the scrollbar and back within a pixel of the pad", () => {
  for (const offset of [0, 46, 1234, 20_000_000, maxOffset(million)]) {
    assert.ok(Math.abs(offsetOf(million, scrollTopOf(million, offset)) - offset) < 1e-6 * maxOffset(million));
  }
});

test("a row that shows already moves nothing", () => {
  assert.equal(offsetShowing(few, 100, 5), 100);
});

test("a row outside comes in with a margin around it", () => {
  assert.equal(offsetShowing(few, 0, 12, 2), (12 + 2 + 1) * 50 - 500);
  assert.equal(offsetShowing(few, 500, 8, 2), (8 - 2) * 50);
});

test("the margin gives way at both ends and in a low window", () => {
  assert.equal(offsetShowing(few, 0, 0, 2), 0);
  assert.equal(offsetShowing(few, 0, 19, 2), maxOffset(few));
  assert.equal(offsetShowing({ rows: 20, row: 50, view: 60 }, 0, 3, 2), 3 * 50 + 50 - 60);
});

test("an empty list and a list lower than its window stay at the top", () => {
  assert.deepEqual(visibleRows({ rows: 0, row: 50, view: 500 }, 0), [0, 0]);
  assert.equal(maxOffset({ rows: 3, row: 50, view: 500 }), 0);
  assert.equal(offsetOf({ rows: 3, row: 50, view: 500 }, 40), 0);
});

test("a page is what shows, less one row", () => {
  assert.equal(pageStep(few), 9);
  assert.equal(pageStep({ rows: 9, row: 50, view: 30 }), 1);
});

test("clamp prefers the lower bound when the bounds cross", () => {
  assert.equal(clamp(5, 0, -1), 0);
});
