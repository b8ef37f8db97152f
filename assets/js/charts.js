// Charts as SVG, each with its table behind "see the data". Numbers in, elements out.
import { el, svg, table } from "./dom.js";
import { number, percent, t } from "./i18n.js";

/**
 * @typedef {object} Bar
 * @property {string} label
 * @property {{ name: string, value: number }[]} parts class of each part and how long it is
 * @property {string} [href] where the label leads
 */

/** Horizontal bars, stacked. @param {string} title @param {Bar[]} bars @param {string[]} parts names of the parts, for the legend and the table */
export function barChart(title, bars, parts) {
  const most = Math.max(1, ...bars.map((bar) => sum(bar)));
  const rows = bars.map((bar) => {
    let x = 0;
    return el(
      "div",
      { class: "bar-row" },
      bar.href ? el("a", { href: bar.href }, bar.label) : el("span", {}, bar.label),
      svg(
        "svg",
        { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
        svg("rect", { class: "trough", x: 0, y: 0, width: 100, height: 10 }),
        bar.parts.map((part) => {
          const width = (part.value / most) * 100;
          const rect = svg("rect", { class: part.name, x, y: 0, width, height: 10 });
          x += width;
          return rect;
        }),
      ),
      el("b", {}, number(sum(bar))),
    );
  });
  return figure(
    title,
    el("div", { class: "bars" }, rows),
    parts,
    data(
      [title, ...parts.map((name) => t(`part.${name}`))],
      bars.map((bar) => [bar.label, ...parts.map((name) => number(bar.parts.find((part) => part.name === name)?.value ?? 0))]),
    ),
  );
}

/** Columns, one per step, with shares as marks over them. @param {string} title @param {ReportBin[]} bins */
export function histogram(title, bins) {
  const most = Math.max(1, ...bins.map((bin) => bin.units));
  const [width, height, left, bottom] = [420, 170, 34, 22];
  const step = (width - left) / Math.max(1, bins.length);
  const y = (/** @type {number} */ share) => 14 + (height - bottom - 14) * (1 - share);
  const columns = bins.map((bin, at) => {
    const rate = bin.accepted + bin.rejected ? bin.accepted / (bin.accepted + bin.rejected) : null;
    const x = left + at * step;
    return svg(
      "g",
      {},
      svg("rect", {
        class: bin.from >= 0.8 ? "high" : bin.from >= 0.6 ? "middle" : "low",
        x: x + 2,
        y: y(bin.units / most),
        width: step - 4,
        height: height - bottom - y(bin.units / most),
      }),
      svg(
        "text",
        { x: x + step / 2, y: y(bin.units / most) - 3, class: "value" },
        bin.units > 0 && number(bin.units, { notation: "compact" }),
      ),
      rate !== null &&
        svg(
          "path",
          { class: "rate", d: diamond(x + step / 2, y(rate)) },
          svg("title", {}, t("report.rate", { rate: Math.round(rate * 100) })),
        ),
      svg("text", { x, y: height - 6, class: "axis" }, number(bin.from, { maximumFractionDigits: 1 })),
    );
  });
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, class: "histogram", role: "img", "aria-label": title },
    svg("line", { x1: left, x2: width, y1: height - bottom, y2: height - bottom }),
    svg("text", { x: 0, y: y(1) + 4, class: "side" }, percent(1, 1)),
    svg("text", { x: 0, y: y(0), class: "side" }, percent(0, 1)),
    bins.length > 1 && svg("line", { class: "ideal", x1: left, y1: y(bins[0].from), x2: width, y2: y(bins[bins.length - 1].to) }),
    columns,
  );
  return figure(
    title,
    picture,
    [],
    data(
      [t("column.confidence"), t("part.units"), t("part.accepted"), t("part.rejected")],
      bins.map((bin) => [`${number(bin.from)}–${number(bin.to)}`, number(bin.units), number(bin.accepted), number(bin.rejected)]),
    ),
  );
}

/** @param {number} x @param {number} y */
function diamond(x, y) {
  return `M${x} ${y - 6}l6 6l-6 6l-6 -6z`;
}

/** @param {Bar} bar */
function sum(bar) {
  return bar.parts.reduce((total, part) => total + part.value, 0);
}

/** @param {string} title @param {Element} picture @param {string[]} parts @param {Element} numbers */
function figure(title, picture, parts, numbers) {
  return el(
    "figure",
    { class: "card" },
    el("figcaption", {}, el("h2", {}, title)),
    picture,
    parts.length > 1 &&
      el(
        "ul",
        { class: "legend-list" },
        parts.map((name) => el("li", {}, el("span", { class: `swatch ${name}`, "aria-hidden": "true" }), t(`part.${name}`))),
      ),
    el("details", {}, el("summary", {}, t("report.data")), numbers),
  );
}

/** A table of numbers under names. @param {string[]} head @param {string[][]} rows */
function data(head, rows) {
  return table(
    head.map((title, at) => ({ title, figure: at > 0 })),
    rows,
  );
}
