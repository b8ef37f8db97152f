// The page for beads: a grid with the segments in its cells, the path beside it, and the acts that judge and mend a grouping.
// Everything is done in turn: a key pressed while an act is on its way waits for it, so that it means the bead that will be there.
import { api, ApiError, part, search } from "./api.js";
import { beadColumns, languageOf } from "./beadcolumns.js";
import { createBeadDetail } from "./beaddetail.js";
import { openConcordance, selectedText } from "./concordance.js";
import { askPlace } from "./cutting.js";
import { askNumber } from "./dialog.js";
import { documentsPage } from "./documents.js";
import { button, el, put } from "./dom.js";
import { createDotplot } from "./dotplot.js";
import { stepName } from "./events.js";
import { createGrid } from "./grid.js";
import { has, languageName, number, originName, t } from "./i18n.js";
import { createPages } from "./pages.js";
import { beadAt, between, nextProblem } from "./path.js";
import { askRealign } from "./realign.js";
import { formatRoute } from "./route.js";
import { beadSplit, byteOffset } from "./splitting.js";

/** Beads of a page, as the server gives them. */
const SIZE = 400;
/** Realigning that takes longer than this says so, ms. */
const SLOW = 400;

/** @param {App} app @param {Route} route @returns {AppPage} */
export function alignPage(app, route) {
  return route.name ? beadsPage(app, route) : documentsPage(app);
}

/** @param {App} app @param {Route} route @returns {AppPage} */
function beadsPage(app, route) {
  const origin = route.name;
  let total = 0;
  /** Names the beads that are shown: acts are based on it. */
  let base = "";
  /** @type {PathData} */
  let path = { source: 0, target: 0, points: [] };
  /** The active side, and the chosen one of its segments in the current bead. @type {Side} */
  let side = "source";
  let segment = 0;
  /** The segment that waits for its partner. @type {{ side: Side, n: number } | null} */
  let pinned = null;
  /** Where a range begins that ends at the current bead, −1 without one. */
  let anchor = -1;
  let waiting = Promise.resolve();
  /** Counts the reloads: what was asked for before the last one is of no use. */
  let epoch = 0;
  let gone = false;

  const beads = createPages(
    async (start, count) => {
      const born = epoch;
      /** @type {BeadPage} */
      const page = await api(`beads/${part(origin)}?${search({ start, count })}`);
      if (born === epoch) {
        if (base && page.base !== base) turn(() => reload())();
        base ||= page.base;
        total = page.total;
      }
      return { start, rows: page.beads };
    },
    (first, end) => {
      grid.refresh();
      if (grid.current >= first && grid.current < end) settle();
    },
    { size: SIZE, total: () => Math.max(total, 1) },
  );

  const grid = createGrid({
    id: "bead",
    label: () => t("align.label"),
    get: beads.get,
    need: (first, end) => {
      beads.ensure(first, end).catch(app.fail);
    },
    moved: () => {
      segment = 0;
      anchor = -1;
      settle();
    },
    ranged: (from, to) => extend(to, from),
    rowClass: (bead) => `${bead.kind === "1:1" ? "" : "uneven"}${bead.accepted ? " accepted" : ""}`,
    decorate: (row, index) => {
      const { from, to } = range() ?? { from: grid.current, to: grid.current };
      row.classList.toggle("ranged", anchor >= 0 && index >= from && index <= to);
      row.setAttribute("aria-selected", String(index >= from && index <= to));
      for (const one of row.querySelectorAll("[data-segment]")) {
        const here = one.getAttribute("data-segment");
        one.classList.toggle("chosen", index === grid.current && here === `${side} ${current()?.[side][segment]?.n}`);
        one.classList.toggle("pinned", pinned !== null && here === `${pinned.side} ${pinned.n}`);
      }
    },
    columns: beadColumns(app),
  });
  const plot = createDotplot(
    (bead) => {
      grid.setCurrent(bead, { always: true });
      grid.focus();
    },
    (from, to) => extend(to, from),
  );
  const detail = createBeadDetail(app, (which, at) => {
    side = which;
    segment = at;
    settle();
  });
  const chips = el("span", { class: "chips" });
  const node = el(
    "div",
    { class: "review align" },
    el("h1", { class: "vh" }, t("nav.align")),
    el("div", { class: "toolbar" }, el("a", { href: "#/align" }, t("align.all")), el("b", {}, originName(origin)), chips),
    el("div", { class: "panes" }, plot.node, grid.node, detail.node),
  );

  function current() {
    return beads.get(grid.current);
  }

  /** The beads that are chosen, if more than the current one was asked for. */
  function range() {
    return anchor < 0 ? null : { from: Math.min(anchor, grid.current), to: Math.max(anchor, grid.current) };
  }

  /** The cursor, its segment or the range moved: all that shows them is drawn anew. */
  function settle() {
    const bead = current();
    if (!bead || gone) return;
    segment = Math.min(segment, Math.max(0, bead[side].length - 1));
    plot.mark(grid.current, range());
    grid.refresh();
    history.replaceState(null, "", formatRoute("align", origin, { bead: String(bead.n + 1) }));
    detail.draw({ bead, total, side, segment });
    const chosen = range();
    put(
      chips,
      pinned && chip(`◎ ${pinnedName(pinned)}`, unpin),
      chosen && chip(t("align.range", { from: number(chosen.from + 1), to: number(chosen.to + 1) }), clearRange),
    );
  }

  /** @param {string} label @param {() => void} drop */
  function chip(label, drop) {
    const press = () => {
      drop();
      grid.focus();
    };
    return button([label, el("span", { "aria-hidden": "true" }, " ×")], press, {
      class: "chip",
      title: t("align.drop"),
      "aria-pressed": true,
    });
  }

  /** @param {{ side: Side, n: number }} one */
  function pinnedName(one) {
    return t("align.pinned", { segment: number(one.n + 1), lang: languageName(languageOf(app, one.side)) });
  }

  function unpin() {
    pinned = null;
    settle();
  }

  function clearRange() {
    anchor = -1;
    settle();
  }

  /** @param {number} to the bead that becomes current @param {number} from the other end */
  function extend(to, from = anchor < 0 ? grid.current : anchor) {
    anchor = from;
    grid.setCurrent(to, { quiet: true });
    settle();
    const { from: first, to: last } = /** @type {{ from: number, to: number }} */ (range());
    app.say(t("align.ranged", { from: number(first + 1), to: number(last + 1) }));
  }

  /** The same, after everything that was asked for before. @param {(event?: KeyboardEvent) => unknown} does @returns {(event?: KeyboardEvent) => Promise<void>} */
  function turn(does) {
    return (event) => (waiting = waiting.then(() => does(event)).then(() => {}, app.fail));
  }

  /** @param {string} op @param {Record<string, unknown>} [args] @param {string} [text] key of the words that say what was done */
  async function act(op, args = {}, text = `done.${op}`) {
    const bead = current();
    if (!bead) return;
    try {
      /** @type {BeadAnswer} */
      const answer = await api(`beads/${part(origin)}`, { body: { base, op, bead: bead.n, ...args } });
      pinned = null;
      await done(answer, answer.bead);
      app.say(`${t(text, { bead: number(bead.n + 1) })} ${now()}`);
    } catch (error) {
      await refused(error);
    }
  }

  /** The current bead in words: what has become of it. */
  function now() {
    const bead = current();
    return bead ? t("align.now", { bead: number(bead.n + 1), kind: bead.kind }) : "";
  }

  /** @param {{ event: ReviewEvent | null, seq: number }} answer @param {number} [bead] where to be */
  async function done(answer, bead) {
    app.noted(answer);
    await reload(bead);
    app.recount();
  }

  /** @param {unknown} error */
  async function refused(error) {
    if (!(error instanceof ApiError)) return app.fail(error);
    if (error.status === 409) {
      await reload();
      return app.say(t("align.conflict"), "warning");
    }
    const known = `impossible.${error.body.code}`;
    if (error.status === 400) return app.say(has(known) ? t(known) : error.message, "warning");
    app.fail(error);
  }

  /** The verdict goes to the unit that the bead makes. @param {State} state */
  async function judge(state) {
    const bead = current();
    if (!bead?.unit) return app.say(t("align.no-unit"), "warning");
    try {
      /** @type {UnitDetail} */
      const unit = await api(`unit/${part(bead.unit)}`);
      /** @type {ActAnswer} */
      const answer = await api("act", { body: { unit: bead.unit, base: unit.base, op: "verdict", state } });
      await done(answer, bead.n);
      app.say(`${t("align.bead", { n: bead.n + 1 })}: ${t(`state.${state}`)}`);
    } catch (error) {
      await refused(error);
    }
  }

  function accept() {
    const bead = current();
    if (bead?.unit) return judge(isJudged(bead) ? "unreviewed" : "accepted");
    return act(bead?.by_hand ? "release" : "keep");
  }

  function release() {
    const bead = current();
    if (bead?.by_hand) return act("release");
    if (bead && isJudged(bead)) return judge("unreviewed");
    app.say(t("align.not-kept"));
  }

  function split() {
    const bead = current();
    const place = bead && beadSplit(bead, side, segment);
    return place ? act("split", place) : app.say(t("align.no-split"), "warning");
  }

  function unalign() {
    const bead = current();
    if (!bead || bead.source.length + bead.target.length < 2) return app.say(t("align.no-unalign"), "warning");
    return act("unpair");
  }

  function pinpoint() {
    const one = current()?.[side][segment];
    if (!one) return app.say(t("align.nothing"), "warning");
    if (pinned && pinned.side !== side) {
      const [source, target] = side === "target" ? [pinned.n, one.n] : [one.n, pinned.n];
      return act("pair", { source, target });
    }
    if (pinned?.n === one.n) {
      unpin();
      return app.say(t("align.unpinned"));
    }
    pinned = { side, n: one.n };
    settle();
    app.say(`${pinnedName(pinned)}. ${t("align.pinned-next")}`);
  }

  async function splitSegment() {
    const one = current()?.[side][segment];
    if (!one) return app.say(t("align.nothing"), "warning");
    const at = await askPlace(one.text, languageOf(app, side));
    if (at === null) return app.say(t("align.cut-left"));
    await act("split_segment", { side, segment: one.n, at: byteOffset(one.text, at) });
  }

  function mergeSegments() {
    const list = current()?.[side] ?? [];
    if (segment >= list.length - 1) return app.say(t("align.no-join"), "warning");
    return act("merge_segments", { side, segment: list[segment].n });
  }

  /** The range that is chosen, else what lies between the accepted beads around the current one: tried first, kept if the reviewer says so. */
  async function realign() {
    const { from, to } = range() ?? between(path.points, grid.current);
    const slow = setTimeout(() => app.say(t("align.realigning")), SLOW);
    /** @param {boolean} dry_run @returns {Promise<RealignAnswer>} */
    const ask = (dry_run) => api(`realign/${part(origin)}`, { body: { base, from, to, dry_run } });
    try {
      const { changes } = await ask(true);
      clearTimeout(slow);
      if (!changes.length) return app.say(t("align.realign-same", { from: number(from + 1), to: number(to + 1) }));
      if (!(await askRealign(app, changes, { from, to }))) return app.say(t("align.realign-left"));
      const kept = await ask(false);
      await done(kept);
      app.say(`${t("align.realigned", { n: kept.changes.length })} ${now()}`);
    } catch (error) {
      await refused(error);
    } finally {
      clearTimeout(slow);
    }
  }

  /** Fetches all that is shown anew. @param {number} [bead] the bead to be at; else the one that begins where the current one does */
  async function reload(bead) {
    const [place, was] = [path.points[grid.current], base];
    path = await api(`path/${part(origin)}`);
    epoch++;
    base = "";
    beads.clear();
    const at = Math.min(bead ?? (place ? beadAt(path.points, place[0], place[1]) : 0), Math.max(0, path.points.length - 1));
    await beads.ensure(at, at + 1);
    if (base !== was) pinned = null; // its segment may have another number now
    grid.resize(total, t("align.empty"));
    plot.show(path);
    grid.setCurrent(at, { always: true });
  }

  /** @param {1 | -1} by */
  function problem(by) {
    const found = nextProblem(path.points, grid.current, by);
    if (found < 0) return app.say(t("align.no-more"));
    grid.setCurrent(found);
  }

  /** Goes along the segments: from the last of the source to the first of the target, and back. @param {1 | -1} by */
  function choose(by) {
    const bead = current();
    if (!bead) return;
    const goes = by > 0 ? side === "source" && segment >= bead.source.length - 1 : side === "target" && segment === 0;
    if (goes) {
      side = by > 0 ? "target" : "source";
      segment = by > 0 ? 0 : Math.max(0, bead.source.length - 1);
    } else segment = Math.max(0, Math.min(bead[side].length - 1, segment + by));
    settle();
    const chosen = bead[side][segment];
    app.say(`${t(`align.${side}`)}${chosen ? `, ${number(chosen.n + 1)}: ${chosen.text}` : ""}`);
  }

  /** @param {"undo" | "redo"} which */
  async function step(which) {
    try {
      /** @type {UndoAnswer} */
      const answer = await api(which, { body: {} });
      await done(answer, answer.beads?.origin === origin ? answer.beads.bead : undefined);
      app.say(stepName(which, answer));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return app.say(t(`${which}.nothing`));
      app.fail(error);
    }
  }

  /** @type {AppPage["actions"]} */
  const actions = {
    next: () => grid.step(1),
    previous: () => grid.step(-1),
    "page-down": () => grid.page(1),
    "page-up": () => grid.page(-1),
    first: () => grid.setCurrent(0),
    last: () => grid.setCurrent(total - 1),
    go: () => askNumber(t("go.title"), t("align.bead-number"), total, (n) => grid.setCurrent(n - 1)),
    "next-finding": () => problem(1),
    "previous-finding": () => problem(-1),
    "side-left": () => choose(-1),
    "side-right": () => choose(1),
    "extend-down": () => extend(grid.current + 1),
    "extend-up": () => extend(grid.current - 1),
    accept,
    release,
    flag: () => judge("flagged"),
    merge: () => act("merge", { with: "previous" }, "done.merge-previous"),
    "merge-next": () => act("merge", { with: "next" }, "done.merge-next"),
    split,
    unalign,
    "shift-up": () => act("shift_up", { side }),
    "pop-down": () => act("pop_down", { side }),
    push: () => act("push", { side }),
    pull: () => act("pull", { side }),
    pinpoint,
    "edit-segment": splitSegment,
    "merge-segments": mergeSegments,
    realign,
    undo: () => step("undo"),
    redo: () => step("redo"),
    concordance: () =>
      openConcordance(app, selectedText(app), (hit) => {
        location.hash = formatRoute("review", "", { unit: hit.id });
      }),
    refresh: () => settle(),
    escape: () => {
      if (pinned) unpin();
      else if (anchor >= 0) clearRange();
      grid.focus();
    },
  };

  grid.translate();
  return {
    node,
    mode: "align",
    shown: () => {
      grid.focus();
      turn(() => reload(wanted(route)))();
    },
    left: () => {
      gone = true;
      plot.left();
    },
    changed: ({ acts }) => {
      turn(async () => {
        if (!acts.every(app.isOwn)) await reload();
      })();
    },
    actions: Object.fromEntries(Object.entries(actions).map(([id, does]) => [id, turn(does)])),
  };
}

/** Whether the bead's unit is accepted, edited or not. @param {Bead} bead */
function isJudged(bead) {
  return bead.state === "accepted" || bead.state === "edited";
}

/** The bead that the address names, from 0; the address counts from 1, as people do. @param {Route} route */
function wanted(route) {
  return Math.max(0, Math.round(Number(route.query.get("bead")) || 1) - 1);
}
