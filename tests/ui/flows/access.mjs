// Who may see the page, who can use it, and that texts stay texts.
import assert from "node:assert/strict";
import { axe, currentPlace, flow, isSeen, pagesOf, press, seenRows, stateOf, until } from "../harness.mjs";

flow("the token leaves the address and the page is there", { any: true }, async (world) => {
  const page = await world.open();
  assert.ok(!page.url().includes(world.server.token));
  assert.equal(await page.evaluate(() => document.cookie), "");
  assert.equal(await page.evaluate(() => localStorage.getItem("bitexto.token")), null);
  await page.reload();
  await page.waitForSelector(".rows .row.current .text");
});

flow("without a token, or with a wrong one, the page says what to do", { any: true }, async (world) => {
  world.expect("401");
  for (const [locale, words] of [
    ["es-ES", "Falta la llave"],
    ["en-US", "key is missing"],
  ]) {
    for (const end of ["/", "/#t=wrong"]) {
      const page = await world.window({ locale });
      await page.goto(world.server.origin + end);
      await page.waitForSelector("h1");
      assert.match(await page.textContent("main"), new RegExp(words));
      assert.ok(await isSeen(page, "pre"));
    }
  }
});

flow("keys are text in a text field, and nothing while composing", { any: true }, async (world) => {
  const page = await world.open();
  const before = await stateOf(page, 1);
  await press(page, "/");
  await page.waitForSelector("#search:focus");
  await page.keyboard.type("axdun");
  assert.equal(await page.inputValue("#search"), "axdun");
  await press(page, "Escape");
  await page.evaluate(() =>
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true, isComposing: true })),
  );
  await page.waitForTimeout(200);
  assert.equal(await stateOf(page, 1), before);
  assert.equal(await currentPlace(page), 1);
});

flow("a page opened in a new tab is given the key by the window that has it", { any: true }, async (world) => {
  const page = await world.open();
  const other = await page.context().newPage();
  await other.goto(`${world.server.origin}/#/report`);
  await other.waitForSelector("figure.card");
});

flow("texts are texts: markup is inert, hidden characters are badges, only web links are links", {}, async (world) => {
  const page = await world.open();
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
  assert.equal(await page.locator("main img, main script, .rows b, .detail b").count(), 0);
  assert.match(await page.textContent('.row[aria-rowindex="11"] .source'), /<img src=x onerror=/);
  await page.click('.row[aria-rowindex="12"]');
  await until(
    () => page.locator(".detail .badge").count(),
    (count) => count >= 6,
  );
  assert.deepEqual((await page.locator(".detail .side .badge").allTextContents()).slice(0, 3), ["RLO", "PDF", "ZWSP"]);
  assert.ok(await isSeen(page, ".detail .badge"));
  assert.equal(await page.locator("a[href^='javascript']").count(), 0);
  await world.go(page, "#/statements");
  await until(() => page.locator(".outlets tr").count(), 6);
  assert.equal(await page.locator("a[href^='javascript']").count(), 0);
  for (const rel of await page.locator("a[target=_blank]").evaluateAll((links) => links.map((one) => one.rel)))
    assert.equal(rel, "noopener noreferrer");
});

flow("every page reads well to axe, in both languages and schemes", { any: true, context: { bypassCSP: true } }, async (world) => {
  for (const [locale, colorScheme] of [
    ["es-ES", "light"],
    ["en-US", "dark"],
  ]) {
    const page = await world.open("", { locale, colorScheme });
    assert.equal(await page.getAttribute("html", "lang"), locale.slice(0, 2));
    for (const hash of await pagesOf(world)) {
      await world.go(page, hash);
      await page.waitForTimeout(300);
      assert.deepEqual(await axe(page), [], `${hash} ${locale} ${colorScheme}`);
    }
    await world.go(page, "#/review?tier=1");
    await page.waitForSelector(".rows .row.current .text");
    await page.waitForTimeout(300);
    for (const key of ["r", "e"]) {
      await press(page, key);
      assert.deepEqual(await axe(page), [], key);
    }
    await press(page, "Escape");
    for (const key of ["?", "c", "b", "g"]) {
      await press(page, key);
      await page.waitForSelector("dialog[open]");
      await page.waitForTimeout(150);
      assert.deepEqual(await axe(page), [], `dialog ${key}`);
      await press(page, "Escape");
      await until(() => page.locator("dialog").count(), 0);
    }
  }
});

flow(
  "nothing needs sideways scrolling at 320 px, and under 900 px the detail is below the rows",
  { any: true, context: { viewport: { width: 320, height: 720 } } },
  async (world) => {
    const page = await world.open();
    for (const hash of await pagesOf(world)) {
      await world.go(page, hash);
      await page.waitForTimeout(250);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), hash);
    }
    await world.go(page, "#/review");
    await until(
      () => seenRows(page),
      (rows) => rows.length >= 2,
    );
    for (const width of [320, 880]) {
      await page.setViewportSize({ width, height: 720 });
      await page.waitForTimeout(150);
      assert.ok(
        await page.evaluate(
          () =>
            document.querySelector(".detail").getBoundingClientRect().top >=
            document.querySelector(".grid").getBoundingClientRect().bottom - 1,
        ),
      );
    }
    await press(page, "j", "a");
    await until(() => stateOf(page, 2), "accepted");
  },
);

flow("everything that can be pressed is 24 px or more", { any: true }, async (world) => {
  const page = await world.open();
  for (const hash of await pagesOf(world)) {
    await world.go(page, hash);
    await page.waitForTimeout(250);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, select, input:not(.vh), .top a, .next a, .chip")]
        .filter((one) => one.checkVisibility())
        .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
        .filter(([, box]) => box.height < 23.9 || box.width < 23.9)
        .map(([html, box]) => `${html} ${box.width}×${box.height}`),
    );
    assert.deepEqual(small, [], hash);
  }
});

flow("the grid is one tab stop, tells its place, and its focus can be seen", { any: true }, async (world) => {
  const page = await world.open();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "grid");
  await press(page, "j", "j");
  await page.waitForTimeout(100);
  assert.equal(
    await page.evaluate(() =>
      document.getElementById(document.querySelector(".grid").getAttribute("aria-activedescendant"))?.getAttribute("aria-rowindex"),
    ),
    "4",
  );
  assert.equal(await page.getAttribute(".grid", "aria-rowcount"), String((await world.ask("session")).units + 1));
  assert.equal(await page.locator(".grid a, .grid button, .grid [tabindex='0']").count(), 0);
  const ring = await page.evaluate(() => getComputedStyle(document.querySelector(".grid-frame"), "::after").borderTopWidth);
  assert.equal(ring, "2px");
  await press(page, "Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest(".detail") !== null));
  await press(page, "Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "grid");
});

flow("keys can be changed and single keys switched off, and both are remembered", { any: true }, async (world) => {
  const page = await world.open();
  await press(page, "?");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.type("aceptar");
  assert.ok((await page.locator(".help-list li").count()) < 8);
  await page.click(".help-list button.keys >> nth=0");
  await press(page, "q");
  await press(page, "Escape");
  await until(() => page.locator("dialog").count(), 0);
  assert.match(await page.textContent(".hints"), /Q\s*aceptar/);
  await page.reload();
  await page.waitForSelector(".rows .row.current .text");
  await press(page, "a");
  await page.waitForTimeout(150);
  assert.equal(await stateOf(page, 1), "unreviewed");
  await press(page, "q");
  await until(() => stateOf(page, 1), "accepted");
  await press(page, "?");
  await page.click("text=Teclas de una sola letra");
  await press(page, "Escape");
  await press(page, "x");
  await page.waitForTimeout(150);
  assert.equal(await stateOf(page, 2), "unreviewed");
  await press(page, "Control+k");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.type("rechazar");
  await press(page, "Enter");
  await until(() => stateOf(page, 2), "rejected");
});

flow("the language is changed in the header and remembered; texts keep their own", { any: true }, async (world) => {
  const page = await world.open();
  assert.match(await page.textContent(".top nav"), /Revisar/);
  await page.selectOption(".settings select >> nth=0", "en");
  await until(
    () => page.textContent(".top nav"),
    (text) => /Review/.test(text),
  );
  await page.waitForSelector(".rows .row.current .text");
  assert.equal(await page.getAttribute(".rows .row.current .source .text", "lang"), "es");
  assert.equal(await page.getAttribute(".rows .row.current .target .text", "lang"), "en");
  await page.reload();
  await until(() => page.getAttribute("html", "lang"), "en");
  await page.selectOption(".settings select >> nth=1", "dark");
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
});

flow("no script runs but ours, and no markup is ever made from text", { any: true }, async (world) => {
  const page = await world.open();
  world.expect("Trusted", "Content Security Policy", "requires");
  const blocked = await page.evaluate(() => {
    try {
      document.body.insertAdjacentHTML("beforeend", "<i>x</i>");
      return false;
    } catch {
      return true;
    }
  });
  assert.ok(blocked);
});
