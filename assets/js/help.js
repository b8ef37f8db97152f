// All keys, searchable; each line runs its action, and its keys can be changed. It is also the command palette.
import { button, el, put } from "./dom.js";
import { openDialog } from "./dialog.js";
import { chordName, t } from "./i18n.js";
import { ACTIONS, chordOf, defaultKeymap, GROUPS, keysOf, PRESETS, presetKeymap, readKeymap, rebind } from "./keys.js";

const STORED = "bitexto.keys";
const MODIFIERS = ["Shift", "Control", "Alt", "Meta", "AltGraph", "Dead", "Process"];

export function storedKeymap() {
  return readKeymap(localStorage.getItem(STORED));
}

/** @param {App} app @param {string} mode @param {(id: string) => boolean} offered whether the page can do it now */
export function openHelp(app, mode, offered) {
  const field = el("input", { type: "search", autofocus: true, "aria-label": t("help.search"), placeholder: t("help.search") });
  const list = el("div", { class: "help-list" });
  let changing = "";

  /** @param {import("./keys.js").Keymap} keymap */
  const keep = (keymap) => {
    app.keymap = keymap;
    localStorage.setItem(STORED, JSON.stringify(keymap));
    app.refresh();
    draw();
  };

  const draw = () => {
    const wanted = plain(field.value);
    const matching = ACTIONS.filter((action) => action.modes.some((one) => one === mode) || wanted).filter((action) =>
      plain(`${t(`key.${action.id}`)} ${keysOf(app.keymap, action).join(" ")}`).includes(wanted),
    );
    put(
      list,
      GROUPS.map((group) => {
        const here = matching.filter((action) => action.group === group);
        return (
          here.length > 0 &&
          el(
            "section",
            {},
            el("h3", {}, t(`keys.${group}`)),
            el(
              "ul",
              {},
              here.map((action) => line(action)),
            ),
          )
        );
      }),
      matching.length === 0 && el("p", { class: "muted" }, t("help.none")),
    );
  };

  /** @param {import("./keys.js").Action} action */
  const line = (action) => {
    const name = t(`key.${action.id}`);
    const keys = keysOf(app.keymap, action);
    const can = offered(action.id);
    const run = can
      ? button(
          el("span", { class: "cap" }, name),
          () => {
            close();
            app.run(action.id);
          },
          { class: "plain" },
        )
      : el("span", { class: "plain muted cap" }, name);
    const change =
      changing === action.id
        ? el(
            "button",
            {
              type: "button",
              class: "capture",
              "data-capture": action.id,
              on: { keydown: (/** @type {KeyboardEvent} */ event) => capture(event, action) },
            },
            t("help.press"),
          )
        : button(
            [
              keys.length ? keys.map((key) => el("kbd", {}, chordName(key))) : t("help.no-key"),
              el("span", { class: "vh" }, `${t("help.change")}: ${name}`),
            ],
            () => {
              changing = action.id;
              draw();
              focusCapture();
            },
            { class: "keys", title: t("help.change") },
          );
    return el("li", {}, run, change);
  };

  const focusCapture = () => {
    const here = list.querySelector("[data-capture]");
    if (here instanceof HTMLElement) here.focus();
  };

  /** @param {KeyboardEvent} event @param {import("./keys.js").Action} action */
  const capture = (event, action) => {
    if (MODIFIERS.includes(event.key) || event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    changing = "";
    if (event.key === "Escape") return draw();
    keep(rebind(app.keymap, action.id, event.key === "Delete" ? [] : [chordOf(event)]));
    app.say(t("help.changed", { key: chordName(chordOf(event)), action: t(`key.${action.id}`) }));
  };

  /** @type {HTMLInputElement} */
  const single = el("input", { type: "checkbox", on: { change: () => keep({ ...app.keymap, single: single.checked }) } });
  single.checked = app.keymap.single;
  /** @type {HTMLSelectElement} */
  const preset = el(
    "select",
    {
      "aria-label": t("help.preset"),
      on: {
        change: () => {
          keep({ ...presetKeymap(preset.value), single: app.keymap.single });
        },
      },
    },
    el("option", { value: "" }, "…"),
    Object.keys(PRESETS).map((name) => el("option", { value: name }, name)),
  );
  const reset = button(t("help.reset"), () => {
    single.checked = true;
    preset.value = "";
    keep(defaultKeymap());
  });

  field.addEventListener("input", draw);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const first = list.querySelector("button.plain");
    if (first instanceof HTMLElement) first.click();
  });
  draw();
  const close = openDialog(
    t("help.title"),
    () => [
      el(
        "div",
        { class: "help-tools" },
        field,
        el("label", { class: "check" }, single, el("span", {}, t("help.single"))),
        el("label", { class: "check" }, el("span", {}, t("help.preset")), preset),
        reset,
      ),
      el("p", { class: "muted" }, t("help.about")),
      list,
      el(
        "section",
        { class: "legend" },
        el("h3", {}, t("help.legend")),
        el("p", {}, t("help.legend-text")),
        el("p", {}, t("help.syntax")),
        mode === "align" && [el("h3", {}, t("help.beads-title")), el("p", {}, t("help.beads"))],
        el("p", {}, `bitexto ${app.session.version} · ${app.session.corpus}`),
      ),
    ],
    { wide: true },
  );
}

/** Lower case without accents, for a search that forgives. @param {string} text */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
