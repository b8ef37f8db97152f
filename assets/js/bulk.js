// Accepting a whole view: allowed after the reviewer passed each of a random sample, and never where a grave finding is open.
import { api, part } from "./api.js";
import { button, el, put, textNodes } from "./dom.js";
import { openDialog } from "./dialog.js";
import { number, t } from "./i18n.js";
import { confidence, findingMark } from "./marks.js";

/** @param {App} app @param {string} view @param {number} total @param {() => void} done */
export async function openBulk(app, view, total, done) {
  /** @type {{ sample: Row[] }} */
  let answer;
  try {
    answer = await api(`bulk/sample?view=${part(view)}`);
  } catch (error) {
    return app.fail(error);
  }
  const sample = answer.sample;
  /** @type {Set<string>} */
  const passed = new Set();
  let at = 0;
  const card = el("div", { class: "sample" });
  const state = el("p", { class: "muted", role: "status" });
  const accept = button(t("bulk.accept", { n: total }), () => send(), { class: "main", disabled: true });

  const draw = () => {
    const row = sample[at];
    put(state, t("bulk.passed", { done: passed.size, whole: sample.length }));
    accept.toggleAttribute("disabled", passed.size < sample.length || sample.length === 0);
    if (!row) return put(card, el("p", {}, t(sample.length ? "bulk.all-passed" : "bulk.nothing")));
    put(
      card,
      el(
        "p",
        { class: "muted" },
        `${number(at + 1)} / ${number(sample.length)} · ${t("detail.title", { n: row.n })} `,
        confidence(row.confidence),
        " ",
        row.findings.map(findingMark),
      ),
      el("p", { class: "text", lang: app.session.source_lang }, ...textNodes(row.source)),
      el("p", { class: "text", lang: app.session.target_lang }, ...textNodes(row.target)),
      el(
        "div",
        { class: "buttons" },
        button([t("bulk.pass"), el("kbd", {}, "A")], pass, { class: "main" }),
        button([t("bulk.fail"), el("kbd", {}, "X")], fail),
      ),
    );
  };
  const pass = () => {
    if (!sample[at]) return;
    passed.add(sample[at].id);
    at++;
    draw();
    const next = at < sample.length ? card.querySelector("button") : accept;
    if (next instanceof HTMLElement) next.focus();
  };
  const fail = () => {
    if (sample[at]) {
      close();
      app.say(t("bulk.failed", { n: sample[at].n }), "warning");
    }
  };
  const send = async () => {
    try {
      /** @type {{ count: number }} */
      const result = await api("bulk", { body: { view, state: "accepted", sample: [...passed] } });
      close();
      app.say(t("bulk.done", { n: result.count }));
      done();
    } catch (error) {
      close();
      app.fail(error);
    }
  };
  const close = openDialog(
    t("bulk.title", { n: total }),
    () => [el("p", {}, t("bulk.about")), state, card, el("div", { class: "buttons end" }, accept)],
    {
      wide: true,
      keys: (event) => {
        if (event.ctrlKey || event.altKey || event.metaKey || !app.keymap.single) return;
        if (event.key.toLowerCase() === "a") pass();
        if (event.key.toLowerCase() === "x") fail();
      },
    },
  );
  draw();
  const first = card.querySelector("button");
  if (first instanceof HTMLElement) first.focus();
}
