import test from "node:test";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { ACTIONS, GROUPS } from "../../../assets/js/keys.js";
import { PAGES, STATES } from "../../../assets/js/route.js";

const assets = new URL("../../../assets/", import.meta.url);
const load = (name) => JSON.parse(readFileSync(new URL(name, assets), "utf8"));
const [es, en] = [load("i18n/es.json"), load("i18n/en.json")];
const scripts = readdirSync(new URL("js/", assets))
  .filter((name) => name.endsWith(".js"))
  .map((name) => [name, readFileSync(new URL(`js/${name}`, assets), "utf8")]);
const css = readFileSync(new URL("app.css", assets), "utf8");

test("both catalogues have the same keys, in order", () => {
  assert.deepEqual(Object.keys(es), Object.keys(en));
  assert.deepEqual(Object.keys(es), Object.keys(es).toSorted());
});

test("both texts of a key have the same values to fill in", () => {
  const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted();
  for (const key of Object.keys(es)) assert.deepEqual(holes(es[key]), holes(en[key]), key);
});

test("every key that the scripts name is in the catalogue", () => {
  const there = (key) => key in es || (`${key}.one` in es && `${key}.other` in es);
  for (const [name, text] of scripts) for (const [, key] of text.matchAll(/\bt\("([^"]+)"/g)) assert.ok(there(key), `${name}: ${key}`);
  for (const action of ACTIONS) assert.ok(there(`key.${action.id}`), action.id);
  for (const action of ACTIONS.filter((one) => one.hint)) assert.ok(there(`hint.${action.id}`), action.id);
  for (const key of [...GROUPS.map((one) => `keys.${one}`), ...PAGES.map((one) => `nav.${one}`), ...STATES.map((one) => `state.${one}`)])
    assert.ok(there(key), key);
});

test("a plural has both its forms", () => {
  for (const key of Object.keys(es)) if (key.endsWith(".one")) assert.ok(`${key.slice(0, -4)}.other` in es, key);
});

test("no script writes markup or runs text", () => {
  for (const [name, text] of scripts)
    assert.doesNotMatch(
      text,
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|createContextualFragment|DOMParser|setHTML|javascript:/,
      name,
    );
});

test("nothing names a foreign address, and the page has no inline script or style", () => {
  for (const [name, text] of scripts)
    for (const [address] of text.matchAll(/https?:\/\/[^"'`\s)]+/g)) assert.equal(address, "http://www.w3.org/2000/svg", name);
  const page = readFileSync(new URL("index.html", assets), "utf8");
  assert.doesNotMatch(page, /\sstyle=|<style|\son\w+=|<script(?![^>]*src=)|https?:/);
  assert.doesNotMatch(css, /@import|url\(/);
});

/** Contrast ratio of two colours `#rrggbb` (WCAG 2.2). */
function contrast(a, b) {
  const light = (hex) =>
    [1, 3, 5]
      .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, k) => sum + c * [0.2126, 0.7152, 0.0722][k], 0);
  const [x, y] = [light(a), light(b)].toSorted((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
}

test("every text colour can be read on every ground, in both schemes, and every edge can be seen", () => {
  const tokens = Object.fromEntries(
    [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [name, [light, dark]]),
  );
  for (const scheme of [0, 1]) {
    for (const ground of ["bg", "panel", "hover", "tint"]) {
      for (const ink of ["text", "muted", "accent", "high", "middle", "low"])
        assert.ok(contrast(tokens[ink][scheme], tokens[ground][scheme]) >= 4.5, `${ink} on ${ground}, ${scheme ? "dark" : "light"}`);
      assert.ok(contrast(tokens.edge[scheme], tokens[ground][scheme]) >= 3, `edge on ${ground}, ${scheme ? "dark" : "light"}`);
    }
    for (const ground of ["mark", "mark-strong", "added", "gone"])
      assert.ok(contrast(tokens.text[scheme], tokens[ground][scheme]) >= 4.5, `text on ${ground}`);
    assert.ok(contrast(tokens["on-accent"][scheme], tokens.accent[scheme]) >= 4.5);
  }
});
