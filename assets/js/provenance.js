// Where a unit comes from: what both sides share once, the rest by side.
import { el, textNodes } from "./dom.js";
import { languageName, listed, originName, t } from "./i18n.js";
import { formatRoute } from "./route.js";

/** Fields of a provenance in the order in which they are shown; others follow. */
const FIELDS = [
  "speaker",
  "role",
  "on_behalf_of",
  "event",
  "date",
  "place",
  "medium",
  "channel",
  "outlet",
  "url",
  "published",
  "translator",
  "licence",
];
const NOT_SHOWN = ["name", "id", "renderings", "other"];

/** @param {UnitDetail} here */
export function provenanceNodes(here) {
  const statement = /** @type {Record<string, unknown>} */ (here.statement ?? {});
  const common = entries(statement);
  /** @param {SideDetail} one */
  const own = (one) =>
    entries({
      .../** @type {Record<string, unknown>} */ (one.provenance),
      .../** @type {Record<string, unknown> | undefined} */ (one.provenance.other),
    }).filter(([name, value]) => String(statement[name] ?? "") !== String(value));
  const same = (/** @type {unknown} */ a, /** @type {unknown} */ b) => JSON.stringify(a) === JSON.stringify(b);
  const [source, target] = [own(here.source), own(here.target)];
  const shared = source.filter(([name, value]) => target.some(([other, its]) => other === name && same(its, value)));
  const rest = (/** @type {[string, unknown][]} */ list) => list.filter(([name]) => !shared.some(([other]) => other === name));
  /** @type {[string, unknown][]} */
  const place = [
    ...(here.statement ? /** @type {[string, unknown][]} */ ([["statement", here.statement.name]]) : []),
    ["origin", here.row.origin],
    ...(here.bead
      ? /** @type {[string, unknown][]} */ ([
          ["bead", `${here.bead.n + 1} · ${here.bead.kind}${here.bead.accepted ? ` · ${t("align.accepted")}` : ""}`],
        ])
      : []),
  ];
  return el(
    "section",
    {},
    el("h3", {}, t("detail.provenance")),
    list([...common, ...shared, ...place], here),
    rest(source).length > 0 && [el("h4", {}, languageName(here.source.lang)), list(rest(source), here)],
    rest(target).length > 0 && [el("h4", {}, languageName(here.target.lang)), list(rest(target), here)],
  );
}

/** @param {[string, unknown][]} pairs @param {UnitDetail} here */
function list(pairs, here) {
  const lines = pairs.map(([name, value]) => el("div", {}, el("dt", {}, listed("field", name)), el("dd", {}, fact(name, value, here))));
  return el("dl", { class: "facts" }, lines);
}

/** @param {Record<string, unknown>} values @returns {[string, unknown][]} */
function entries(values) {
  const names = [
    ...FIELDS,
    ...Object.keys(values)
      .filter((name) => !FIELDS.includes(name) && !NOT_SHOWN.includes(name))
      .sort(),
  ];
  return names
    .filter((name) => values[name] !== null && values[name] !== undefined && values[name] !== "")
    .map((name) => [name, values[name]]);
}

/** @param {string} name @param {unknown} value @param {UnitDetail} here @returns {import("./dom.js").Child} */
function fact(name, value, here) {
  if (name === "url") return link(String(value), true) ?? textNodes(String(value));
  if (name === "medium") return listed("medium", String(value));
  if (name === "original_lang") return languageName(String(value));
  if (name === "origin" && here.bead)
    return el("a", { href: formatRoute("align", here.row.origin, { bead: String(here.bead.n + 1) }) }, originName(String(value)));
  if (name === "translator" && typeof value === "string") return listed("translator", value);
  if (name === "statement") return el("a", { href: formatRoute("statements", String(value)) }, String(value));
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "object" && value !== null)
    return textNodes(
      Object.values(value)
        .filter((one) => typeof one === "string")
        .map((one) => (name === "translator" ? listed("translator", one) : one))
        .join(" · "),
    );
  return textNodes(String(value));
}

/** A link to a web page, and to nothing else. @param {string | null | undefined} url @param {boolean} [whole] */
export function link(url, whole = false) {
  let address;
  try {
    address = new URL(url ?? "");
  } catch {
    return null;
  }
  if (address.protocol !== "http:" && address.protocol !== "https:") return null;
  return el(
    "a",
    { href: address.href, target: "_blank", rel: "noopener noreferrer", title: address.href },
    whole ? address.hostname + (address.pathname.length > 1 ? "/…" : "") : address.hostname,
  );
}
