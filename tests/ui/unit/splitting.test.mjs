import test from "node:test";
import assert from "node:assert/strict";
import { splitPlace } from "../../../assets/js/splitting.js";

test("Enter pressed twice says where to cut", () => {
  assert.equal(splitPlace("Uno. Dos.", "Uno. \n\nDos.", 2), 5);
  assert.equal(splitPlace("Uno. Dos.", "Uno. \nDos.", 2), -1);
  assert.equal(splitPlace("Uno. Dos.", "Uno. \nDos.", 1), 5);
});

test("a line end that was there before is no cut", () => {
  assert.equal(splitPlace("a\nb c", "a\nb \n\nc", 2), 4);
  assert.equal(splitPlace("a\nb", "a\nb", 1), -1);
});

test("a text changed otherwise is not cut", () => {
  assert.equal(splitPlace("Uno. Dos.", "Uno.\n\nTres.", 1), -1);
  assert.equal(splitPlace("Uno. Dos.", "xUno. Dos.", 1), -1);
});
