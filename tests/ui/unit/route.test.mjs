import test from "node:test";
import assert from "node:assert/strict";
import { filterOf, formatRoute, parseRoute, queryOf, tokenIn } from "../../../assets/js/route.js";

test("an address says page, name and query, and is written the same", () => {
  const route = parseRoute("#/align/a%2Fb%20c.es-en?bead=3");
  assert.deepEqual([route.page, route.name, route.query.get("bead")], ["align", "a/b c.es-en", "3"]);
  assert.equal(formatRoute("align", "a/b c.es-en", { bead: "3" }), "#/align/a%2Fb%20c.es-en?bead=3");
});

test("what is no page is the review", () => {
  for (const hash of ["", "#", "#/", "#/__proto__", "#/nothing?x=1"]) assert.equal(parseRoute(hash).page, "review");
});

test("an address with a broken escape does not fail", () => {
  assert.equal(parseRoute("#/statements/%E0%A4%A").name, "%E0%A4%A");
});

test("a filter survives its way through the address", () => {
  const filter = {
    state: ["unreviewed", "flagged"],
    check: ["negation"],
    query: "¿año & más?",
    tier: 1,
    confidence_below: 0.6,
    kind: "not-1:1",
  };
  assert.deepEqual(filterOf(queryOf(filter)), filter);
});

test("what makes no sense in a filter is left out", () => {
  assert.deepEqual(filterOf(new URLSearchParams("state=good,rejected&tier=x&confidence_below=&unit=u1")), { state: ["rejected"] });
});

test("the token is taken from a fresh address only", () => {
  assert.equal(tokenIn("#t=abc-_1"), "abc-_1");
  assert.equal(tokenIn("#/review?t=abc"), null);
});
