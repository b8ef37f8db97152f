// Two files, or the files of a folder, shown aligned at once. Nothing is stored; no file leaves this machine.
import { api } from "./api.js";
import { button, el, put, textNodes } from "./dom.js";
import { languageName, number, t } from "./i18n.js";
import { confidence } from "./marks.js";
import { pairUp } from "./pairing.js";

/** What a file may hold, bytes: the server takes 2 MB of JSON. */
const MOST_BYTES = 1_500_000;
/** Beads drawn; the rest is for `bitexto align`. */
const MOST_BEADS = 1000;

/** @param {App} app @returns {AppPage} */
export function startPage(app) {
  const chosen = el("div", { class: "chosen" });
  const result = el("div", { class: "result" });
  /** @type {HTMLInputElement} */
  const files = el("input", {
    type: "file",
    multiple: true,
    class: "vh",
    id: "files",
    on: { change: () => take([...(files.files ?? [])]) },
  });
  /** @type {HTMLInputElement} */
  const folder = el("input", {
    type: "file",
    multiple: true,
    webkitdirectory: true,
    class: "vh",
    id: "folder",
    on: { change: () => take([...(folder.files ?? [])]) },
  });
  const zone = el(
    "div",
    { class: "drop" },
    el("p", {}, t("start.drop")),
    el(
      "div",
      { class: "buttons" },
      el("label", { for: "files", class: "button main" }, t("start.files")),
      files,
      el("label", { for: "folder", class: "button" }, t("start.folder")),
      folder,
    ),
    el("p", { class: "muted small" }, t("start.local")),
  );
  const node = el(
    "div",
    { class: "sheet" },
    el("h1", {}, t("start.title")),
    el("p", {}, t("start.about")),
    zone,
    chosen,
    result,
    nextSteps(app),
  );

  /** @param {File[]} list */
  const take = async (list) => {
    const texts = list.filter((file) => !file.name.startsWith("."));
    const named = texts.map((file) => ({ name: file.webkitRelativePath || file.name, file }));
    const { pairs, alone } = pairUp(named);
    put(result);
    put(
      chosen,
      pairs.length === 0 && el("p", { class: "error" }, t("start.no-pair")),
      pairs.length > 1 && [
        el("h2", {}, t("start.pairs", { n: pairs.length })),
        el(
          "ul",
          { class: "pairs" },
          pairs.map((pair) =>
            el(
              "li",
              {},
              button(`${pair[0].name} ↔ ${pair[1].name}`, () => align(pair), { class: "plain link" }),
            ),
          ),
        ),
      ],
      alone.length > 0 &&
        pairs.length > 0 &&
        el(
          "p",
          { class: "muted" },
          t("start.alone", { n: alone.length }),
          ` ${alone
            .slice(0, 10)
            .map((one) => one.name)
            .join(", ")}`,
        ),
    );
    if (pairs.length === 1) await align(pairs[0]);
  };

  /** @param {[{ name: string, file: File }, { name: string, file: File }]} pair */
  const align = async (pair) => {
    const big = pair.find((one) => one.file.size > MOST_BYTES);
    if (big) return put(result, el("p", { class: "error" }, t("start.too-big", { name: big.name })));
    put(result, el("p", { role: "status" }, t("start.aligning")));
    try {
      const body = { files: await Promise.all(pair.map(async ({ name, file }) => ({ name, text: await file.text() }))) };
      /** @type {FilesAnswer} */
      const answer = await api("files", { body });
      show(pair[0].name, pair[1].name, answer);
    } catch (error) {
      put(result);
      app.fail(error);
    }
  };

  /** @param {string} source @param {string} target @param {FilesAnswer} answer */
  const show = (source, target, { beads, report = {} }) => {
    const uneven = beads.filter((bead) => bead.kind !== "1:1").length;
    const low = beads.filter((bead) => (bead.confidence ?? 1) < 0.6).length;
    const langs = [report.source_lang ?? app.session.source_lang, report.target_lang ?? app.session.target_lang];
    put(
      result,
      el("h2", { tabindex: -1 }, `${source} ↔ ${target}`),
      el("p", { role: "status" }, t("start.result", { beads: beads.length, uneven, low })),
      (report.messages ?? []).map((one) => el("p", { class: "muted" }, one)),
      el(
        "div",
        { class: "scroll", tabindex: 0, role: "region", "aria-label": t("start.table") },
        el(
          "table",
          { class: "lines aligned" },
          el(
            "thead",
            {},
            el(
              "tr",
              {},
              el("th", { scope: "col" }, t("column.number")),
              langs.map((lang) => el("th", { scope: "col" }, languageName(lang))),
              el("th", { scope: "col" }, t("align.kind")),
              el("th", { scope: "col" }, t("column.confidence")),
            ),
          ),
          el(
            "tbody",
            {},
            beads.slice(0, MOST_BEADS).map((bead) =>
              el(
                "tr",
                { class: bead.kind === "1:1" ? null : "uneven" },
                el("td", {}, number(bead.n + 1)),
                [bead.source, bead.target].map((list, at) =>
                  el(
                    "td",
                    { lang: langs[at], class: "text" },
                    list.map((one) => el("p", {}, ...textNodes(one.text))),
                  ),
                ),
                el("td", {}, bead.kind),
                el("td", {}, confidence(bead.confidence)),
              ),
            ),
          ),
        ),
      ),
      beads.length > MOST_BEADS && el("p", { class: "muted" }, t("start.cut", { n: MOST_BEADS })),
    );
    app.say(t("start.result", { beads: beads.length, uneven, low }));
  };

  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    await take(await dropped(event.dataTransfer));
  });
  return { node, mode: "other", actions: {} };
}

/** What can be done with the open corpus. @param {App} app */
function nextSteps(app) {
  return el(
    "section",
    { class: "next" },
    el("h2", {}, t("start.corpus", { name: app.session.title || app.session.corpus })),
    el(
      "ul",
      {},
      /** @type {[string, string][]} */ ([
        ["#/review?state=unreviewed&order=queue", "start.queue"],
        ["#/align", "start.documents"],
        ["#/statements", "start.statements"],
        ["#/report", "start.report"],
      ]).map(([href, key]) => el("li", {}, el("a", { href }, t(key)))),
    ),
  );
}

/** Dropped files, and those in dropped folders. @param {DataTransfer | null} data @returns {Promise<File[]>} */
async function dropped(data) {
  if (!data) return [];
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (!entries.some((entry) => entry.isDirectory)) return [...data.files];
  return (await Promise.all(entries.map(filesOf))).flat();
}

/** @param {FileSystemEntry} entry @returns {Promise<File[]>} */
async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject))];
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {FileSystemEntry[]} */
  const children = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) break;
    children.push(...some);
  }
  return (await Promise.all(children.map(filesOf))).flat();
}
