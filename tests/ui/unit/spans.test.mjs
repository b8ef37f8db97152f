import test from "node:test";
import assert from "node:assert/strict";
import { badgeName, hasHidden, pieces } from "../../../assets/js/spans.js";

const joined = (text, marked) =>
  pieces(text, marked)
    .map((piece) => piece.text)
    .join("");

test("a span cuts the text in three", () => {
  assert.deepEqual(
    pieces("ha sido nunca", [{ key: "n", spans: [[3, 7]] }]).map(({ text, marks }) => [text, marks]),
    [
      ["ha ", []],
      ["sido", ["n"]],
      [" nunca", []],
    ],
  );
});

test("spans that overlap are both told where they do", () => {
  assert.deepEqual(
    pieces("abcdef", [
      { key: "a", spans: [[0, 4]] },
      { key: "b", spans: [[2, 6]] },
    ]).map(({ text, marks }) => [text, marks]),
    [
      ["ab", ["a"]],
      ["cd", ["a", "b"]],
      ["ef", ["b"]],
    ],
  );
});

test("a span beyond the text is cut off, an empty or reversed one marks nothing", () => {
  assert.deepEqual(
    pieces("abc", [
      {
        key: "a",
        spans: [
          [1, 99],
          [2, 2],
          [3, 1],
        ],
      },
    ]).map(({ text, marks }) => [text, marks]),
    [
      ["a", []],
      ["bc", ["a"]],
    ],
  );
});

test("an override of the direction becomes a badge", () => {
  assert.deepEqual(pieces("a\u202Eb"), [
    { text: "a", marks: [], badge: null },
    { text: "\u202E", marks: [], badge: "RLO" },
    { text: "b", marks: [], badge: null },
  ]);
});

test("characters that do not show have a name or their code point", () => {
  assert.equal(badgeName("\u200B"), "ZWSP");
  assert.equal(badgeName("\u0007"), "U+0007");
  assert.equal(badgeName("\u{E0041}"), "U+E0041");
});

test("letters, blanks, line ends, accents and emoji stay as they are", () => {
  for (const text of ["año ¿qué?", "a b\nc", "n\u0303", "😀", "«12 000»", "日本"])
    assert.equal(hasHidden(text), false, JSON.stringify(text));
});

test("half a pair is a badge and not a broken character", () => {
  assert.equal(pieces("a\uD83D")[1].badge, "U+D83D");
});

test("no span makes a piece and no text makes none", () => {
  assert.equal(pieces("abc").length, 1);
  assert.equal(pieces("").length, 0);
});

test("the pieces joined are the text", () => {
  const text = "El archivo \u202Egpj.exe\u202C 😀 <img onerror>";
  assert.equal(
    joined(text, [
      {
        key: "a",
        spans: [
          [2, 15],
          [0, 3],
        ],
      },
    ]),
    text,
  );
});
