// The frame: token, session, header, footer, keys, and which page shows.
import { answerSiblings, api, ApiError, askSiblings, dropToken, takeToken } from "./api.js";
import { alignPage } from "./align.js";
import { button, el, put, takesText } from "./dom.js";
import { dialogOpen } from "./dialog.js";
import { openHelp, storedKeymap } from "./help.js";
import { chordName, currentLanguage, LANGUAGES, preferredLanguage, t, useLanguage } from "./i18n.js";
import { ACTIONS, actionFor, chordOf, keysOf } from "./keys.js";
import { follow } from "./live.js";
import { reportPage } from "./report.js";
import { reviewPage } from "./review.js";
import { formatRoute, PAGES, parseRoute } from "./route.js";
import { startPage } from "./start.js";
import { statementsPage } from "./statements.js";
import { progressNodes } from "./toolbar.js";

/** @type {Record<string, (app: App, route: Route) => AppPage>} */
const MAKERS = { review: reviewPage, align: alignPage, statements: statementsPage, report: reportPage, start: startPage };
const SCHEMES = ["auto", "light", "dark"];
/** Counts are asked for at most this often, ms. */
const RECOUNT = 300;

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const main = el("main", { id: "main" });
const hints = el("div", { class: "hints" });
const live = el("div", { class: "live", role: "status", "aria-live": "polite" });
const offline = el("span", { class: "offline", hidden: true });
const progress = el("div", { class: "progress" });
const header = el("header", { class: "top" });

/** @type {AppPage | null} */
let page = null;
/** @type {Route} */
let route = parseRoute(location.hash);
/** @type {ReturnType<typeof setTimeout> | undefined} */
let recounting;

/** Ids of the acts that this window did. @type {Set<string>} */
const own = new Set();

/** @type {App} */
const app = {
  session: { corpus: "", title: "", source_lang: "es", target_lang: "en", reviewer: "", read_only: true, units: 0, seq: 0, version: "" },
  checks: new Map(),
  counts: null,
  seq: 0,
  noted({ event, seq }) {
    app.seq = Math.max(app.seq, seq);
    if (event) own.add(event.id);
  },
  isOwn: (event) => own.has(event.id),
  keymap: storedKeymap(),
  say(text, kind = "plain") {
    live.className = `live ${kind}`;
    put(live, kind !== "plain" && el("span", { "aria-hidden": "true" }, "⚠ "), text);
  },
  fail(error) {
    if (error instanceof ApiError && error.status === 401) return noToken("token.refused");
    app.say(
      error instanceof ApiError
        ? error.status === 0
          ? t("error.offline")
          : t("error.said", { message: error.message })
        : t("error.own", { message: String(error) }),
      "error",
    );
    if (!(error instanceof ApiError)) console.error(error);
  },
  recount() {
    clearTimeout(recounting);
    recounting = setTimeout(() => count().catch(app.fail), RECOUNT);
  },
  refresh() {
    drawHints();
    drawProgress();
    page?.actions.refresh?.();
  },
  run(id) {
    perform(id);
  },
};

async function boot() {
  scheme(localStorage.getItem("bitexto.scheme") ?? "auto");
  await useLanguage(preferredLanguage());
  if (!takeToken() && !(await askSiblings())) return noToken("token.missing");
  try {
    app.session = await api("session");
    await loadChecks();
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return noToken("token.refused");
    return message(t("error.title"), [
      t(error instanceof ApiError && error.status === 0 ? "error.offline" : "error.said", {
        message: String(error instanceof Error ? error.message : error),
      }),
    ]);
  }
  app.seq = app.session.seq;
  answerSiblings();
  frame();
  addEventListener("keydown", pressed);
  addEventListener("hashchange", () => {
    if (takesFreshToken()) location.reload();
    else show(parseRoute(location.hash));
  });
  count().catch(app.fail);
  show(parseRoute(location.hash));
  follow(
    () => app.seq,
    arrived,
    (online) => {
      offline.hidden = online;
    },
  );
}

/** A fresh address pasted into an open tab brings a fresh token. */
function takesFreshToken() {
  return location.hash.startsWith("#t=") && takeToken();
}

async function loadChecks() {
  /** @type {CheckInfo[]} */
  const checks = await api(`checks?lang=${currentLanguage()}`);
  app.checks = new Map(checks.map((check) => [check.id, check]));
}

async function count() {
  app.counts = await api("counts");
  drawProgress();
  page?.counted?.();
}

/** @param {Changes} changes */
function arrived(changes) {
  if (changes.seq <= app.seq && !changes.rows.length) return;
  app.seq = Math.max(app.seq, changes.seq);
  page?.changed?.(changes);
  app.recount();
}

function frame() {
  drawHeader();
  const skip = button(
    t("skip"),
    () => {
      const grid = main.querySelector("[role=grid], h1, h2, [tabindex]");
      if (grid instanceof HTMLElement) {
        grid.tabIndex = grid.tabIndex < 0 ? -1 : grid.tabIndex;
        grid.focus();
      }
    },
    { class: "skip" },
  );
  put(root, skip, header, main, el("footer", { class: "bottom" }, hints, offline, live));
  put(offline, t("error.offline-short"));
  document.title = `${app.session.title || app.session.corpus} · bitexto`;
}

function drawHeader() {
  /** @type {HTMLSelectElement} */
  const language = el(
    "select",
    { "aria-label": t("language"), on: { change: () => changeLanguage(/** @type {"es" | "en"} */ (language.value)) } },
    LANGUAGES.map((one) => el("option", { value: one, lang: one }, one.toUpperCase())),
  );
  language.value = currentLanguage();
  /** @type {HTMLSelectElement} */
  const look = el(
    "select",
    { "aria-label": t("scheme"), on: { change: () => scheme(look.value, true) } },
    SCHEMES.map((one) => el("option", { value: one }, t(`scheme.${one}`))),
  );
  look.value = localStorage.getItem("bitexto.scheme") ?? "auto";
  put(
    header,
    el("a", { class: "brand", href: "#/review" }, "bitexto"),
    el("span", { class: "corpus", title: app.session.corpus }, app.session.title || app.session.corpus),
    el(
      "nav",
      { "aria-label": t("nav") },
      PAGES.map((name) =>
        el("a", { href: formatRoute(name), "data-page": name, "aria-current": route.page === name ? "page" : null }, t(`nav.${name}`)),
      ),
    ),
    progress,
    el(
      "div",
      { class: "settings" },
      app.session.read_only
        ? el("span", { class: "kind" }, t("read-only"))
        : el("span", { class: "who", title: t("reviewer") }, app.session.reviewer),
      language,
      look,
      button("?", () => perform("help"), { class: "round", "aria-label": t("key.help"), title: t("key.help") }),
    ),
  );
}

/** @param {"es" | "en"} wanted */
async function changeLanguage(wanted) {
  try {
    await useLanguage(wanted, true);
    await loadChecks();
    frame();
    drawHeader();
    show(parseRoute(location.hash), true);
    drawProgress();
    const select = header.querySelector("select");
    if (select) select.focus();
  } catch (error) {
    app.fail(error);
  }
}

/** @param {string} wanted @param {boolean} [remember] */
function scheme(wanted, remember = false) {
  document.documentElement.dataset.scheme = SCHEMES.includes(wanted) ? wanted : "auto";
  if (remember) localStorage.setItem("bitexto.scheme", wanted);
  dispatchEvent(new Event("schemechange"));
}

/** @param {Route} next @param {boolean} [again] make the page anew */
function show(next, again = false) {
  const same = !again && page && route.page === next.page && page.update;
  route = next;
  for (const link of header.querySelectorAll("nav a")) {
    if (link.getAttribute("data-page") === route.page) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (same) return page?.update?.(route);
  page?.left?.();
  page = MAKERS[route.page](app, route);
  document.body.dataset.page = route.page;
  put(main, page.node);
  app.say("");
  drawHints();
  drawProgress();
  page.shown?.();
}

function drawProgress() {
  put(progress, app.counts && progressNodes(app.counts));
}

function drawHints() {
  const mode = page?.mode ?? "other";
  const shown = ACTIONS.filter((action) => action.hint && action.modes.includes(mode) && offered(action.id));
  put(
    hints,
    shown.map((action) => {
      const key = keysOf(app.keymap, action)[0];
      return key && el("span", { class: "hint" }, el("kbd", {}, chordName(key)), t(`hint.${action.id}`));
    }),
  );
}

/** Whether the page can do it now. @param {string} id */
function offered(id) {
  if (["help", "palette"].includes(id) || id.startsWith("go-")) return true;
  const action = ACTIONS.find((one) => one.id === id);
  return page?.actions[id] !== undefined && !(app.session.read_only && action?.writes);
}

/** @param {string} id @param {KeyboardEvent} [event] */
function perform(id, event) {
  const action = ACTIONS.find((one) => one.id === id);
  if (id === "help" || id === "palette") return openHelp(app, page?.mode ?? "other", offered);
  if (id.startsWith("go-")) {
    location.hash = formatRoute(id.slice(3));
    return;
  }
  if (app.session.read_only && action?.writes) return app.say(t("read-only.refused"), "warning");
  try {
    Promise.resolve(page?.actions[id]?.(event)).catch(app.fail);
  } catch (error) {
    app.fail(error);
  }
}

/** Keys do nothing while text is typed, composed, or a dialog is open. On a control, what the control itself uses is left to it. @param {KeyboardEvent} event */
function pressed(event) {
  if (event.isComposing || event.defaultPrevented || dialogOpen()) return;
  if (takesText(event.target)) return;
  if (event.key === "Escape") return page?.actions.escape?.(event);
  const chord = chordOf(event);
  if (
    event.target instanceof Element &&
    event.target.closest("button, a, summary, input, [role=region]") &&
    /^(Enter|Space|Arrow.*|Page.*|Home|End|Backspace)$/.test(chord)
  )
    return;
  const action = actionFor(app.keymap, page?.mode ?? "other", chord);
  if (!action || (!offered(action.id) && !action.writes)) return;
  event.preventDefault();
  perform(action.id, event);
}

/** @param {string} why */
function noToken(why) {
  dropToken();
  message(t("token.title"), [t(why), t("token.how")]);
}

/** A page with a message and nothing else. @param {string} title @param {string[]} paragraphs */
function message(title, paragraphs) {
  page?.left?.();
  page = null;
  document.title = "bitexto";
  put(
    root,
    el(
      "main",
      { class: "message" },
      el("p", { class: "brand" }, "bitexto"),
      el("h1", {}, title),
      paragraphs.map((one) => el("p", {}, one)),
      el("pre", {}, "bitexto review corpus.db"),
    ),
  );
}

boot();
