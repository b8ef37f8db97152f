// What a flow needs: a server, a fresh browser context, and questions about what is really to be seen.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { require, startBrowser } from "./browser.mjs";
import { startMock } from "./mock-server.mjs";

const LOOPBACK = /^(http:\/\/127\.0\.0\.1:|data:|blob:)/;

/** @type {{ name: string, options: object, run: (world: World) => Promise<void> }[]} */
const flows = [];

/** Whether the flows run on a real server. */
export const REAL = Boolean(process.env.BITEXTO_URL || process.env.BITEXTO_BIN);

/**
 * A flow. `any`: it runs on a real corpus as well, whatever is in it; else it needs the made-up one.
 * `server` are options of the mock, `context` of the browser's context.
 */
export function flow(name, options, run) {
  flows.push({ name, options, run });
}

/** Runs the flows whose names hold `wanted`. @returns {Promise<boolean>} whether all passed */
export async function runFlows(wanted) {
  const browser = await startBrowser();
  const failed = [],
    skipped = [];
  let passed = 0;
  for (const { name, options, run } of flows.filter((one) => one.name.includes(wanted))) {
    if (REAL && !options.any) {
      skipped.push(name);
      continue;
    }
    const world = new World(browser, await startServer(options.server), options.context);
    const begun = Date.now();
    try {
      await run(world);
      world.nothingOdd();
      passed++;
      console.log(`ok    ${name} (${Date.now() - begun} ms)`);
    } catch (error) {
      failed.push(name);
      console.log(
        `FAIL  ${name}\n${String(error.stack ?? error)
          .split("\n")
          .slice(0, 12)
          .join("\n")}`,
      );
      await world.picture(`failed-${failed.length}`).catch(() => {});
    }
    await world.close();
  }
  await browser.close();
  if (skipped.length) console.log(`skipped, they need the made-up corpus: ${skipped.length}: ${skipped.join("; ")}`);
  console.log(`${passed} flows passed, ${failed.length} failed, ${skipped.length} skipped, ${REAL ? "on a real server" : "on the mock"}`);
  return failed.length === 0;
}

/**
 * The server named by BITEXTO_URL (acts of a flow are undone after it), or one started from the program BITEXTO_BIN on a fresh copy of the store BITEXTO_STORE,
 * with BITEXTO_ASSETS for the page's files; else the mock.
 */
export async function startServer(options) {
  if (!REAL) return startMock(options);
  if (process.env.BITEXTO_URL) {
    const url = process.env.BITEXTO_URL.trim();
    return { url, origin: new URL(url).origin, token: url.split("#t=")[1], shared: true, close() {} };
  }
  const folder = mkdtempSync(join(tmpdir(), "bitexto-ui-"));
  // The page shows the name of the store's folder.
  mkdirSync(join(folder, "corpus"));
  const store = join(folder, "corpus", "corpus.db");
  copyFileSync(process.env.BITEXTO_STORE ?? "corpus/out/corpus.db", store);
  const assets = process.env.BITEXTO_ASSETS ? ["--assets", process.env.BITEXTO_ASSETS] : [];
  const child = spawn(process.env.BITEXTO_BIN, ["review", store, "--no-browser", "--quiet", "--reviewer", "ana", ...assets], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (part) => {
      text += part;
      if (text.includes("\n")) resolve(text.split("\n")[0].trim());
    });
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    url,
    origin: new URL(url).origin,
    token: url.split("#t=")[1],
    close: () => {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export class World {
  constructor(browser, server, context = {}) {
    Object.assign(this, {
      browser,
      server,
      options: { viewport: { width: 1440, height: 760 }, locale: "es-ES", ...context },
      contexts: [],
      odd: [],
      expected: [],
      acts: 0,
    });
  }

  /** A new window; its errors and its requests are watched. */
  async window(more = {}) {
    const context = await this.browser.newContext({ ...this.options, ...more });
    this.contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(8000);
    page.on("request", (request) => {
      if (!LOOPBACK.test(request.url())) this.odd.push(`request to ${request.url()}`);
    });
    page.on("response", (response) => {
      const request = response.request();
      if (request.method() !== "POST" || !response.ok() || request.postDataJSON()?.dry_run) return;
      this.acts += /\/api\/(act$|redo$|bulk$|beads\/|realign\/)/.test(request.url()) ? 1 : /\/api\/undo$/.test(request.url()) ? -1 : 0;
    });
    page.on("pageerror", (error) => this.odd.push(`page error: ${error}`));
    page.on("console", (message) => {
      if (message.type() === "error" && !this.expected.some((part) => message.text().includes(part)))
        this.odd.push(`console: ${message.text()}`);
    });
    return page;
  }

  /** A window on a page of the app, once rows or a heading are there. */
  async open(hash = "", more = {}) {
    const page = await this.window(more);
    await page.goto(this.server.url);
    await page.waitForSelector(".rows .row.current .text");
    if (hash) await this.go(page, hash);
    return page;
  }

  async go(page, hash) {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await page.waitForTimeout(150);
  }

  /** Errors in the console that are part of the flow. */
  expect(...parts) {
    this.expected.push(...parts);
  }

  nothingOdd() {
    assert.deepEqual(this.odd, []);
  }

  async picture(name) {
    const page = this.contexts[0]?.pages()[0];
    await page?.screenshot({ path: `target/screenshots/${name}.png` });
  }

  /** What the server says. */
  async ask(path, body) {
    const headers = {
      authorization: `Bearer ${this.server.token}`,
      "accept-language": "es",
      ...(body ? { "content-type": "application/json", origin: this.server.origin } : {}),
    };
    return (
      await fetch(`${this.server.origin}/api/${path}`, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) })
    ).json();
  }

  async close() {
    for (const context of this.contexts) await context.close();
    if (this.server.shared) for (let n = 0; n < this.acts; n++) await this.ask("undo", {});
    this.server.close();
  }
}

/** Rows that a person sees: the middle of the row is the row and no other thing. */
export function seenRows(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll(".rows .row")]
      .filter((row) => {
        const box = row.getBoundingClientRect();
        const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return hit !== null && row.contains(hit);
      })
      .map((row) => Number(row.getAttribute("aria-rowindex")) - 1),
  );
}

/** Whether what the selector finds is seen by a person. */
export function isSeen(page, selector) {
  return page.evaluate((one) => {
    const element = document.querySelector(one);
    if (!element) return false;
    element.scrollIntoView({ block: "nearest" });
    const box = element.getBoundingClientRect();
    const hit = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 10));
    return box.width > 0 && hit !== null && (element.contains(hit) || hit.contains(element));
  }, selector);
}

/** Class of the state in a row, by its place in the view (from 1). */
export function stateOf(page, place) {
  return page.evaluate(
    (index) => document.querySelector(`.rows .row[aria-rowindex="${index}"] .status .state`)?.className.replace("state ", "") ?? null,
    place + 1,
  );
}

/** Place of the current row, from 1. */
export function currentPlace(page) {
  return page.evaluate(() => Number(document.querySelector(".rows .row.current")?.getAttribute("aria-rowindex")) - 1);
}

/** Waits until a question has the answer wanted. */
export async function until(question, wanted, what = "") {
  const end = Date.now() + 6000;
  for (;;) {
    const answer = await question();
    if (typeof wanted === "function" ? wanted(answer) : Object.is(answer, wanted) || JSON.stringify(answer) === JSON.stringify(wanted))
      return answer;
    if (Date.now() > end)
      assert.fail(
        `${what || question}: got ${JSON.stringify(answer)}, wanted ${typeof wanted === "function" ? wanted : JSON.stringify(wanted)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** What the live region says. */
export const said = (page) => page.evaluate(() => document.querySelector(".live")?.textContent ?? "");

/** Presses keys one after the other. */
export async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What axe has to complain of. The context must have been made with `bypassCSP`. */
export async function axe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  return violations.map(
    (one) =>
      `${one.id}: ${one.nodes
        .slice(0, 3)
        .map((node) => node.html.slice(0, 160))
        .join(" | ")}`,
  );
}

/** Addresses of every page, with an alignment that is there. */
export async function pagesOf(world) {
  const [document] = await world.ask("documents");
  return ["#/review", "#/align", `#/align/${encodeURIComponent(document.origin)}?bead=11`, "#/statements", "#/report", "#/start"];
}

/** The count on a chip, as digits. */
export const chip = (page, id) =>
  page.evaluate((name) => document.querySelector(`[data-chip="${name}"] b`)?.textContent.replace(/\D/g, "") ?? null, id);
