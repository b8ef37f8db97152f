import test from "node:test";
import assert from "node:assert/strict";
import { pairUp, readName } from "../../../assets/js/pairing.js";

const files = (...names) => names.map((name) => ({ name }));
const named = ({ pairs, alone }) => [pairs.map((pair) => pair.map((file) => file.name)), alone.map((file) => file.name)];

test("two files are a pair whatever they are called, Spanish first", () => {
  assert.deepEqual(named(pairUp(files("a.txt", "b.txt"))), [[["a.txt", "b.txt"]], []]);
  assert.deepEqual(named(pairUp(files("speech.en.txt", "discurso.es.txt"))), [[["discurso.es.txt", "speech.en.txt"]], []]);
});

test("the files of a folder are paired by name and language, in suffix or folder", () => {
  assert.deepEqual(named(pairUp(files("x/a.en.txt", "x/a.es.txt", "es/b.txt", "en/b.txt", "c.es.txt", "readme.md"))), [
    [
      ["x/a.es.txt", "x/a.en.txt"],
      ["es/b.txt", "en/b.txt"],
    ],
    ["readme.md", "c.es.txt"],
  ]);
});

test("a region belongs to the language, and a word that begins like a language is none", () => {
  assert.deepEqual(readName("acta_es-CO.txt"), { stem: "acta", lang: "es" });
  assert.equal(readName("english.txt").lang, null);
  assert.equal(readName("este.txt").lang, null);
});
