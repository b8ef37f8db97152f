// Makes elements out of names, properties and children. Text becomes text nodes only; nothing here reads markup.
import { pieces } from "./spans.js";

/** @typedef {Node | string | number | null | undefined | false | Child[]} Child */
/** @typedef {Record<string, unknown> & { on?: Record<string, (event: any) => unknown> }} Properties */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. `class`, `aria-*`, `data-*` and all other names are attributes; `on` holds listeners; a value of null, undefined or false sets nothing.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name @param {Properties} [properties] @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

/** The same for SVG. @template {keyof SVGElementTagNameMap} K @param {K} name @param {Properties} [properties] @param {...Child} children @returns {SVGElementTagNameMap[K]} */
export function svg(name, properties = {}, ...children) {
  return fill(/** @type {SVGElementTagNameMap[K]} */ (document.createElementNS(SVG, name)), properties, children);
}

/** @template {Element} E @param {E} element @param {Properties} properties @param {Child[]} children @returns {E} */
function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") for (const [type, listener] of Object.entries(properties.on ?? {})) element.addEventListener(type, listener);
    else if (value === true) element.setAttribute(name, name.startsWith("aria-") ? "true" : "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
    else if (value === false && name.startsWith("aria-")) element.setAttribute(name, "false");
  }
  element.append(...nodes(children));
  return element;
}

/** @param {Child[]} children @returns {(Node | string)[]} */
function nodes(children) {
  return children.flatMap((child) => {
    if (Array.isArray(child)) return nodes(child);
    if (child === null || child === undefined || child === false) return [];
    return [child instanceof Node ? child : String(child)];
  });
}

/** Puts children in the place of what is there. @param {Element} parent @param {...Child} children */
export function put(parent, ...children) {
  parent.replaceChildren(...nodes(children));
}

/** A button. @param {Child} label @param {(event: MouseEvent) => unknown} press @param {Properties} [properties] */
export function button(label, press, properties = {}) {
  return el("button", { type: "button", ...properties, on: { click: press, ...properties.on } }, label);
}

/**
 * A table; the first cell of a row is its heading. It scrolls sideways where it must.
 * @param {{ title: Child, figure?: boolean }[]} columns `figure`: its cells are numbers @param {Child[][]} rows
 */
export function table(columns, rows) {
  const kind = (/** @type {number} */ at) => (columns[at].figure ? "figure" : null);
  return el(
    "div",
    { class: "scroll" },
    el(
      "table",
      { class: "lines" },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          columns.map(({ title }, at) => el("th", { scope: "col", class: kind(at) }, title)),
        ),
      ),
      el(
        "tbody",
        {},
        rows.map((row) =>
          el(
            "tr",
            {},
            row.map((cell, at) => (at ? el("td", { class: kind(at) }, cell) : el("th", { scope: "row", class: kind(at) }, cell))),
          ),
        ),
      ),
    ),
  );
}

/**
 * A text as nodes: spans marked, hidden characters as badges.
 * @param {string} text @param {{ key: string, spans: Span[] }[]} [marked] @param {string | null} [active] key of the spans to show stronger
 */
export function textNodes(text, marked = [], active = null) {
  return pieces(text, marked).map(({ text: part, marks, badge }) => {
    /** @type {Child} */
    const inner = badge ? el("span", { class: "badge", title: badge }, badge) : part;
    if (!marks.length) return inner;
    return el("mark", { class: active !== null && marks.includes(active) ? "active" : null, "data-finding": marks.join(" ") }, inner);
  });
}

/** A diff as `<ins>`, `<del>` and text. @param {import("./diff.js").Part[]} parts */
export function diffNodes(parts) {
  return parts.map(([kind, text]) => (kind === "same" ? textNodes(text) : el(kind === "added" ? "ins" : "del", {}, ...textNodes(text))));
}

/** Whether typing goes into this element, so that keys are text and no commands. @param {EventTarget | null} target */
export function takesText(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "file"].includes(target.type);
}
