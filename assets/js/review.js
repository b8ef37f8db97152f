// The page for verdicts on units: grid, detail, filters, acts. Its place is in the address.
import { api, ApiError, part, search } from "./api.js";
import { createActs, rowAfter } from "./acts.js";
import { openBulk } from "./bulk.js";
import { openConcordance, selectedText } from "./concordance.js";
import { unitColumns } from "./columns.js";
import { createDetail } from "./detail.js";
import { askNumber } from "./dialog.js";
import { el } from "./dom.js";
import { isOnBeads, stepName } from "./events.js";
import { createGrid } from "./grid.js";
import { number, t } from "./i18n.js";
import { createPages } from "./pages.js";
import { filterOf, formatRoute, queryOf } from "./route.js";
import { createToolbar } from "./toolbar.js";

/** A unit is asked for once the reviewer rests on it this long, ms: holding a key down must not ask for hundreds. */
const REST = 40;
/** A list that takes longer than this says so, ms: the first search of a corpus makes its index. */
const SLOW = 400;
/** Units kept whole for stepping back and forth. */
const KEPT = 60;

/** @param {App} app @param {Route} route @returns {AppPage} */
export function reviewPage(app, route) {
  /** @type {Filter} */
  let filter = {};
  let order = "place";
  let view = "";
  let total = 0;
  let opening = 0;
  let hunting = Promise.resolve();
  let stepping = Promise.resolve();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  /** @type {Map<string, UnitDetail>} */
  const units = new Map();

  const rows = createPages(
    async (start, count) => {
      const from = view;
      /** @type {Page<Row>} */
      const page = await api(`view/${part(from)}?${search({ start, count })}`);
      return page;
    },
    (first, end) => {
      grid.refresh();
      if (grid.current >= first && grid.current < end) settle();
    },
    { total: () => total },
  );

  const acts = createActs(app, (row, whole) => {
    place(row);
    if (whole) {
      units.delete(row.id);
      if (currentRow()?.id === row.id) load(row.id);
    }
  });

  const grid = createGrid({
    id: "unit",
    label: () => t("grid.label"),
    get: rows.get,
    need: (first, end) => {
      rows.ensure(first, end).catch(lost);
    },
    moved: () => settle(),
    opened: (_, event) => detail.edit(event.target instanceof Element && event.target.closest(".source") ? "source" : "target"),
    rowClass: (row) => row.state,
    columns: unitColumns(app),
  });

  const detail = createDetail(app, {
    edit: (side, to, next) => {
      const row = currentRow();
      grid.focus();
      if (!row) return;
      if (to === row[side]) {
        if (next) move(1);
        return app.say(t("edit.unchanged"));
      }
      commit(row, { op: "edit", side, from: row[side], to }, t("op.edit"));
      if (next) move(1);
    },
    note: (note) => {
      const row = currentRow();
      if (row) commit(row, { op: "note", text: note }, t("op.note"));
    },
    dismiss: (finding, dismissed) => {
      const row = currentRow();
      if (row) commit(row, { op: dismissed ? "dismiss" : "undismiss", finding: finding.key }, t(dismissed ? "op.dismiss" : "op.undismiss"));
    },
    back: () => grid.focus(),
  });

  const toolbar = createToolbar(app, {
    changed: (next, nextOrder) => {
      location.hash = formatRoute(
        "review",
        "",
        queryOf(next, { unit: currentRow()?.id, order: nextOrder === "place" ? undefined : nextOrder }),
      );
    },
    bulk: () => bulk(),
    back: () => grid.focus(),
  });

  const node = el(
    "div",
    { class: "review" },
    el("h1", { class: "vh" }, t("nav.review")),
    toolbar.node,
    el("div", { class: "panes" }, grid.node, detail.node),
  );

  function currentRow() {
    return rows.get(grid.current);
  }

  /** Puts a newer row where the older one stands. @param {Row} row */
  function place(row) {
    const index = rows.indexOf((one) => one.id === row.id);
    if (index < 0) return;
    rows.set(index, { ...row, base: row.base ?? rows.get(index)?.base });
    grid.refresh();
    if (index === grid.current) detail.show(row, null);
  }

  /** The current row changed: show it, remember the place, fetch the rest when the reviewer rests. */
  function settle() {
    const row = currentRow();
    if (!row) return;
    const whole = units.get(row.id) ?? null;
    detail.show(row, whole);
    clearTimeout(resting);
    resting = setTimeout(() => {
      remember(row.id);
      if (!whole) load(row.id);
      const next = rows.get(grid.current + 1);
      if (next && !units.has(next.id)) load(next.id);
    }, REST);
  }

  /** @param {string} id */
  function remember(id) {
    history.replaceState(null, "", formatRoute("review", "", queryOf(filter, { unit: id, order: order === "place" ? undefined : order })));
  }

  /** @param {string} id */
  async function load(id) {
    try {
      /** @type {UnitDetail} */
      const unit = await api(`unit/${part(id)}`);
      units.delete(id);
      units.set(id, unit);
      if (units.size > KEPT) units.delete(/** @type {string} */ (units.keys().next().value));
      if (!acts.busy(id)) {
        acts.learn(unit.row, unit.base);
        place({ ...unit.row, base: unit.base });
      }
      if (currentRow()?.id === id) detail.show(currentRow() ?? unit.row, unit);
    } catch (error) {
      if (currentRow()?.id === id) lost(error);
    }
  }

  /** The server forgot the view (it was started again), or the unit went with its bead: ask for the list anew. @param {unknown} error */
  function lost(error) {
    if (error instanceof ApiError && error.status === 404) return openAgain();
    app.fail(error);
  }

  /** @param {string} [unit] where to go @param {number} [place] where to go if the unit is not in the list */
  async function open(unit, place = 0) {
    const mine = ++opening;
    const slow = setTimeout(() => {
      app.say(t("view.opening"));
      node.setAttribute("aria-busy", "true");
    }, SLOW);
    try {
      /** @type {{ view: string, total: number, seq: number }} */
      const made = await api("view", { body: { filter, order } });
      const found = unit ? await indexOf(made.view, { unit }) : -1;
      if (mine !== opening) return;
      view = made.view;
      total = made.total;
      rows.clear();
      grid.reset(total, t("grid.empty"));
      toolbar.total(total);
      if (!total) return detail.show(null, null);
      grid.setCurrent(found < 0 ? place : found, { always: true });
      app.say(t("view.total", { n: total }));
    } catch (error) {
      app.fail(error);
    } finally {
      clearTimeout(slow);
      node.removeAttribute("aria-busy");
    }
  }

  /** Asks for the list anew and stays in its place: beads changed, and with them which units there are. */
  function openAgain() {
    units.clear();
    return open(currentRow()?.id, Math.max(0, grid.current));
  }

  /** Place of a unit in a view, −1 when it is not in it. @param {string} which @param {Record<string, string | number>} asked @returns {Promise<number>} */
  async function indexOf(which, asked) {
    try {
      /** @type {{ index: number }} */
      const answer = await api(`view/${part(which)}/find?${search(asked)}`);
      return answer.index;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return -1;
      throw error;
    }
  }

  /** Moves on unless something typed would be lost. @param {number} by */
  function move(by) {
    if (grid.current + by >= grid.count) return app.say(t("grid.end"));
    if (grid.current + by < 0) return app.say(t("grid.start"));
    grid.step(by);
  }

  /** @param {Row} row @param {import("./acts.js").Act} act @param {string} said */
  function commit(row, act, said) {
    if (detail.node.contains(document.activeElement)) grid.focus();
    units.delete(row.id);
    app.say(`${number(row.n)}: ${said}`);
    acts.act(row, act, rowAfter(row, act));
  }

  /** @param {State} state @param {boolean} stay */
  function verdict(state, stay) {
    const row = currentRow();
    if (!row) return;
    commit(row, { op: "verdict", state }, t(`state.${state}`));
    if (!stay && grid.current + 1 < grid.count) grid.step(1);
    else if (!stay) app.say(`${number(row.n)}: ${t(`state.${state}`)}. ${t("grid.end")}`);
  }

  /** One search after the other: a key pressed twice goes two findings on. @param {1 | -1} by @param {number} tier 0 for any */
  function findingFrom(by, tier) {
    hunting = hunting.then(() => hunt(by, tier));
  }

  /** @param {1 | -1} by @param {number} tier */
  async function hunt(by, tier) {
    try {
      const index = await indexOf(view, by > 0 ? { after: grid.current, tier } : { before: grid.current, tier }).catch((error) => {
        if (error instanceof ApiError && error.status === 400) return scan(by, tier);
        throw error;
      });
      if (index < 0) return app.say(t("grid.no-more-findings"));
      grid.setCurrent(index);
    } catch (error) {
      app.fail(error);
    }
  }

  /** Looks page by page for a server that cannot. @param {1 | -1} by @param {number} tier */
  async function scan(by, tier) {
    for (let index = grid.current + by; index >= 0 && index < total; index += by) {
      if (!rows.get(index)) await rows.ensure(index, index + 1);
      if (rows.get(index)?.findings.some((one) => tier === 0 || one.tier <= tier)) return index;
    }
    return -1;
  }

  /** One after the other, and after the acts on their way: else an earlier act would be undone. @param {"undo" | "redo"} which */
  function step(which) {
    stepping = stepping.then(acts.idle).then(() => stepNow(which));
  }

  /** @param {"undo" | "redo"} which */
  async function stepNow(which) {
    try {
      /** @type {UndoAnswer} */
      const answer = await api(which, { body: {} });
      app.noted(answer);
      app.recount();
      if (answer.row) {
        units.delete(answer.row.id);
        acts.learn(answer.row);
        const index = await indexOf(view, { unit: answer.row.id });
        place(answer.row);
        if (index >= 0) {
          grid.setCurrent(index, { quiet: true });
          settle();
          load(answer.row.id);
        }
      } else await openAgain();
      app.say(stepName(which, answer));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return app.say(t(`${which}.nothing`));
      app.fail(error);
    }
  }

  function bulk() {
    if (total)
      openBulk(app, view, total, () => {
        app.recount();
        openAgain();
      });
  }

  /** @param {number} n */
  async function goTo(n) {
    try {
      const index = await indexOf(view, { n });
      if (index >= 0) grid.setCurrent(index);
      else app.say(t("go.missing", { n }), "warning");
    } catch (error) {
      app.fail(error);
    }
  }

  /** @param {Hit} hit */
  async function goHit(hit) {
    const index = await indexOf(view, { unit: hit.id }).catch(() => -1);
    if (index >= 0) grid.setCurrent(index);
    else location.hash = formatRoute("review", "", { unit: hit.id });
  }

  /** @param {Route} to */
  function update(to) {
    const next = filterOf(to.query);
    const nextOrder = to.query.get("order") === "queue" ? "queue" : "place";
    const same =
      view !== "" && JSON.stringify(queryOf(next).toString()) === JSON.stringify(queryOf(filter).toString()) && nextOrder === order;
    filter = next;
    order = nextOrder;
    toolbar.show(filter, order);
    const unit = to.query.get("unit") ?? undefined;
    if (!same) open(unit);
    else if (unit && unit !== currentRow()?.id)
      indexOf(view, { unit })
        .then((index) => {
          if (index >= 0) grid.setCurrent(index);
        })
        .catch(app.fail);
  }

  grid.translate();
  return {
    node,
    mode: "review",
    update,
    shown: () => {
      grid.focus();
      update(route);
    },
    left: () => clearTimeout(resting),
    counted: () => toolbar.draw(),
    changed: ({ rows: changed, acts: list }) => {
      for (const row of changed) {
        if (acts.busy(row.id)) continue;
        const index = rows.indexOf((one) => one.id === row.id);
        units.delete(row.id);
        if (index < 0) continue;
        acts.learn(row);
        rows.set(index, row);
        if (index === grid.current) {
          detail.show(row, null);
          load(row.id);
        }
      }
      grid.refresh();
      const said = list.some((event) => !app.isOwn(event) && isOnBeads(event, changed)) ? openAgain() : Promise.resolve();
      const others = list.filter((event) => event.by !== app.session.reviewer);
      if (others.length)
        said.then(() => app.say(t("live.others", { n: others.length, by: [...new Set(others.map((event) => event.by))].join(", ") })));
    },
    actions: {
      next: () => move(1),
      previous: () => move(-1),
      "page-down": () => grid.page(1),
      "page-up": () => grid.page(-1),
      first: () => grid.setCurrent(0),
      last: () => grid.setCurrent(grid.count - 1),
      go: () => askNumber(t("go.title"), t("go.label"), app.counts?.all ?? app.session.units, goTo),
      "next-finding": () => findingFrom(1, 1),
      "previous-finding": () => findingFrom(-1, 1),
      "next-any-finding": () => findingFrom(1, 0),
      "previous-any-finding": () => findingFrom(-1, 0),
      detail: () => (document.activeElement === detail.node ? grid.focus() : detail.focus()),
      accept: () => verdict("accepted", false),
      reject: () => verdict("rejected", false),
      flag: () => verdict("flagged", false),
      "accept-stay": () => verdict("accepted", true),
      "reject-stay": () => verdict("rejected", true),
      "flag-stay": () => verdict("flagged", true),
      unreview: () => verdict("unreviewed", true),
      bulk,
      edit: () => detail.edit("target"),
      "edit-source": () => detail.edit("source"),
      note: () => detail.note(),
      rule: () => detail.nextRule(),
      dismiss: () => {
        const finding = detail.currentFinding();
        const row = currentRow();
        if (!finding || !row) return app.say(t("detail.no-findings"));
        commit(
          row,
          { op: finding.dismissed ? "undismiss" : "dismiss", finding: finding.key },
          t(finding.dismissed ? "op.undismiss" : "op.dismiss"),
        );
      },
      "next-rendering": () => detail.stepRendering(1),
      "previous-rendering": () => detail.stepRendering(-1),
      undo: () => step("undo"),
      redo: () => step("redo"),
      search: () => toolbar.focus(),
      concordance: () => openConcordance(app, selectedText(app), goHit),
      refresh: () => {
        toolbar.draw();
        detail.draw();
      },
      escape: () => grid.focus(),
    },
  };
}
