// How the review stands: is the confidence right, which checks are worth their interruption, how much is done.
import { api } from "./api.js";
import { barChart, histogram } from "./charts.js";
import { el, put } from "./dom.js";
import { checkName, number, percent, t } from "./i18n.js";
import { formatRoute, STATES } from "./route.js";

const FINDING_PARTS = ["accepted", "rejected", "flagged", "open", "dismissed"];

/** @param {App} app @returns {AppPage} */
export function reportPage(app) {
  const body = el("div", { class: "charts" });
  const node = el("div", { class: "sheet" }, el("h1", {}, t("nav.report")), body);
  const load = async () => {
    /** @type {Report} */
    const report = await api("report");
    const states = STATES.filter((state) => report.states[state]);
    put(
      body,
      numbers(report),
      report.confidence.length > 0 &&
        el(
          "div",
          { class: "with-note" },
          histogram(t("report.confidence"), report.confidence),
          el("p", { class: "muted small" }, t("report.confidence-about")),
        ),
      barChart(
        t("report.states"),
        states.map((state) => ({
          label: t(`state.${state}`),
          href: formatRoute("review", "", { state }),
          parts: [{ name: state, value: report.states[state] ?? 0 }],
        })),
        ["units"],
      ),
      report.findings.length > 0 &&
        el(
          "div",
          { class: "with-note wide" },
          barChart(
            t("report.findings"),
            report.findings
              .toSorted((a, b) => a.tier - b.tier || b.open - a.open)
              .map((one) => ({
                label: `${one.tier === 1 ? "⚠ " : ""}${checkName(one.check)}`,
                href: formatRoute("review", "", { check: one.check }),
                parts: findingParts(one),
              })),
            FINDING_PARTS,
          ),
          el("p", { class: "muted small" }, t("report.findings-about")),
        ),
      report.by_day.length > 0 &&
        barChart(
          t("report.days"),
          report.by_day.slice(-14).map((one) => ({ label: one.day, parts: [{ name: "acts", value: one.acts }] })),
          ["acts"],
        ),
      report.reviewers.length > 0 &&
        barChart(
          t("report.reviewers"),
          report.reviewers.map((one) => ({ label: one.by, parts: [{ name: "acts", value: one.acts }] })),
          ["acts"],
        ),
    );
  };
  return {
    node,
    mode: "other",
    actions: {},
    shown: () => {
      load().catch(app.fail);
    },
    changed: () => {
      load().catch(app.fail);
    },
  };
}

/** @param {ReportFinding} one */
function findingParts(one) {
  const open = Math.max(0, one.open - one.accepted - one.rejected - one.flagged);
  return FINDING_PARTS.map((name) => ({ name, value: name === "open" ? open : one[/** @type {"accepted"} */ (name)] }));
}

/** @param {Report} report */
function numbers(report) {
  const all = Object.entries(report.states).reduce((total, [state, count]) => total + (state === "withdrawn" ? 0 : (count ?? 0)), 0);
  const done = all - (report.states.unreviewed ?? 0);
  const accepted = (report.states.accepted ?? 0) + (report.states.edited ?? 0);
  return el(
    "ul",
    { class: "figures" },
    /** @type {[string, string][]} */ ([
      [number(all), "report.units"],
      [`${number(done)} · ${percent(done, all)}`, "report.reviewed"],
      [percent(accepted, done), "report.accepted"],
      [number(report.reviewers.reduce((total, one) => total + one.acts, 0)), "report.acts"],
    ]).map(([value, key]) => el("li", {}, el("b", {}, value), el("span", { class: "muted" }, t(key)))),
  );
}
