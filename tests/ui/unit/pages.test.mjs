import test from "node:test";
import assert from "node:assert/strict";
import { createPages } from "../../../assets/js/pages.js";

const tick = () => new Promise((resolve) => setTimeout(resolve, 2));

/** Pages over rows that are their own numbers. */
function numbers(total, options = {}) {
  const asked = [];
  const pages = createPages(
    async (start, count) => {
      asked.push(start);
      await tick();
      return { start, rows: Array.from({ length: Math.min(count, total - start) }, (_, k) => start + k) };
    },
    () => {},
    { size: 10, most: 50, total: () => total, ...options },
  );
  return { pages, asked };
}

test("what shows is fetched, and the pages beside it without waiting", async () => {
  const { pages, asked } = numbers(1000);
  await pages.ensure(105, 115);
  assert.equal(pages.get(107), 107);
  assert.deepEqual(
    [...asked].sort((a, b) => a - b),
    [90, 100, 110, 120],
  );
});

test("a page on its way is not asked for again", async () => {
  const { pages, asked } = numbers(1000);
  await Promise.all([pages.ensure(100, 105), pages.ensure(100, 105)]);
  assert.equal(asked.filter((start) => start === 100).length, 1);
});

test("no more rows are kept than allowed, the last used stay", async () => {
  const { pages } = numbers(1000);
  for (let start = 0; start < 500; start += 10) {
    await pages.ensure(start, start + 1);
    await tick();
    await tick();
  }
  assert.ok(pages.held() <= 50);
  assert.equal(pages.get(490), 490);
  assert.equal(pages.get(0), undefined);
});

test("an answer for a list that is no longer shown is dropped", async () => {
  const { pages } = numbers(100);
  const late = pages.ensure(0, 5);
  pages.clear();
  await late;
  assert.equal(pages.get(0), undefined);
});

test("a row is put in its place and found again", async () => {
  const { pages } = numbers(15);
  await pages.ensure(0, 15);
  pages.set(12, 99);
  assert.equal(
    pages.indexOf((row) => row === 99),
    12,
  );
  pages.set(14, 5);
  pages.set(19, 7);
  assert.equal(pages.get(19), undefined);
});

test("a failed page can be asked for again", async () => {
  let fail = true;
  const pages = createPages(
    async (start) => {
      if (fail) throw new Error("no");
      return { start, rows: [1] };
    },
    () => {},
    { size: 10, total: () => 10 },
  );
  await assert.rejects(pages.ensure(0, 1));
  fail = false;
  await pages.ensure(0, 1);
  assert.equal(pages.get(0), 1);
});
