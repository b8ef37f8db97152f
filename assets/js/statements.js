// What was said and how each outlet put it: a list, and one statement with its renderings compared with the reference of their language.
import { api, part } from "./api.js";
import { link } from "./provenance.js";
import { diffNodes, el, put, textNodes } from "./dom.js";
import { languageName, listed, number, t } from "./i18n.js";
import { formatRoute } from "./route.js";

/** @param {App} app @param {Route} route @returns {AppPage} */
export function statementsPage(app, route) {
  const list = el("nav", { class: "statement-list", "aria-label": t("nav.statements") });
  const filter = el("input", { type: "search", "aria-label": t("statements.filter"), placeholder: t("statements.filter") });
  const body = el("div", { class: "statement", tabindex: -1 });
  const node = el("div", { class: "two-panes" }, el("div", { class: "list-pane" }, el("h1", {}, t("nav.statements")), filter, list), body);
  /** @type {StatementLine[]} */
  let all = [];
  let name = route.name;

  const draw = () => {
    const wanted = filter.value.trim().toLowerCase();
    const shown = all.filter((one) => [one.name, one.speaker, one.event, one.reference].join(" ").toLowerCase().includes(wanted));
    put(
      list,
      shown.length
        ? el(
            "ul",
            {},
            shown.map((one) =>
              el(
                "li",
                {},
                el(
                  "a",
                  { href: formatRoute("statements", one.name), "aria-current": one.name === name ? "true" : null },
                  el("b", {}, one.speaker ?? one.name),
                  " ",
                  el(
                    "small",
                    { class: "muted" },
                    [one.date, one.event, t("statements.renderings", { n: one.renderings })].filter(Boolean).join(" · "),
                  ),
                  el("span", { class: "clamp text", lang: app.session.source_lang }, ...textNodes(one.reference)),
                ),
              ),
            ),
          )
        : el("p", { class: "muted" }, t("statements.none")),
    );
  };
  const load = async () => {
    all = await api("statements");
    if (!name && all.length) name = all[0].name;
    draw();
    await open();
  };
  const open = async () => {
    if (!name) return put(body, el("p", { class: "muted" }, t("statements.none")));
    /** @type {StatementDetail} */
    const detail = await api(`statements/${part(name)}`);
    put(body, ...statementNodes(app, detail));
    body.scrollTop = 0;
  };
  filter.addEventListener("input", draw);
  return {
    node,
    mode: "other",
    actions: { search: () => filter.focus() },
    shown: () => {
      load().catch(app.fail);
    },
    update: (next) => {
      name = next.name || name;
      draw();
      open().catch(app.fail);
    },
  };
}

/** @param {App} app @param {StatementDetail} detail */
function statementNodes(app, { statement, renderings }) {
  const facts = ["role", "event", "date", "place", "medium"].filter((name) => statement[name]);
  const languages = [...new Set(renderings.map((one) => one.lang))];
  const outliers = renderings.filter((one) => one.outlier).length;
  return [
    el(
      "header",
      {},
      el("h2", {}, statement.speaker ?? statement.name),
      el(
        "dl",
        { class: "facts line" },
        facts.map((name) =>
          el(
            "div",
            {},
            el("dt", {}, t(`field.${name}`)),
            el("dd", {}, name === "medium" ? listed("medium", String(statement[name])) : String(statement[name])),
          ),
        ),
      ),
      el(
        "p",
        {},
        el("a", { href: formatRoute("review", "", { statement: statement.name }) }, t("statements.units")),
        outliers > 0 && el("span", { class: "finding tier1" }, ` ⚠ ${t("statements.outliers", { n: outliers })}`),
      ),
    ),
    el(
      "p",
      { class: "muted" },
      t("statements.about"),
      " ",
      el("ins", {}, t("statements.added")),
      " ",
      el("del", {}, t("statements.missing")),
    ),
    ...languages.map((lang) => {
      const here = renderings.filter((one) => one.lang === lang).sort((a, b) => Number(b.reference) - Number(a.reference));
      return el(
        "section",
        {},
        el("h3", {}, `${languageName(lang)} (${number(here.length)})`),
        el(
          "div",
          { class: "scroll", tabindex: 0, role: "region", "aria-label": languageName(lang) },
          el(
            "table",
            { class: "lines outlets" },
            el(
              "thead",
              {},
              el(
                "tr",
                {},
                ["outlet", "text", "quote"].map((name) => el("th", { scope: "col" }, t(`statements.${name}`))),
              ),
            ),
            el(
              "tbody",
              {},
              here.map((one) =>
                el(
                  "tr",
                  { class: one.outlier ? "outlier" : null },
                  el(
                    "th",
                    { scope: "row" },
                    one.reference && el("span", { title: t("statements.reference") }, "★ "),
                    one.outlet ?? one.name,
                    el("div", { class: "small" }, link(one.url)),
                  ),
                  el(
                    "td",
                    { class: "text", lang },
                    one.diff.length && !one.reference ? diffNodes(one.diff) : textNodes(one.text),
                    one.outlier && el("p", { class: "finding tier1 why", lang: document.documentElement.lang }, `⚠ ${one.outlier}`),
                  ),
                  el(
                    "td",
                    { class: "small muted" },
                    el("div", {}, listed("rendering", one.kind)),
                    one.quote_type && el("div", {}, listed("quote", one.quote_type)),
                    translator(one.translator),
                  ),
                ),
              ),
            ),
          ),
        ),
      );
    }),
  ];
}

/** @param {unknown} value */
function translator(value) {
  if (!value) return null;
  const words = typeof value === "object" ? Object.values(value).filter((one) => typeof one === "string") : [String(value)];
  const text = words.map((one) => listed("translator", one)).join(" · ");
  return el("div", {}, `${t("field.translator")}: ${text}`);
}
