// The address of a view: `#/review?state=unreviewed&unit=…` ↔ its parts. No history, no elements.

/** @type {readonly State[]} */
export const STATES = ["unreviewed", "accepted", "edited", "rejected", "flagged", "withdrawn"];
export const PAGES = ["review", "align", "statements", "report", "start"];

/** What the part of the address after `#` means; anything unknown is the review page. @param {string} hash @returns {Route} */
export function parseRoute(hash) {
  const [path, query = ""] = hash.replace(/^#?\/?/, "").split(/\?(.*)/s, 2);
  const [page, ...name] = path.split("/");
  return { page: PAGES.includes(page) ? page : "review", name: decode(name.join("/")), query: new URLSearchParams(query) };
}

/** @param {string} page @param {string} [name] @param {URLSearchParams | Record<string, string>} [query] */
export function formatRoute(page, name = "", query = {}) {
  const search = new URLSearchParams(query).toString();
  return `#/${page}${name ? `/${encodeURIComponent(name)}` : ""}${search ? `?${search}` : ""}`;
}

/** The token that a fresh address brings, else null. @param {string} hash */
export function tokenIn(hash) {
  const match = /^#t=([^&]+)/.exec(hash);
  return match ? decode(match[1]) : null;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Names of the filter that are one text. */
const TEXTS = /** @type {const} */ (["kind", "origin", "outlet", "statement", "query"]);
const NUMBERS = /** @type {const} */ (["tier", "confidence_below", "score_below"]);

/** The filter that an address asks for; what makes no sense is left out. @param {URLSearchParams} query @returns {Filter} */
export function filterOf(query) {
  /** @type {Filter} */
  const filter = {};
  const states = list(query, "state").filter((state) => /** @type {readonly string[]} */ (STATES).includes(state));
  if (states.length) filter.state = /** @type {State[]} */ (states);
  const checks = list(query, "check");
  if (checks.length) filter.check = checks;
  for (const name of TEXTS) {
    const value = query.get(name);
    if (value) filter[name] = value;
  }
  for (const name of NUMBERS) {
    const value = Number(query.get(name));
    if (query.get(name) && Number.isFinite(value)) filter[name] = value;
  }
  return filter;
}

/** @param {Filter} filter @param {{ unit?: string, order?: string }} [place] */
export function queryOf(filter, place = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, ...place })) {
    if (Array.isArray(value) ? value.length : value !== undefined && value !== "") query.set(name, String(value));
  }
  return query;
}

/** @param {URLSearchParams} query @param {string} name */
function list(query, name) {
  return (query.get(name) ?? "").split(",").filter(Boolean);
}
