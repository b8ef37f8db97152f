// A grid of rows of one height of which only those that show exist. It knows no row's content: a column draws its cell.
import { el, put } from "./dom.js";
import { number } from "./i18n.js";
import {
  clamp,
  fullHeight,
  isScaled,
  maxOffset,
  offsetOf,
  offsetShowing,
  padHeight,
  pageStep,
  scrollTopOf,
  visibleRows,
} from "./windowing.js";

/** Rows kept in sight around the current one, so that the last act can still be seen. */
const MARGIN = 2;

/**
 * @template T
 * @typedef {object} Column
 * @property {string} id class of its cells
 * @property {() => string} title
 * @property {(row: T, cell: HTMLElement) => void} draw fills a cell
 */

/**
 * @template T
 * @param {object} options
 * @param {string} options.id prefix of the rows' ids
 * @param {() => string} options.label
 * @param {Column<T>[]} options.columns
 * @param {(index: number) => T | undefined} options.get
 * @param {(first: number, end: number) => void} options.need rows that show and should be here
 * @param {(index: number) => void} options.moved another row is current
 * @param {(index: number, event: MouseEvent) => void} [options.opened] a row was clicked twice
 * @param {(row: T) => string} [options.rowClass]
 * @param {(row: HTMLElement, index: number) => void} [options.decorate] marks a row that shows by what is not its content; called at every drawing
 * @param {(from: number, to: number) => void} [options.ranged] rows were chosen by Shift and a click, or drawn along in the first column
 */
export function createGrid({ id, label, columns, get, need, moved, opened, rowClass, decorate, ranged }) {
  const head = el("div", { role: "row", class: `row head ${id}-row`, "aria-rowindex": 1 });
  const rows = el("div", { class: "rows", role: "rowgroup" });
  const probe = el("div", { class: `row probe ${id}-row`, "aria-hidden": "true" });
  const empty = el("p", { class: "nothing", hidden: true });
  const layer = el("div", { class: "layer" }, el("div", { role: "rowgroup", class: "heads" }, head), rows, probe);
  const pad = el("div", { class: "pad" }, layer);
  const node = el("div", { class: `grid ${id}-grid`, role: "grid", tabindex: 0, id: `${id}-grid`, "aria-colcount": columns.length }, pad);
  if (ranged) node.setAttribute("aria-multiselectable", "true");
  const frame = el("div", { class: "grid-frame" }, node, empty);

  let count = 0;
  let current = -1;
  let offset = 0;
  let expected = 0;
  /** @type {import("./windowing.js").Geometry} */
  let g = { rows: 0, row: 46, view: 400 };
  /** @type {Map<number, { row: HTMLElement, content: T | undefined }>} */
  const shown = new Map();
  let queued = false;

  const measure = () => {
    const row = probe.getBoundingClientRect().height || 46;
    const anchor = offset / g.row;
    g = { rows: count, row, view: Math.max(row, node.clientHeight - head.getBoundingClientRect().height) };
    layer.style.height = `${node.clientHeight}px`;
    pad.style.height = `${padHeight(g) + (node.clientHeight - g.view)}px`;
    setOffset(anchor * row);
  };

  /** @param {number} wanted */
  const setOffset = (wanted) => {
    offset = clamp(wanted, 0, maxOffset(g));
    node.scrollTop = scrollTopOf(g, offset);
    expected = node.scrollTop;
    schedule();
  };

  const schedule = () => {
    if (queued) return;
    queued = true;
    requestAnimationFrame(() => {
      queued = false;
      draw();
    });
  };

  const draw = () => {
    const [first, end] = visibleRows(g, offset);
    for (const [index, { row }] of shown)
      if (index < first || index >= end) {
        row.remove();
        shown.delete(index);
      }
    /** @type {Element | null} */
    let place = rows.firstElementChild;
    for (let index = first; index < end; index++) {
      let entry = shown.get(index);
      const content = get(index);
      if (!entry) {
        entry = {
          row: el("div", { role: "row", id: `${id}-${index}`, "aria-rowindex": index + 2, "data-index": index }),
          content: undefined,
        };
        shown.set(index, entry);
        rows.insertBefore(entry.row, place);
        fillRow(entry, content);
      } else if (entry.content !== content) fillRow(entry, content);
      place = entry.row.nextElementSibling;
      entry.row.style.transform = `translateY(${index * g.row - offset}px)`;
      entry.row.classList.toggle("current", index === current);
      entry.row.setAttribute("aria-selected", String(index === current));
      decorate?.(entry.row, index);
    }
    if (shown.has(current)) node.setAttribute("aria-activedescendant", `${id}-${current}`);
    else node.removeAttribute("aria-activedescendant");
    if (end > first) need(first, end);
  };

  /** @param {{ row: HTMLElement, content: T | undefined }} entry @param {T | undefined} content */
  const fillRow = (entry, content) => {
    entry.content = content;
    entry.row.className = `row ${id}-row ${content && rowClass ? rowClass(content) : ""}`;
    if (content === undefined) {
      entry.row.setAttribute("aria-busy", "true");
      put(
        entry.row,
        el("div", { role: "gridcell", class: "cell waiting", "aria-colindex": 1 }, number(Number(entry.row.dataset.index) + 1), " …"),
      );
      return;
    }
    entry.row.removeAttribute("aria-busy");
    put(
      entry.row,
      columns.map((column, at) => {
        const cell = el("div", { role: "gridcell", class: `cell ${column.id}`, "aria-colindex": at + 1 });
        column.draw(content, cell);
        return cell;
      }),
    );
  };

  node.addEventListener(
    "scroll",
    () => {
      if (Math.abs(node.scrollTop - expected) < 1) return;
      expected = node.scrollTop;
      offset = offsetOf(g, expected);
      schedule();
    },
    { passive: true },
  );
  node.addEventListener(
    "wheel",
    (event) => {
      if (!isScaled(g) || event.ctrlKey) return;
      event.preventDefault();
      const unit = event.deltaMode === 1 ? g.row : event.deltaMode === 2 ? g.view : 1;
      setOffset(offset + event.deltaY * unit);
    },
    { passive: false },
  );
  rows.addEventListener("click", (event) => {
    const index = indexAt(event);
    if (index >= 0 && event.shiftKey && ranged) return ranged(current, index);
    if (index >= 0 && getSelection()?.isCollapsed !== false) setCurrent(index);
  });
  rows.addEventListener("dblclick", (event) => {
    if (indexAt(event) >= 0) opened?.(indexAt(event), event);
  });
  if (ranged) {
    /** Row on which a stroke along the first column began, −1 without one. */
    let begun = -1;
    rows.addEventListener("mousedown", (event) => {
      const first = event.target instanceof Element && event.target.closest('[aria-colindex="1"]');
      begun = first && event.button === 0 && !event.shiftKey ? indexAt(event) : -1;
      if (begun < 0 && !event.shiftKey) return;
      event.preventDefault(); // no text is selected along the way
      node.focus({ preventScroll: true });
    });
    rows.addEventListener("mousemove", (event) => {
      if (!(event.buttons & 1)) begun = -1;
      const index = indexAt(event);
      if (begun >= 0 && index >= 0 && index !== current) ranged(begun, index);
    });
  }
  new ResizeObserver(measure).observe(node);

  /** @param {Event} event */
  const indexAt = (event) => {
    const row = event.target instanceof Element ? event.target.closest("[data-index]") : null;
    return row instanceof HTMLElement ? Number(row.dataset.index) : -1;
  };

  /** @param {number} index @param {{ quiet?: boolean, always?: boolean }} [options] quiet: nobody is told */
  function setCurrent(index, { quiet = false, always = false } = {}) {
    if (!count) return;
    const wanted = clamp(index, 0, count - 1);
    const changed = wanted !== current;
    current = wanted;
    setOffset(offsetShowing(g, offset, current, MARGIN));
    if ((changed || always) && !quiet) moved(current);
  }

  return {
    node: frame,
    grid: node,
    get current() {
      return current;
    },
    get count() {
      return count;
    },
    /** Titles and label in the language of now. */
    translate() {
      node.setAttribute("aria-label", label());
      put(
        head,
        columns.map((column, at) =>
          el("div", { role: "columnheader", class: `cell ${column.id}`, "aria-colindex": at + 1 }, column.title()),
        ),
      );
    },
    /** Another list. @param {number} total @param {string} nothing what to say when it is empty */
    reset(total, nothing) {
      current = -1;
      offset = 0;
      for (const { row } of shown.values()) row.remove();
      shown.clear();
      this.resize(total, nothing);
    },
    /** The same list with more rows or fewer: what shows stays where it is. @param {number} total @param {string} nothing what to say when it is empty */
    resize(total, nothing) {
      count = total;
      current = Math.min(current, total - 1);
      node.setAttribute("aria-rowcount", String(total + 1));
      empty.hidden = total > 0;
      rows.hidden = total === 0;
      put(empty, nothing);
      measure();
    },
    setCurrent,
    /** @param {number} by */
    step(by) {
      setCurrent(current + by);
    },
    /** @param {number} pages */
    page(pages) {
      setCurrent(current + pages * pageStep(g));
    },
    /** Draws again what changed. */
    refresh: schedule,
    /** Draws every row again, changed or not. */
    redraw() {
      for (const { row } of shown.values()) row.remove();
      shown.clear();
      schedule();
    },
    focus() {
      node.focus({ preventScroll: true });
    },
    height: () => fullHeight(g),
  };
}
