// Rows, filters, search, a million units, the detail beside them.
import assert from "node:assert/strict";
import { chip, currentPlace, flow, isSeen, press, said, seenRows, stateOf, until } from "../harness.mjs";

flow("rows and detail can be seen, in both schemes", { any: true }, async (world) => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await world.open("", { colorScheme });
    await until(
      () => seenRows(page),
      (rows) => rows.length >= 10,
      "rows seen",
    );
    assert.ok(await isSeen(page, ".detail .side .text"));
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(ground === "rgb(255, 255, 255)", colorScheme === "light");
  }
});

flow("keyboard only: J K arrows pages ends and G go where they say", { any: true }, async (world) => {
  const page = await world.open();
  await press(page, "j", "ArrowDown", "j", "k");
  await until(() => currentPlace(page), 3);
  await press(page, "PageDown");
  await until(
    () => currentPlace(page),
    (place) => place > 8,
  );
  await press(page, "Home");
  await until(() => currentPlace(page), 1);
  await press(page, "k");
  await until(() => said(page), "Principio de la lista.");
  await press(page, "g");
  await page.keyboard.type("7");
  await press(page, "Enter");
  await until(() => currentPlace(page), 7);
});

flow("chips filter with live counts, the address keeps the view, and a row stays when it no longer fits", {}, async (world) => {
  const page = await world.open();
  await until(() => chip(page, "state-unreviewed"), "300");
  await page.click('[data-chip="tier1"]');
  await until(
    () => page.evaluate(() => document.querySelector(".rows .row.current .findings")?.textContent),
    (text) => /negación/.test(text ?? ""),
  );
  const grave = Number(await chip(page, "tier1"));
  await until(() => page.evaluate(() => Number(document.querySelector(".grid").getAttribute("aria-rowcount")) - 1), grave);
  await page.click('[data-chip="state-unreviewed"]');
  await page.waitForSelector('[data-chip="state-unreviewed"][aria-pressed=true]');
  await page.waitForTimeout(300);
  await page.focus(".grid");
  await press(page, "a", "a");
  await until(() => chip(page, "state-accepted"), "2");
  assert.equal(await stateOf(page, 1), "accepted");
  assert.match(page.url(), /state=unreviewed/);
  assert.match(page.url(), /tier=1/);
  await page.waitForTimeout(100);
  const unit = new URL(page.url().replace("#/review", "")).searchParams.get("unit");
  await page.reload();
  await page.waitForSelector(".rows .row.current .text");
  await until(() => page.evaluate(() => Number(document.querySelector(".grid").getAttribute("aria-rowcount")) - 1), grave - 2);
  assert.equal(new URL(page.url().replace("#/review", "")).searchParams.get("unit"), unit);
  await page.selectOption("select[aria-label='Filtrar por aviso']", "number");
  await until(
    () => page.url(),
    (url) => url.includes("check=number"),
  );
});

flow("a search keeps the ñ, Enter gives the focus back to the rows, and an empty list says so", {}, async (world) => {
  world.expect("404");
  const page = await world.open();
  await press(page, "/");
  await page.keyboard.type("ninez");
  await press(page, "Enter");
  await until(() => page.evaluate(() => document.querySelector(".nothing")?.checkVisibility()), true);
  assert.ok(await isSeen(page, ".nothing"));
  await press(page, "/");
  await press(page, "Control+a");
  await page.keyboard.type("niñez");
  await press(page, "Enter");
  await until(
    () => seenRows(page),
    (rows) => rows.length >= 5,
  );
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "grid");
});

flow("a million rows reach the end, the middle and the start, and are seen", { server: { units: 1_000_000 } }, async (world) => {
  const page = await world.open();
  await press(page, "End");
  await until(
    () => seenRows(page),
    (rows) => rows.length >= 10 && rows.at(-1) === 1_000_000,
    "the last rows",
  );
  await until(() => page.textContent(".rows .row.current .number"), "1.000.000");
  assert.ok((await page.locator(".rows .row").count()) < 40);
  assert.ok((await page.evaluate(() => document.querySelector(".grid").scrollHeight)) < 9_000_000);
  await press(page, "k", "k", "k", "k", "k", "k", "k", "k", "k", "k", "k", "k", "k", "k", "k");
  await until(() => currentPlace(page), 999_985);
  await page.evaluate(() => {
    const grid = document.querySelector(".grid");
    grid.scrollTop = grid.scrollHeight / 2;
  });
  await until(
    () => seenRows(page),
    (rows) => rows.length >= 10 && rows[0] > 450_000 && rows[0] < 550_000,
    "the middle",
  );
  await until(
    () => page.locator(".rows .row .text").count(),
    (count) => count >= 20,
    "texts of the middle",
  );
  const first = (await seenRows(page))[0];
  await page.mouse.move(400, 400);
  await page.mouse.wheel(0, 100);
  await until(
    () => seenRows(page),
    (rows) => rows[0] > first && rows[0] <= first + 3,
    "a turn of the wheel moves exact rows",
  );
  await press(page, "g");
  await page.keyboard.type("654321");
  await press(page, "Enter");
  await until(() => page.textContent(".rows .row.current .number"), "654.321");
  await press(page, "Home");
  await until(
    () => seenRows(page),
    (rows) => rows[0] === 1 && rows.length >= 10,
  );
  const times = await page.evaluate(async () => {
    const out = [];
    for (let n = 0; n < 60; n++) {
      const begun = performance.now();
      document.querySelector(".grid").dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      out.push(performance.now() - begun);
    }
    return out.sort((a, b) => a - b);
  });
  console.log(`      key to painted row at a million rows, two frames: median ${times[30].toFixed(0)} ms, p95 ${times[57].toFixed(0)} ms`);
});

flow("a key held down asks for few units", { any: true }, async (world) => {
  const page = await world.open();
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().includes("/api/unit/")) asked++;
  });
  await page.evaluate(() => {
    for (let n = 0; n < 120; n++) document.querySelector(".grid").dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
  });
  await until(() => currentPlace(page), 121);
  await page.waitForTimeout(300);
  assert.ok(asked <= 6, `${asked} requests`);
});

flow("endless words break no column", {}, async (world) => {
  const page = await world.open();
  await page.click('.row[aria-rowindex="13"]');
  await page.waitForTimeout(200);
  assert.ok(
    await page.evaluate(
      () =>
        document.documentElement.scrollWidth <= innerWidth &&
        document.querySelector(".detail").scrollWidth <= document.querySelector(".detail").clientWidth,
    ),
  );
});

flow("words selected are looked up in all units, grouped by rendering", {}, async (world) => {
  const page = await world.open();
  await press(page, "j", "j");
  await page.evaluate(() => {
    const text = document.querySelector('.row[aria-rowindex="4"] .source .text').firstChild;
    getSelection().setBaseAndExtent(text, 20, text, 30);
  });
  await press(page, "c");
  await page.waitForSelector("dialog .kwic");
  assert.equal(await page.inputValue("dialog input"), "o la orden");
  assert.ok((await page.locator("dialog .groups li").count()) > 0);
  await page.click("dialog .kwic button >> nth=1");
  await until(() => currentPlace(page), 11 + 8);
});

flow("other renderings are compared word by word and stepped through", {}, async (world) => {
  const page = await world.open();
  await until(() => page.locator(".renderings li").count(), 3);
  assert.ok((await page.locator(".renderings ins, .renderings del").count()) > 2);
  await press(page, "Alt+ArrowDown", "Alt+ArrowDown");
  assert.equal(
    await page.evaluate(() => [...document.querySelectorAll(".renderings li")].findIndex((one) => one.classList.contains("active"))),
    1,
  );
  await until(
    () => said(page),
    (text) => /Agency A/.test(text),
  );
  await press(page, "Alt+ArrowUp");
  await until(
    () => said(page),
    (text) => /Diario Dos/.test(text),
  );
});
