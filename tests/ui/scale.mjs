// What a reviewer waits for in a large store: node tests/ui/scale.mjs STORE, with BITEXTO_BIN. The store is written to. Prints a table.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { spawn } from "node:child_process";
import { startBrowser } from "./browser.mjs";

/** @returns the process, its origin, its token and the page's address */
async function start() {
  const child = spawn(process.env.BITEXTO_BIN, ["review", process.argv[2], "--no-browser", "--quiet", "--reviewer", "ana"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise((resolve) => child.stdout.once("data", (text) => resolve(String(text).trim())));
  return { child, url, origin: new URL(url).origin, token: url.split("#t=")[1] };
}
let server = await start();
process.on("exit", () => server.child.kill());

async function startAgain() {
  const ended = new Promise((resolve) => server.child.once("exit", resolve));
  server.child.kill();
  await ended;
  server = await start();
}

async function ask(path, body) {
  const { origin, token } = server;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", origin };
  const answer = await fetch(`${origin}/api/${path}`, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const memory = () => {
  const status = readFileSync(`/proc/${server.child.pid}/status`, "utf8");
  return ["VmRSS", "VmHWM"].map((name) => Math.round(Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]) / 1024));
};

/** Milliseconds of each of several runs, in order. */
async function times(runs, work) {
  const taken = [];
  for (let n = 0; n < runs; n++) {
    const begun = performance.now();
    await work(n);
    taken.push(performance.now() - begun);
  }
  return taken.sort((a, b) => a - b);
}

/** Times that a key is pressed. */
const KEYS = 120;

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const row = (what, taken) => console.log(`| ${what} | ${at(taken, 0.5).toFixed(0)} | ${at(taken, 0.95).toFixed(0)} | ${taken.length} |`);

const { units } = await ask("session");
console.log(`${units.toLocaleString("en")} units\n`);
console.log("| what | median, ms | p95, ms | runs |\n|---|---|---|---|");
const all = { filter: {}, order: "queue" };
row("first list in a new store, 200 rows", await times(1, () => ask("view", all)));
await ask("counts");
await startAgain();
row("first list after another start", await times(1, () => ask("view", all)));
row("list of all units, 200 rows", await times(7, () => ask("view", all)));
row("list in the order of the files", await times(7, () => ask("view", { filter: {}, order: "place" })));
row("counts of all filters", await times(7, () => ask("counts")));
const list = await ask("view", { filter: {}, order: "place" });
list.rows = (await ask(`view/${list.view}?start=1000&count=200`)).rows;
row("200 rows further down", await times(40, (n) => ask(`view/${list.view}?start=${(n * 24_989) % (units - 200)}&count=200`)));
row("one unit with its findings and history", await times(40, (n) => ask(`unit/${list.rows[n].id}`)));
row(
  "a verdict",
  await times(40, async (n) => {
    const { id, base } = list.rows[n];
    await ask("act", { unit: id, base, op: "verdict", state: "accepted" });
  }),
);
row("its undoing", await times(40, () => ask("undo", {})));
row("first search, which makes the index", await times(1, () => ask("view", { filter: { query: "casa" }, order: "place" })));
row(
  "a search",
  await times(7, (n) =>
    ask("view", {
      filter: { query: ["casa", "guerra", "1999", "en:house", '"los derechos"', "comuni*", "paz -guerra"][n] },
      order: "place",
    }),
  ),
);

const [{ origin: book }] = await ask("documents");
const path = `beads/${encodeURIComponent(book)}`;
let { base, total } = await ask(path);
console.log(`|   *a document of ${total} beads:* | | | |`);
row("400 beads of it", await times(7, () => ask(path)));
row("two beads merged", await times(10, async (n) => ({ base } = await ask(path, { base, bead: 40 * n, op: "merge", with: "next" }))));
row("that undone", await times(10, () => ask("undo", {})));
({ base } = await ask(path));
row(
  "all of it aligned again, dry",
  await times(3, () => ask(path.replace("beads", "realign"), { base, from: 0, to: total, dry_run: true })),
);

const browser = await startBrowser();
const page = await (await browser.newContext({ viewport: { width: 1440, height: 760 } })).newPage();
row(
  "page opened until its rows are there",
  await times(5, async () => {
    await page.goto("about:blank");
    await page.goto(server.url);
    await page.waitForSelector(".rows .row.current .text");
  }),
);
// The browser's own Event Timing: from the key to the next painted frame, in steps of 8 ms; it tells of none below 16 ms.
const SHORTEST = 16;
await page.evaluate((durationThreshold) => {
  window.keys = [];
  const note = (list) =>
    window.keys.push(
      ...list
        .getEntries()
        .filter((one) => one.name === "keydown")
        .map((one) => one.duration),
    );
  new PerformanceObserver(note).observe({ type: "event", durationThreshold });
}, SHORTEST);
for (const [name, press] of [
  ["key J until the next row is painted", "j"],
  ["key A (accepted) until the next row is painted", "a"],
]) {
  await page.evaluate(() => (window.keys.length = 0));
  for (let n = 0; n < KEYS; n++) {
    await page.keyboard.press(press);
    await page.waitForTimeout(50);
  }
  await page.waitForTimeout(300);
  const told = await page.evaluate(() => window.keys);
  const quick = Array(Math.max(0, KEYS - told.length)).fill(SHORTEST);
  row(
    name,
    [...quick, ...told].sort((a, b) => a - b),
  );
}
await browser.close();

const [before, mostBefore] = memory();
const many = await ask("view", { filter: { state: ["unreviewed"] }, order: "place" });
const { sample } = await ask(`bulk/sample?view=${many.view}`);
row(
  `${many.total.toLocaleString("en")} units rejected at once`,
  await times(1, () => ask("bulk", { view: many.view, state: "rejected", sample: sample.map((one) => one.id) })),
);
row("that undone", await times(1, () => ask("undo", {})));
const [now, most] = memory();
console.log(`\nMemory of the server: ${before} MiB (${mostBefore} at most) before the acts on all units, ${now} (${most}) after them.`);
process.exit();
