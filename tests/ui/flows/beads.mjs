// Groupings mended: merged, split, shifted, paired, cut, realigned, and all of it undone. Most of it runs on any corpus.
import assert from "node:assert/strict";
import { axe, chip, currentPlace, flow, isSeen, press, said, until } from "../harness.mjs";

/** The alignment with most beads, open at a bead (from 1). */
async function openBeads(world, bead, more) {
  const [{ origin }] = (await world.ask("documents")).toSorted((a, b) => b.beads - a.beads);
  const page = await world.open(`#/align/${encodeURIComponent(origin)}?bead=${bead}`, more);
  await until(
    () => page.locator(".bead-row.current .text").count(),
    (count) => count > 0,
    "beads",
  );
  await until(() => currentPlace(page), bead);
  const ask = () => world.ask(`beads/${encodeURIComponent(origin)}?count=500`);
  const list = async () => (await ask()).beads;
  return { page, origin, list, shape: async () => shapeOf(await list()), total: async () => (await ask()).total };
}

/** The beads as the numbers of their segments. */
const shapeOf = (beads) => beads.map((bead) => [bead.source, bead.target].map((side) => side.map((one) => one.n)).join("|")).join(" ");

/** Place (from 1) of the first of two 1:1 beads of some words, with a bead before them, that nobody has accepted. */
async function placeOf(world) {
  const [{ origin }] = (await world.ask("documents")).toSorted((a, b) => b.beads - a.beads);
  const { beads } = await world.ask(`beads/${encodeURIComponent(origin)}?count=500`);
  const plain = (bead) => bead?.kind === "1:1" && !bead.accepted && /\S{2,} \S+ \S+ \S+ \S+/.test(bead.source[0].text);
  return beads.findIndex((bead, n) => n > 0 && !beads[n - 1].accepted && plain(bead) && plain(beads[n + 1])) + 1;
}

const speaks = (page, words) =>
  until(
    () => said(page),
    (text) => words.test(text),
    `to hear ${words}`,
  );
const detail = (page) => page.textContent(".align .detail");
const kindAt = (list, place) => list().then((beads) => beads[place - 1].kind);

/** Goes to a bead by its number. */
async function goTo(page, place) {
  await press(page, "g");
  await page.waitForSelector("dialog[open] input");
  await page.keyboard.type(String(place));
  await press(page, "Enter");
  await until(() => currentPlace(page), place);
}

const LANGUAGES = [
  ["es-ES", "light", /unido con el siguiente\. Ahora: grupo \d+, 2:2\./, /dividido en dos\. Ahora: grupo \d+, 1:1\./, /Deshecho: división/],
  ["en-US", "dark", /merged with the next\. Now: bead \d+, 2:2\./, /split in two\. Now: bead \d+, 1:1\./, /Undone: bead split/],
];
for (const [locale, colorScheme, merged, split, undone] of LANGUAGES) {
  flow(`keyboard only: beads are merged, split where the lengths correspond, and undone (${locale})`, { any: true }, async (world) => {
    const place = await placeOf(world);
    const { page, shape, list, total } = await openBeads(world, place, { locale, colorScheme });
    const before = await shape();
    const length = await total();
    await press(page, "Shift+M");
    await speaks(page, merged);
    assert.equal(await total(), length - 1);
    assert.equal(await page.getAttribute(".grid", "aria-rowcount"), String(length));
    assert.match(await detail(page), /2:2/);
    await press(page, "s");
    await speaks(page, split);
    assert.equal(await shape(), before);
    assert.equal(await currentPlace(page), place);
    await press(page, "u");
    await speaks(page, undone);
    assert.equal(await kindAt(list, place), "2:2");
    await press(page, "u");
    await until(shape, before);
    await press(page, "j", "m");
    await until(() => kindAt(list, place), "2:2");
    await until(() => currentPlace(page), place, "the cursor is on what it merged");
    await press(page, "u");
    await until(shape, before);
  });
}

flow("keyboard only: segments are shifted up and popped down, each side by itself", { any: true }, async (world) => {
  const place = await placeOf(world);
  const { page, shape, list } = await openBeads(world, place);
  const before = await shape();
  await press(page, "Alt+ArrowUp");
  await speaks(page, /subió al anterior/);
  assert.equal(await kindAt(list, place), "0:1");
  await press(page, "u", "ArrowRight", "Alt+ArrowDown");
  await speaks(page, /bajó al siguiente/);
  assert.equal(await kindAt(list, place), "1:0");
  assert.equal(await kindAt(list, place + 1), "1:2");
  await until(
    () => page.textContent(".bead-row.current .target"),
    (text) => /nada en este lado/.test(text),
  );
  await press(page, "u");
  await until(shape, before);
});

flow("keyboard only: a bead is unaligned, and its segments are paired again with Space", { any: true }, async (world) => {
  const place = await placeOf(world);
  const { page, shape, list } = await openBeads(world, place);
  const before = await shape();
  await press(page, "x");
  await speaks(page, /separado: cada segmento está solo/);
  assert.deepEqual(
    (await list()).slice(place - 1, place + 1).map((bead) => bead.kind),
    ["1:0", "0:1"],
  );
  await press(page, "x");
  await speaks(page, /ya está solo/);
  await press(page, " ");
  await speaks(page, /Marcado: segmento \d+ \(Español\)/);
  await until(() => isSeen(page, ".segment.pinned"), true);
  await press(page, "Escape");
  await until(() => page.locator(".toolbar .chip").count(), 0);
  await press(page, "Space", "j", "ArrowRight", "Space");
  await speaks(page, /emparejados\. Ahora: grupo \d+, 1:1/);
  assert.equal(await shape(), before);
  await press(page, "u", "u");
  await until(shape, before);
});

flow("keyboard only: a side is pushed down and pulled up", { any: true }, async (world) => {
  const place = await placeOf(world);
  const { page, shape, list } = await openBeads(world, place);
  const before = await shape();
  const [, second] = (await list()).slice(place - 1);
  await press(page, "ArrowRight", "Enter");
  await speaks(page, /bajó un grupo/);
  assert.equal(await kindAt(list, place), "1:0");
  const after = (await list())[place];
  assert.deepEqual([after.source[0].n, after.target[0].n], [second.source[0].n, second.target[0].n - 1]);
  await press(page, "j", "Backspace");
  await speaks(page, /subió un grupo/);
  await until(() => kindAt(list, place), "1:1");
  await press(page, "u", "u");
  await until(shape, before);
});

flow("keyboard only: a segment is cut at the caret and joined again", { any: true }, async (world) => {
  const place = await placeOf(world);
  const { page, shape, list } = await openBeads(world, place);
  const before = await shape();
  const { text } = (await list())[place - 1].source[0];
  const caption = await page.textContent(".plot .small");
  const at = text.indexOf(" ", text.length / 3);
  await press(page, "e");
  await page.waitForSelector("dialog textarea:focus");
  await page.keyboard.type("zzz");
  assert.equal(await page.inputValue("dialog textarea"), text, "the text cannot be changed");
  await press(page, "Enter", "Enter");
  await until(
    () => page.textContent("dialog [role=status]"),
    (words) => /no queda texto/.test(words),
  );
  await page.evaluate((caret) => document.querySelector("dialog textarea").setSelectionRange(caret, caret), at);
  await press(page, "Enter");
  await until(
    () => page.textContent("dialog [role=status]"),
    (words) => /Intro otra vez/.test(words),
  );
  assert.deepEqual(await page.locator("dialog .parts li").allTextContents(), [text.slice(0, at).trim(), text.slice(at).trim()]);
  await press(page, "Enter");
  await speaks(page, /cortado en dos\. Ahora: grupo \d+, 2:1/);
  assert.deepEqual(
    (await list())[place - 1].source.map((one) => one.text),
    [text.slice(0, at).trim(), text.slice(at).trim()],
  );
  assert.notEqual(await page.textContent(".plot .small"), caption, "the path has a segment more");
  await press(page, "Shift+S");
  await speaks(page, /unidos en uno\. Ahora: grupo \d+, 1:1/);
  assert.equal((await list())[place - 1].source[0].text, text);
  assert.equal(await page.textContent(".plot .small"), caption);
  await press(page, "Shift+S");
  await speaks(page, /No hay otro segmento/);
  await press(page, "E", "Escape");
  await speaks(page, /No se ha cortado nada/);
  await press(page, "u", "u");
  await until(shape, before);
});

flow("a grouping by hand has its sign and its word, and can be released", { any: true }, async (world) => {
  const place = await placeOf(world);
  const { page, list } = await openBeads(world, place);
  await press(page, "x");
  await until(
    () => detail(page),
    (text) => /a mano/.test(text),
  );
  await until(
    () => page.textContent(".bead-row.current .status"),
    (text) => /✍.*a mano/s.test(text),
  );
  assert.match(await page.textContent(".bead-row.current .cell.number"), /■/);
  assert.ok(await isSeen(page, ".bead-row.current .hand"));
  await press(page, "Shift+A");
  await speaks(page, /soltado/);
  assert.deepEqual([(await list())[place - 1].by_hand, (await list())[place - 1].accepted], [false, false]);
  await until(
    () => page.textContent(".bead-row.current .cell.number"),
    (text) => !/■/.test(text),
  );
  await press(page, "a");
  await speaks(page, /dado por bueno/);
  assert.equal((await list())[place - 1].by_hand, true);
  await press(page, "a");
  await speaks(page, /soltado/);
});

flow("realigning is shown before it is kept: Esc changes nothing, Enter keeps, accepted beads stand", { any: true }, async (world) => {
  const place = await placeOf(world);
  const { page, shape, list } = await openBeads(world, place);
  await press(page, "x", "Shift+A", "j", "Shift+A");
  await speaks(page, /soltado/);
  await until(async () => (await list()).slice(place - 1, place + 1).every((bead) => !bead.accepted), true);
  const unaligned = await shape();
  await press(page, "r");
  await page.waitForSelector("dialog[open] .changes");
  assert.match(await page.textContent("dialog"), /Ahora.*Después/s);
  assert.ok(await isSeen(page, "dialog .change .text"));
  assert.equal(await page.evaluate(() => document.activeElement?.textContent?.includes("Quedarse")), true);
  await press(page, "Escape");
  await speaks(page, /No se ha cambiado nada/);
  assert.equal(await shape(), unaligned);
  await press(page, "r");
  await page.waitForSelector("dialog[open] .changes");
  await press(page, "Enter");
  await speaks(page, /Realineado/);
  await until(() => kindAt(list, place), "1:1");
  await press(page, "u");
  await until(shape, unaligned);
  await goTo(page, place);
  await press(page, "a");
  await speaks(page, /dado por bueno/);
  await press(page, "j", "a");
  await speaks(page, /dado por bueno/);
  const accepted = (await list()).slice(place - 1, place + 1);
  await press(page, "k", "k", "r");
  await until(async () => (await page.locator("dialog").count()) > 0 || /no cambiaría nada/.test(await said(page)), true);
  if (await page.locator("dialog").count()) {
    await press(page, "Enter");
    await speaks(page, /Realineado/);
  }
  const stand = ` ${await shape()} `;
  for (const bead of accepted) assert.ok(stand.includes(` ${shapeOf([bead])} `), "what was accepted stands");
});

flow("acts on beads are undone and done again across a reload, and in the review too", { any: true }, async (world) => {
  world.expect("404");
  const place = await placeOf(world);
  const { page, shape } = await openBeads(world, place);
  const before = await shape();
  const units = (await world.ask("counts")).all;
  await press(page, "Shift+M");
  await speaks(page, /unido con el siguiente/);
  const merged = await shape();
  await page.reload();
  await until(() => currentPlace(page), place);
  await press(page, "Control+z");
  await speaks(page, /Deshecho: unión de grupos \(grupo \d+ de/);
  assert.equal(await shape(), before);
  await press(page, "Control+Shift+Z");
  await speaks(page, /Rehecho: unión de grupos/);
  assert.equal(await shape(), merged);
  await world.go(page, "#/review");
  await until(
    () => page.locator(".unit-row.current .text").count(),
    (count) => count > 0,
  );
  await until(() => chip(page, "all"), String((await world.ask("counts")).all));
  await press(page, "u");
  await speaks(page, /Deshecho: unión de grupos \(grupo \d+ de/);
  await until(shape, before);
  await until(() => page.getAttribute(".unit-grid", "aria-rowcount"), String(units + 1));
});

flow("what one window does to beads the other shows, in both pages", { any: true }, async (world) => {
  world.expect("404"); // a unit may be asked for that has just gone
  const place = await placeOf(world);
  const { page: one, shape, total, origin } = await openBeads(world, place);
  const two = await world.open(`#/align/${encodeURIComponent(origin)}?bead=${place}`);
  const review = await world.open();
  await until(() => currentPlace(two), place);
  const rows = Number(await review.getAttribute(".unit-grid", "aria-rowcount"));
  const length = await total();
  await one.waitForTimeout(200);
  await press(review, "j", "j", "j");
  await press(one, "Shift+M");
  await until(() => two.getAttribute(".grid", "aria-rowcount"), String(length));
  await until(() => two.textContent(".bead-row.current .grouping"), "2:2");
  await until(() => review.getAttribute(".unit-grid", "aria-rowcount"), String(rows - 1), "the list is loaded again");
  await until(
    () => review.locator(".unit-row.current .text").count(),
    (count) => count > 0,
  );
  assert.ok((await currentPlace(review)) > 1, "the place is kept");
  await press(two, "s");
  await until(() => one.textContent(".bead-row.current .grouping"), "1:1");
  const now = await shape();
  await press(one, "m");
  await speaks(one, /unido con el anterior/);
  assert.notEqual(await shape(), now);
});

flow("beads that changed since they were shown are not changed by mistake", { any: true }, async (world) => {
  world.expect("409", "net::ERR");
  const place = await placeOf(world);
  const { page, shape, origin } = await openBeads(world, place);
  const stale = await world.window();
  await stale.route("**/api/changes*", (route) => route.abort());
  await stale.goto(world.server.url);
  await stale.waitForSelector(".rows .row.current .text");
  await world.go(stale, `#/align/${encodeURIComponent(origin)}?bead=${place}`);
  await until(
    () => stale.locator(".bead-row.current .text").count(),
    (count) => count > 0,
  );
  await press(page, "Shift+M");
  await speaks(page, /unido/);
  const merged = await shape();
  await press(stale, "x");
  await speaks(stale, /cambió entretanto/);
  assert.equal(await shape(), merged);
  await until(() => stale.textContent(".bead-row.current .grouping"), "2:2");
});

flow("what was shown before realigning is not kept if the beads changed meanwhile", { any: true }, async (world) => {
  world.expect("409");
  const place = await placeOf(world);
  const { page, shape, origin } = await openBeads(world, place);
  await press(page, "x", "Shift+A", "j", "Shift+A", "r");
  await page.waitForSelector("dialog[open] .changes");
  const other = await world.open(`#/align/${encodeURIComponent(origin)}?bead=${place}`);
  await until(
    () => other.locator(".bead-row.current .text").count(),
    (count) => count > 0,
  );
  await press(other, "Shift+M");
  await speaks(other, /unido con el siguiente/);
  const merged = await shape();
  await page.bringToFront();
  await press(page, "Enter");
  await speaks(page, /cambió entretanto/);
  assert.equal(await shape(), merged);
  await until(() => page.locator("dialog").count(), 0);
});

flow("what makes no sense is refused with the server's words", { any: true }, async (world) => {
  world.expect("400");
  const { page, shape } = await openBeads(world, 1);
  const before = await shape();
  await press(page, "m");
  await until(
    () => said(page),
    (text) => text.length > 0,
  );
  assert.ok(await page.evaluate(() => document.querySelector(".live").classList.contains("warning")));
  assert.equal(await shape(), before);
  assert.ok(await page.isDisabled('[data-focus="merge"]'));
});

flow("keys wait for the act that is on its way, and mean the bead that is there then", {}, async (world) => {
  const { page, list } = await openBeads(world, 6);
  await page.route("**/api/beads/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await route.continue();
  });
  await press(page, "Shift+M", "j", "Shift+M", "j", "a");
  await speaks(page, /Grupo 8: aceptado/);
  assert.deepEqual(
    (await list()).slice(5, 8).map((bead) => `${bead.kind} ${bead.state}`),
    ["2:2 unreviewed", "2:2 unreviewed", "1:1 accepted"],
  );
});

flow("a range is chosen by Shift and the arrows, along the numbers or on the path, and is what R realigns", {}, async (world) => {
  const { page } = await openBeads(world, 9);
  await press(page, "Shift+J", "Shift+ArrowDown", "Shift+J", "Shift+K");
  await speaks(page, /Grupos 9 a 11 elegidos/);
  await until(() => page.locator('.row.ranged[aria-selected="true"]').count(), 3);
  await press(page, "r");
  await page.waitForSelector("dialog[open]");
  assert.match(await page.textContent("dialog"), /Grupos 9–11.*11/s);
  assert.equal(await page.locator("dialog tbody tr").count(), 1, "only what changes");
  await press(page, "Escape");
  await press(page, "Escape");
  await until(() => page.locator(".row.ranged").count(), 0);
  const cell = async (place) => page.locator(`.bead-row[aria-rowindex="${place + 1}"] .cell.number`).boundingBox();
  const [from, to] = [await cell(9), await cell(12)];
  await page.mouse.move(from.x + 8, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + 12, { steps: 6 });
  await page.mouse.up();
  await speaks(page, /Grupos 9 a 12 elegidos/);
  assert.equal(await page.evaluate(() => getSelection()?.isCollapsed), true);
  await page.click('.bead-row[aria-rowindex="11"] .source', { modifiers: ["Shift"] });
  await speaks(page, /Grupos 10 a 12 elegidos/);
  await press(page, "j");
  await until(() => page.locator(".row.ranged").count(), 0);
  const plot = await page.locator("canvas").boundingBox();
  await page.mouse.move(plot.x + plot.width * 0.2, plot.y + plot.height * 0.2);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.3, plot.y + plot.height * 0.3, { steps: 4 });
  await page.mouse.up();
  await speaks(page, /Grupos 1\d\d a 2\d\d elegidos/);
  await page.click(".toolbar .chip");
  await until(() => page.locator(".toolbar .chip").count(), 0);
});

flow("a bead is split before the chosen segment; without two segments nothing is", {}, async (world) => {
  const { page, list } = await openBeads(world, 17);
  assert.equal(await kindAt(list, 17), "4:2");
  await press(page, "ArrowRight", "ArrowRight", "ArrowRight");
  await until(() => isSeen(page, '.detail [data-focus="source-3"].chosen'), true);
  await press(page, "s");
  await speaks(page, /dividido en dos\. Ahora: grupo 17, 3:1/);
  assert.deepEqual(
    (await list()).slice(16, 18).map((bead) => bead.kind),
    ["3:1", "1:1"],
  );
  await press(page, "j", "s");
  await speaks(page, /no hay nada que dividir/);
});

flow("an accepted bead is not changed by its neighbours", {}, async (world) => {
  world.expect("400");
  const { page, list } = await openBeads(world, 4);
  await press(page, "Alt+ArrowDown");
  await speaks(page, /the bead after is accepted/);
  assert.equal(await kindAt(list, 4), "1:1");
});

flow("the act buttons do what their keys do, and keep the focus", {}, async (world) => {
  const { page, list } = await openBeads(world, 7);
  await page.click('[data-focus="merge-next"]');
  await speaks(page, /unido con el siguiente/);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-focus")), "merge-next");
  await page.click('.detail [data-focus="target-1"]');
  await page.click('[data-focus="split"]');
  await speaks(page, /dividido/);
  assert.deepEqual(
    (await list()).slice(6, 8).map((bead) => bead.kind),
    ["1:1", "1:1"],
  );
});

flow("a corpus open for reading only offers no act on beads", { server: { readOnly: true } }, async (world) => {
  const { page, shape } = await openBeads(world, 3);
  const before = await shape();
  assert.equal(await page.locator(".acts").count(), 0);
  await press(page, "m");
  await speaks(page, /solo para lectura/);
  assert.equal(await shape(), before);
});

flow(
  "the dialogs on beads read well to axe, in both languages and schemes, and at 320 px",
  { context: { bypassCSP: true } },
  async (world) => {
    for (const [locale, colorScheme, width] of [
      ["es-ES", "light", 1440],
      ["en-US", "dark", 320],
    ]) {
      const { page } = await openBeads(world, 11, { locale, colorScheme, viewport: { width, height: 760 } });
      await press(page, "Shift+J", "Space");
      assert.deepEqual(await axe(page), [], "a range and a marked segment");
      for (const key of ["r", "e", "?"]) {
        await press(page, key);
        await page.waitForSelector("dialog[open]");
        await page.waitForTimeout(150);
        assert.deepEqual(await axe(page), [], `dialog ${key}`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `dialog ${key} at ${width}`);
        assert.ok(
          await page.evaluate(() => {
            const body = document.querySelector(".dialog-body");
            return body.scrollWidth <= body.clientWidth;
          }),
          `inside of dialog ${key} at ${width}`,
        );
        await press(page, "Escape");
        await until(() => page.locator("dialog").count(), 0);
      }
    }
  },
);
