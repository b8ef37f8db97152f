// Asks where a segment is to be cut: the caret says the place, Enter twice cuts. The text itself cannot be changed here.
import { button, el, put, textNodes } from "./dom.js";
import { openDialog } from "./dialog.js";
import { t } from "./i18n.js";

/** @param {string} text @param {string} lang @returns {Promise<number | null>} UTF-16 units before the cut, or null */
export function askPlace(text, lang) {
  /** @type {number | null} */
  let chosen = null;
  return new Promise((resolve) =>
    openDialog(
      t("align.cut-title"),
      (close) => {
        const field = el("textarea", {
          "aria-label": t("key.edit-segment"),
          "aria-describedby": "cut-about",
          lang,
          rows: 4,
          autofocus: true,
        });
        const parts = el("ol", { class: "parts", lang });
        const note = el("p", { class: "muted", role: "status" });
        field.value = text;
        /** Where the caret was last seen, and whether Enter was pressed there once. */
        let [seen, pressed] = [-1, false];
        const draw = () => {
          const at = field.selectionStart;
          if (at === seen) return;
          [seen, pressed] = [at, false];
          put(
            parts,
            [text.slice(0, at), text.slice(at)].map((one) => el("li", { class: "text" }, ...textNodes(one.trim()))),
          );
          put(note);
        };
        const cut = () => {
          const at = field.selectionStart;
          if (!text.slice(0, at).trim() || !text.slice(at).trim()) {
            put(note, t("align.cut-nothing"));
            return field.focus();
          }
          chosen = at;
          close();
        };
        field.addEventListener("beforeinput", (event) => event.preventDefault());
        field.addEventListener("selectionchange", draw);
        for (const kind of ["keyup", "click", "focus"]) field.addEventListener(kind, draw);
        field.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" || event.isComposing) return;
          event.preventDefault();
          draw();
          if (pressed || event.ctrlKey || event.metaKey) return cut();
          pressed = true;
          put(note, t("align.cut-again"));
        });
        queueMicrotask(() => {
          field.setSelectionRange(0, 0);
          draw();
        });
        return [
          el("p", { id: "cut-about" }, t("align.cut-about")),
          field,
          parts,
          note,
          el(
            "div",
            { class: "buttons end" },
            button(t("edit.cancel"), close),
            button([t("align.cut"), el("kbd", {}, "↵ ↵")], cut, { class: "main" }),
          ),
        ];
      },
      { wide: true, closed: () => resolve(chosen) },
    ),
  );
}
