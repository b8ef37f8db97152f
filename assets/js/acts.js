// Acts on units: shown at once, sent one after the other per unit, taken back when the server refuses; a conflict is shown, never overwritten.
import { api, ApiError, part } from "./api.js";
import { button, diffNodes, el } from "./dom.js";
import { openDialog } from "./dialog.js";
import { wordDiff } from "./diff.js";
import { t } from "./i18n.js";
import { stateMark } from "./marks.js";

/** @typedef {{ op: "verdict" | "edit" | "note" | "dismiss" | "undismiss" } & Record<string, unknown>} Act */

/**
 * @param {App} app
 * @param {(row: Row, detail: boolean) => void} show puts a row in its place; `detail`: the rest of the unit changed as well
 */
export function createActs(app, show) {
  /** The last state known of a unit: its row and the hash that names it. @type {Map<string, { row: Row, base: string | undefined }>} */
  const known = new Map();
  /** Acts not answered yet, per unit. @type {Map<string, { last: Promise<unknown>, waiting: number, broken: boolean }>} */
  const queues = new Map();

  /** @param {Row} row @param {Act} act @param {Row} after the row as it will be @returns {Promise<boolean>} whether it was done */
  function act(row, act, after) {
    const queue = queues.get(row.id) ?? { last: Promise.resolve(), waiting: 0, broken: false };
    queues.set(row.id, queue);
    if (queue.waiting === 0) {
      known.set(row.id, { row, base: row.base ?? known.get(row.id)?.base });
      queue.broken = false;
    }
    queue.waiting++;
    show(after, false);
    const sent = queue.last
      .then(() => (queue.broken ? false : send(row.id, act, queue)))
      .finally(() => {
        queue.waiting--;
      });
    queue.last = sent;
    return sent;
  }

  /** @param {string} id @param {Act} act @param {{ broken: boolean, waiting: number }} queue */
  async function send(id, act, queue) {
    try {
      const base = known.get(id)?.base ?? (await baseOf(id));
      const answer = await api("act", { body: { unit: id, base, ...act } });
      known.set(id, { row: { ...answer.row, base: answer.base }, base: answer.base });
      if (queue.waiting === 1) show({ ...answer.row, base: answer.base }, true);
      app.recount();
      return true;
    } catch (error) {
      queue.broken = true;
      const before = known.get(id);
      if (error instanceof ApiError && error.status === 409 && error.body.row) {
        const now = { ...error.body.row, base: error.body.base };
        known.set(id, { row: now, base: error.body.base });
        show(now, true);
        if (before)
          openConflict(act, before.row, now, () => {
            queue.broken = false;
            return again(now, act);
          });
      } else {
        if (before) show(before.row, true);
        app.fail(error);
      }
      return false;
    }
  }

  /** The reviewer has seen the newer state and still wants the act. @param {Row} now @param {Act} repeated */
  function again(now, repeated) {
    const op = repeated.op === "edit" ? { ...repeated, from: repeated.side === "source" ? now.source : now.target } : repeated;
    return act(now, op, now);
  }

  /** @param {string} id @returns {Promise<string>} */
  async function baseOf(id) {
    /** @type {UnitDetail} */
    const detail = await api(`unit/${part(id)}`);
    return detail.base;
  }

  return {
    act,
    /** Whether an act on the unit is on its way. @param {string} id */
    busy: (id) => (queues.get(id)?.waiting ?? 0) > 0,
    /** When every act has its answer. */
    idle: () => Promise.allSettled([...queues.values()].map((queue) => queue.last)),
    /** A newer state came from elsewhere. @param {Row} row @param {string} [base] */
    learn(row, base) {
      known.set(row.id, { row, base: base ?? row.base });
    },
  };
}

/** The row as it will be once the act is done. @param {Row} row @param {Act} act @returns {Row} */
export function rowAfter(row, act) {
  const after = { ...row };
  if (act.op === "verdict") {
    const state = /** @type {State} */ (act.state);
    after.state = state === "accepted" && row.edited ? "edited" : state;
  }
  if (act.op === "edit") {
    after[/** @type {Side} */ (act.side)] = String(act.to);
    after.edited = true;
    if (after.state === "accepted") after.state = "edited";
  }
  return after;
}

/** @param {Act} act @param {Row} before @param {Row} now @param {() => unknown} again */
function openConflict(act, before, now, again) {
  /** @param {string} was @param {string} is */
  const text = (was, is) => el("p", { class: "text" }, ...diffNodes(wordDiff(was, is)));
  const mine =
    act.op === "edit"
      ? el("p", { class: "text" }, ...diffNodes(wordDiff(String(act.from), String(act.to))))
      : el(
          "p",
          {},
          act.op === "verdict" ? stateMark(/** @type {State} */ (act.state)) : t(`op.${act.op}`),
          act.op === "note" && `: ${act.text}`,
        );
  openDialog(t("conflict.title", { n: now.n }), (close) => [
    el("p", {}, t("conflict.about")),
    el(
      "div",
      { class: "two" },
      el("section", {}, el("h3", {}, t("conflict.mine")), mine, el("p", { class: "muted" }, t("conflict.seen")), stateMark(before.state)),
      el(
        "section",
        {},
        el("h3", {}, t("conflict.now")),
        el("p", {}, stateMark(now.state)),
        text(before.source, now.source),
        text(before.target, now.target),
      ),
    ),
    el(
      "div",
      { class: "buttons" },
      button(t("conflict.keep"), close, { class: "main", autofocus: true }),
      button(t("conflict.apply"), () => {
        close();
        again();
      }),
    ),
  ]);
}
