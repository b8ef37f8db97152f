import test from "node:test";
import assert from "node:assert/strict";
import { differs, wordDiff, words } from "../../../assets/js/diff.js";

const before = (parts) =>
  parts
    .filter(([kind]) => kind !== "added")
    .map(([, text]) => text)
    .join("");
const after = (parts) =>
  parts
    .filter(([kind]) => kind !== "missing")
    .map(([, text]) => text)
    .join("");

test("a word changed is a word missing and a word added", () => {
  assert.deepEqual(wordDiff("It has always been so.", "It has never been so."), [
    ["same", "It has "],
    ["missing", "always"],
    ["added", "never"],
    ["same", " been so."],
  ]);
});

test("changed words that follow each other are one change", () => {
  assert.deepEqual(wordDiff("uno dos tres", "cuatro cinco tres"), [
    ["missing", "uno dos"],
    ["added", "cuatro cinco"],
    ["same", " tres"],
  ]);
});

test("equal texts have no change, whatever they are", () => {
  for (const text of ["", "a", "«¿Y?» — 3,2 %", "\u202Egpj.exe"]) assert.equal(differs(wordDiff(text, text)), false);
});

test("numbers keep their marks, words their accents and apostrophes", () => {
  assert.deepEqual(words("12.000,5 años: don't"), ["12.000,5", " ", "años", ":", " ", "don't"]);
});

test("the parts give back both texts", () => {
  const texts = [
    "",
    "No ha sido nunca —dijo— mi intención.",
    "Nunca ha sido mi intención, dijo.",
    "x".repeat(50),
    "año ano an\u0303o",
    "😀 a 😀",
    "a  b\n\nc",
  ];
  for (const a of texts)
    for (const b of texts) {
      const parts = wordDiff(a, b);
      assert.equal(before(parts), a);
      assert.equal(after(parts), b);
    }
});

test("two long texts with nothing in common do not hang", () => {
  const begun = Date.now();
  const parts = wordDiff("a ".repeat(20_000), "b ".repeat(20_000) + "c");
  assert.ok(Date.now() - begun < 2000);
  assert.ok(differs(parts));
});
