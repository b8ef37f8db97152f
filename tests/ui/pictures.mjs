// node tests/ui/pictures.mjs [NAME…]: pictures of every page, in both schemes, widths and languages, into target/screenshots, to be looked at.
import { mkdirSync } from "node:fs";
import { startBrowser } from "./browser.mjs";
import { REAL, startServer } from "./harness.mjs";

const OUT = REAL ? "target/screenshots/real" : "target/screenshots";
const SIZES = { wide: [1440, 760], middle: [900, 760], narrow: [360, 740], least: [320, 900] };
const SCENES = {
  review: [
    "#/review",
    async (page) => {
      await page.keyboard.press("a");
      await page.keyboard.press("x");
      await page.keyboard.press("d");
      await page.keyboard.press("Home");
    },
  ],
  edit: [
    "#/review",
    async (page) => {
      await page.keyboard.press("e");
      await page.keyboard.press("Control+a");
      await page.keyboard.type("“It has never been my intention,” he said.");
    },
  ],
  odd: ["#/review?unit=u0000000000000000000000010", async () => {}],
  help: [
    "#/review",
    async (page) => {
      await page.keyboard.press("?");
    },
  ],
  concordance: [
    "#/review",
    async (page) => {
      await page.keyboard.press("c");
      await page.keyboard.type("orden");
      await page.keyboard.press("Enter");
    },
  ],
  bulk: [
    "#/review?state=unreviewed",
    async (page) => {
      await page.keyboard.press("b");
    },
  ],
  align: [
    "#/align",
    async (page) => {
      await page.click(".lines a");
      await page.waitForTimeout(300);
      for (let n = 0; n < 10; n++) await page.keyboard.press("j");
    },
  ],
  mended: [
    "#/align",
    async (page) => {
      await page.click(".lines a");
      await page.waitForTimeout(300);
      for (const key of ["j", "j", "Shift+M", "j", "j", "Space", "Shift+K", "Shift+K"]) await page.keyboard.press(key);
    },
  ],
  realign: [
    "#/align",
    async (page) => {
      await page.click(".lines a");
      await page.waitForTimeout(300);
      for (const key of ["n", "r"]) await page.keyboard.press(key);
      await page.waitForSelector("dialog[open]");
    },
  ],
  cut: [
    "#/align",
    async (page) => {
      await page.click(".lines a");
      await page.waitForTimeout(300);
      for (const key of ["j", "e", ...Array(23).fill("ArrowRight"), "Enter"]) await page.keyboard.press(key);
    },
  ],
  documents: ["#/align", async () => {}],
  statements: ["#/statements", async () => {}],
  report: ["#/report", async () => {}],
  start: ["#/start", async () => {}],
  files: [
    "#/start",
    async (page) => {
      const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
      await page.setInputFiles("#files", [
        file("a.es.txt", "Uno, dos y tres.\n¿Quién dio la orden?\nNadie."),
        file("a.en.txt", "One, two and three.\nWho gave the order?"),
      ]);
    },
  ],
  rule: [
    "#/review?tier=1",
    async (page) => {
      await page.keyboard.press("r");
    },
  ],
  conflict: [
    "#/review",
    async (page) => {
      await page.route("**/api/act", (route) =>
        route.fulfill({
          status: 409,
          json: {
            error: "changed",
            base: "x",
            row: {
              id: "u0000000000000000000000001",
              n: 1,
              source: "«No ha sido nunca —dijo— mi intención».",
              target: "“It has never been my plan,” he said.",
              confidence: 0.4,
              score: 0.5,
              state: "rejected",
              findings: [],
              origin: "x",
              statement: null,
              kind: "1:1",
              edited: true,
            },
          },
        }),
      );
      await page.keyboard.press("a");
    },
  ],
  token: [
    "#/review",
    async (page) => {
      await page.evaluate(() => {
        sessionStorage.clear();
        location.hash = "";
        location.reload();
      });
      await page.waitForSelector(".message");
    },
  ],
};

mkdirSync(OUT, { recursive: true });
const wanted = process.argv.slice(2);
const browser = await startBrowser();
for (const [name, [hash, act]] of Object.entries(SCENES)) {
  for (const [size, [width, height]] of Object.entries(SIZES)) {
    for (const scheme of ["light", "dark"]) {
      const picture = `${name}-${size}-${scheme}`;
      if (wanted.length && !wanted.some((one) => picture.startsWith(one))) continue;
      const mock = await startServer({});
      const page = await (
        await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale: scheme === "light" ? "es-ES" : "en-US" })
      ).newPage();
      page.on("console", (message) => {
        if (message.type() === "error") console.log(picture, message.text());
      });
      page.on("pageerror", (error) => console.log(picture, String(error)));
      await page.goto(mock.url);
      await page.waitForSelector("[data-page=review] .row.current");
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.waitForTimeout(500);
      await act(page);
      await page.waitForTimeout(500);
      await page.screenshot({ path: `${OUT}/${picture}.png` });
      await page.context().close();
      mock.close();
    }
  }
}
await browser.close();
