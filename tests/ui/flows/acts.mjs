// Verdicts, edits, notes, findings, undo, conflicts.
import assert from "node:assert/strict";
import { chip, currentPlace, flow, isSeen, press, said, seenRows, stateOf, until } from "../harness.mjs";

flow("keyboard only: accept, reject and flag move on, with Shift they stay", { any: true }, async (world) => {
  const page = await world.open();
  const was = await Promise.all([1, 2, 3, 4].map((place) => stateOf(page, place)));
  await press(page, "a", "x", "d", "Shift+X");
  await until(
    () => Promise.all([1, 2, 3, 4].map((place) => stateOf(page, place))),
    (states) => ["accepted", "edited"].includes(states[0]) && states.slice(1).join() === "rejected,flagged,rejected",
    "states",
  );
  assert.equal(await currentPlace(page), 4);
  assert.ok((await seenRows(page)).includes(3), "what was just done is still in sight");
  await page.waitForTimeout(400);
  for (let n = 0; n < 4; n++) {
    await press(page, "u");
    await until(
      () => said(page),
      (text) => /Deshecho/.test(text),
    );
    await page.waitForTimeout(150);
  }
  await until(() => Promise.all([1, 2, 3, 4].map((place) => stateOf(page, place))), was, "states after undo");
});

flow("keyboard only: an edit shows its diff, Ctrl+Enter saves and goes on, Esc cancels", {}, async (world) => {
  const page = await world.open();
  await until(() => page.locator(".detail .findings li").count(), 1);
  await press(page, "e");
  await page.waitForSelector("textarea:focus");
  assert.equal(await page.getAttribute("textarea", "lang"), "en");
  await press(page, "Control+a");
  await page.keyboard.type("“It has never been my intention,” he said.");
  assert.equal(await page.textContent(".editor .diff del"), "always");
  assert.equal(await page.textContent(".editor .diff ins"), "never");
  await press(page, "Control+Enter");
  await until(() => currentPlace(page), 2);
  assert.match(await page.textContent('.row[aria-rowindex="2"] .target'), /never/);
  await press(page, "Shift+E");
  await page.waitForSelector('textarea:focus[lang="es"]');
  await page.keyboard.type("zzz");
  await press(page, "Escape");
  await until(() => page.locator("textarea").count(), 0);
  assert.doesNotMatch(await page.textContent('.row[aria-rowindex="3"] .source'), /zzz/);
  await press(page, "j", "k", "k", "Shift+A");
  await until(() => stateOf(page, 1), "edited");
  assert.match(await page.textContent(".detail .original"), /always.*never/s);
});

flow("what is typed is not lost when another row is clicked", { any: true }, async (world) => {
  const page = await world.open();
  await press(page, "e");
  await page.keyboard.type("half a thought ");
  await page.click('.row[aria-rowindex="5"]');
  await until(
    () => said(page),
    (text) => text.includes("sigue ahí"),
  );
  await page.click('.row[aria-rowindex="2"]');
  await press(page, "e");
  assert.match(await page.inputValue("textarea"), /half a thought/);
});

flow("undo goes back across a reload, and redo forward", { any: true }, async (world) => {
  world.expect("404");
  const page = await world.open();
  await press(page, "a", "x");
  await until(() => stateOf(page, 2), "rejected");
  await page.waitForTimeout(200);
  await page.reload();
  await page.waitForSelector(".rows .row.current .text");
  await press(page, "u");
  await until(() => stateOf(page, 2), "unreviewed");
  await until(() => currentPlace(page), 2);
  await press(page, "Control+z");
  await until(() => stateOf(page, 1), "unreviewed");
  await until(() => currentPlace(page), 1);
  await press(page, "u");
  await until(() => said(page), "No hay nada que deshacer.");
  await press(page, "Control+Shift+Z");
  await until(() => stateOf(page, 1), "accepted");
  await press(page, "Control+Shift+Z");
  await until(() => stateOf(page, 2), "rejected");
});

flow("undo waits for the act that is on its way", {}, async (world) => {
  const page = await world.open();
  await page.route("**/api/act", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  await press(page, "x", "a", "u");
  await until(
    () => said(page),
    (text) => /Deshecho: 2/.test(text),
  );
  assert.equal(await stateOf(page, 2), "unreviewed");
  assert.deepEqual(world.server.corpus.counts().state, { rejected: 1, unreviewed: 299 });
});

flow("keyboard only: a finding is found, explained, dismissed and restored", {}, async (world) => {
  world.expect("404");
  const page = await world.open();
  await press(page, "n");
  await until(() => currentPlace(page), 6);
  await until(() => page.locator(".detail mark").count(), 2);
  assert.equal(await page.textContent('.detail mark[data-finding="number-6"]'), "mil millones");
  await press(page, "r");
  await until(() => page.textContent(".rule"), "Los números no valen lo mismo.");
  assert.equal(await page.locator("mark.active").count(), 2);
  await press(page, "Shift+R");
  await until(() => page.locator(".findings li.dismissed").count(), 1);
  await until(() => page.locator('.row[aria-rowindex="7"] .finding').count(), 0);
  assert.equal(await page.locator(".detail mark").count(), 0);
  await press(page, "r", "Shift+R");
  await until(() => page.locator('.row[aria-rowindex="7"] .finding').count(), 1);
  await press(page, "Shift+N");
  await until(() => currentPlace(page), 1);
  await press(page, "Shift+N");
  await until(() => said(page), "No hay más avisos en esa dirección.");
  await press(page, "Alt+n", "Alt+n");
  await until(() => currentPlace(page), 8);
});

flow("keyboard only: a note is written and kept", {}, async (world) => {
  const page = await world.open();
  await until(() => page.locator(".detail .notes").count(), 1);
  await press(page, "m");
  await page.keyboard.type("¿Quién lo dijo? <b>no</b>");
  await press(page, "Control+Enter");
  await until(() => page.textContent(".notes li p"), "¿Quién lo dijo? <b>no</b>");
  await until(() => page.locator(".history li").count(), 1);
});

flow("what one window does the other shows", { any: true }, async (world) => {
  const one = await world.open();
  const two = await world.open();
  await one.waitForTimeout(200);
  await press(one, "a", "x");
  await until(() => stateOf(two, 1), "accepted");
  await until(() => stateOf(two, 2), "rejected");
  await until(
    () => chip(two, "state-accepted"),
    (count) => Number(count) >= 1,
  );
  await press(two, "d");
  await until(() => stateOf(one, 1), "flagged");
});

flow("a conflict is shown with both states and nothing is overwritten", { any: true }, async (world) => {
  world.expect("409", "net::ERR");
  const page = await world.window();
  await page.route("**/api/changes*", (route) => route.abort());
  await page.goto(world.server.url);
  await page.waitForSelector(".rows .row.current .text");
  await until(
    () => page.locator(".detail .history, .detail .facts").count(),
    (count) => count > 0,
  );
  const other = await world.open();
  await press(other, "Shift+X");
  await until(() => stateOf(other, 1), "rejected");
  await other.waitForTimeout(200);
  await press(page, "a");
  await page.waitForSelector("dialog[open]");
  assert.match(await page.textContent("dialog"), /Lo tuyo.*aceptado.*sin revisar.*Como está ahora.*rechazado/s);
  await until(() => stateOf(page, 1), "rejected");
  await press(page, "Enter");
  await until(() => page.locator("dialog").count(), 0);
  await page.waitForTimeout(200);
  assert.equal(await stateOf(other, 1), "rejected");
  await press(other, "Shift+D");
  await until(() => stateOf(other, 1), "flagged");
  await other.waitForTimeout(200);
  await press(page, "Home", "a");
  await page.waitForSelector("dialog[open]");
  await page.click("dialog button:has-text('Aplicar lo mío')");
  await until(() => stateOf(page, 1), "accepted");
  await until(() => stateOf(other, 1), "accepted");
});

flow("keyboard only: an edit and a note are kept, and undo takes them back", { any: true }, async (world) => {
  const page = await world.open();
  await until(() => page.locator(".detail .notes").count(), 1);
  const before = await page.textContent(".rows .row.current .target");
  await press(page, "e", "End");
  await page.keyboard.type(" añadido");
  assert.match(await page.textContent(".editor ins"), /añadido/);
  await press(page, "Control+Shift+Enter");
  await until(
    () => page.textContent(".rows .row.current .target"),
    (text) => text.endsWith(" añadido"),
  );
  await until(() => page.locator(".detail .original ins").count(), 1);
  await press(page, "m");
  await page.keyboard.type("¿Por qué?");
  await press(page, "Control+Enter");
  await until(() => page.locator(".notes li").count(), 1);
  await page.waitForTimeout(200);
  await press(page, "u", "u");
  await until(() => page.textContent(".rows .row.current .target"), before);
  await until(() => page.locator(".notes li").count(), 0);
  await press(page, "Control+Shift+Z");
  await until(
    () => page.textContent(".rows .row.current .target"),
    (text) => text.endsWith(" añadido"),
  );
});

flow("an act that fails is taken back and said", {}, async (world) => {
  world.expect("500");
  const page = await world.open();
  world.server.fail.push("/api/act");
  await press(page, "a");
  await until(
    () => said(page),
    (text) => /fails on purpose/.test(text),
  );
  await until(() => stateOf(page, 1), "unreviewed");
  world.server.fail.length = 0;
  await press(page, "Home", "a");
  await until(() => world.server.corpus.counts().state.accepted, 1);
});

flow("a server that is gone is said, and what was done is taken back", {}, async (world) => {
  world.expect("net::ERR");
  const page = await world.open();
  world.server.close();
  await press(page, "x");
  await until(
    () => said(page),
    (text) => /no responde/.test(text),
  );
  await until(() => stateOf(page, 1), "unreviewed");
  assert.ok(await isSeen(page, ".offline"));
});

flow("a list is accepted at once only after a sample of 20, and one undo takes it back", {}, async (world) => {
  world.expect("409");
  const page = await world.open();
  await press(page, "b");
  await page.waitForSelector("dialog[open]");
  assert.ok(await page.isDisabled("dialog .end button"));
  for (let n = 0; n < 20; n++) await press(page, "a");
  await page.click("dialog .end button");
  await until(
    () => said(page),
    (text) => /tier 1/.test(text),
  );
  assert.equal(world.server.corpus.counts().state.accepted, undefined);
  await world.go(page, "#/review?check=length");
  await page.waitForSelector(".rows .row.current .text");
  await press(page, "b");
  await page.waitForSelector("dialog[open]");
  for (let n = 0; n < 19; n++) await press(page, "a");
  assert.ok(await page.isDisabled("dialog .end button"));
  await press(page, "a", "Enter");
  await until(() => page.evaluate(() => document.querySelector(".rows .row.current .state")?.className), "state accepted");
  const count = world.server.corpus.counts().state.accepted;
  assert.ok(count > 20);
  await press(page, "u");
  await until(() => world.server.corpus.counts().state.accepted, undefined);
  await until(() => stateOf(page, 1), "unreviewed");
});

flow("a corpus open for reading only offers no act and takes none", { server: { readOnly: true } }, async (world) => {
  const page = await world.open();
  assert.equal(await page.locator(".verdicts, .bulk").count(), 0);
  await press(page, "a");
  await until(
    () => said(page),
    (text) => /solo para lectura/.test(text),
  );
  assert.equal(await stateOf(page, 1), "unreviewed");
  await press(page, "j");
  await until(() => currentPlace(page), 2);
});
