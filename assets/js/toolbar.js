// Search, filter chips with live counts, order, progress. It changes a filter and says so; what is done with it is another's.
import { button, el, put } from "./dom.js";
import { checkName, number, originName, percent, t } from "./i18n.js";

/** @typedef {{ id: string, label: () => string, count: (counts: Counts) => number | undefined, on: (filter: Filter) => boolean, toggle: (filter: Filter) => Filter }} Chip */

/** @param {State} state @returns {Chip} */
const stateChip = (state) => ({
  id: `state-${state}`,
  label: () => t(`chip.${state}`),
  count: (counts) => counts.state[state] ?? 0,
  on: (filter) => filter.state?.includes(state) ?? false,
  toggle: (filter) => {
    const now = filter.state ?? [];
    const state_ = now.includes(state) ? now.filter((one) => one !== state) : [...now, state];
    return { ...filter, state: state_.length ? state_ : undefined };
  },
});

/** @type {Chip[]} */
const CHIPS = [
  stateChip("unreviewed"),
  stateChip("flagged"),
  stateChip("rejected"),
  stateChip("accepted"),
  stateChip("edited"),
  {
    id: "tier1",
    label: () => t("chip.tier1"),
    count: (counts) => counts.tier1,
    on: (filter) => filter.tier === 1,
    toggle: (filter) => ({ ...filter, tier: filter.tier === 1 ? undefined : 1 }),
  },
  {
    id: "low",
    label: () => t("chip.low"),
    count: (counts) => counts.low,
    on: (filter) => filter.confidence_below === 0.6,
    toggle: (filter) => ({ ...filter, confidence_below: filter.confidence_below === 0.6 ? undefined : 0.6 }),
  },
  {
    id: "uneven",
    label: () => t("chip.uneven"),
    count: (counts) => counts.not_one_to_one,
    on: (filter) => filter.kind === "not-1:1",
    toggle: (filter) => ({ ...filter, kind: filter.kind === "not-1:1" ? undefined : "not-1:1" }),
  },
];

/**
 * @param {App} app
 * @param {object} does
 * @param {(filter: Filter, order: string) => void} does.changed
 * @param {() => void} does.bulk
 * @param {() => void} does.back the focus goes back to the grid
 */
export function createToolbar(app, does) {
  /** @type {Filter} */
  let filter = {};
  let order = "place";
  const field = el("input", {
    type: "search",
    id: "search",
    "aria-label": t("search.label"),
    placeholder: t("search.hint"),
    autocomplete: "off",
    spellcheck: "false",
  });
  const chips = el("div", { class: "chips", role: "group", "aria-label": t("chips.label") });
  /** @type {HTMLSelectElement} */
  const checks = el("select", {
    "aria-label": t("checks.label"),
    on: { change: () => set({ ...filter, check: checks.value ? [checks.value] : undefined }) },
  });
  /** @type {HTMLSelectElement} */
  const orders = el(
    "select",
    { "aria-label": t("order.label"), on: { change: () => does.changed(filter, orders.value) } },
    ["place", "queue"].map((one) => el("option", { value: one }, t(`order.${one}`))),
  );
  const others = el("div", { class: "chips others" });
  const bulk = button(t("bulk.open", { n: 0 }), () => does.bulk(), { class: "bulk" });
  const total = el("span", { class: "total" });
  const node = el(
    "div",
    { class: "toolbar" },
    el(
      "form",
      {
        role: "search",
        on: {
          submit: (/** @type {Event} */ event) => {
            event.preventDefault();
            find();
            does.back();
          },
        },
      },
      field,
    ),
    chips,
    checks,
    others,
    el("span", { class: "push" }, total, orders, !app.session.read_only && bulk),
  );

  /** @param {Filter} next */
  const set = (next) => does.changed(next, order);
  const find = () => {
    if ((filter.query ?? "") !== field.value.trim()) set({ ...filter, query: field.value.trim() || undefined });
  };
  field.addEventListener("search", find);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    field.value = filter.query ?? "";
    does.back();
  });

  const draw = () => {
    const counts = app.counts;
    chips.replaceChildren(
      chip(t("chip.all"), counts?.all, Object.keys(queryless(filter)).length === 0, () => set({ query: filter.query })),
      ...CHIPS.map((one) =>
        chip(one.label(), counts ? one.count(counts) : undefined, one.on(filter), () => set(one.toggle(filter)), one.id),
      ),
    );
    const chosen = filter.check?.[0] ?? "";
    const known = Object.entries(counts?.check ?? {})
      .filter(([id, count]) => count > 0 || id === chosen)
      .sort((a, b) => b[1] - a[1]);
    put(
      checks,
      el("option", { value: "" }, t("checks.any")),
      known.map(([id, count]) => el("option", { value: id }, `${checkName(id)} (${number(count)})`)),
      chosen && !known.some(([id]) => id === chosen) && el("option", { value: chosen }, checkName(chosen)),
    );
    checks.value = chosen;
    checks.classList.toggle("on", chosen !== "");
    orders.value = order;
    put(
      others,
      /** @type {const} */ (["statement", "origin", "outlet"]).map(
        (name) =>
          filter[name] &&
          button(
            [`${t(`field.${name}`)}: ${originName(filter[name])}`, el("span", { "aria-hidden": "true" }, " ×")],
            () => set({ ...filter, [name]: undefined }),
            { class: "chip", title: t("chip.remove"), "aria-pressed": true },
          ),
      ),
    );
    if (document.activeElement !== field) field.value = filter.query ?? "";
  };

  /** @param {string} label @param {number | undefined} count @param {boolean} on @param {() => void} press @param {string} [id] */
  const chip = (label, count, on, press, id) =>
    button([label, count !== undefined && el("b", {}, number(count))], press, {
      class: `chip${id === "tier1" ? " grave" : ""}`,
      "aria-pressed": on,
      "data-chip": id ?? "all",
    });

  return {
    node,
    draw,
    /** @param {Filter} next @param {string} nextOrder */
    show(next, nextOrder) {
      filter = next;
      order = nextOrder;
      draw();
    },
    /** How many units the view has. @param {number} count */
    total(count) {
      put(app.session.read_only ? total : bulk, t(app.session.read_only ? "view.total" : "bulk.open", { n: count }));
    },
    focus() {
      field.focus();
      field.select();
    },
  };
}

/** @param {Filter} filter */
function queryless(filter) {
  return Object.fromEntries(Object.entries(filter).filter(([name, value]) => name !== "query" && value !== undefined));
}

/** How much has a verdict. @param {Counts} counts */
export function progressNodes(counts) {
  const done = counts.all - (counts.state.unreviewed ?? 0) - (counts.state.withdrawn ?? 0);
  const whole = counts.all - (counts.state.withdrawn ?? 0);
  const label = t("progress.label", { done, whole });
  return [
    el("progress", { max: Math.max(1, whole), value: done, "aria-label": label, title: label }),
    el("span", { class: "percent", title: label }, percent(done, whole)),
  ];
}
