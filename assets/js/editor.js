// Fields that take the place of a text: an edit with its diff against the original, or a note.
import { button, diffNodes, el, put } from "./dom.js";
import { differs, wordDiff } from "./diff.js";
import { t } from "./i18n.js";

/**
 * @param {object} options
 * @param {string} options.text what stands there now
 * @param {string} [options.original] to compare with; without it no diff is shown
 * @param {string} options.label
 * @param {string} [options.lang]
 * @param {string} [options.draft] what was typed before and not saved
 * @param {boolean} options.goes whether saving goes to the next unit
 * @param {(text: string, next: boolean) => void} options.save
 * @param {() => void} options.cancel
 */
export function createEditor({ text, original, label, lang, draft, goes, save, cancel }) {
  const field = el("textarea", { "aria-label": label, lang, spellcheck: "true", rows: 3, autocomplete: "off" });
  field.value = draft ?? text;
  const diff = el("p", { class: "text diff", lang, "aria-label": t("edit.diff"), role: "group" });
  const show = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
    if (original === undefined) return;
    const parts = wordDiff(original, field.value);
    put(diff, differs(parts) ? diffNodes(parts) : el("span", { class: "muted" }, t("edit.same")));
  };
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      cancel();
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save(field.value, goes && !event.shiftKey);
    }
  });
  const node = el(
    "div",
    { class: "editor" },
    field,
    original !== undefined && diff,
    el(
      "div",
      { class: "buttons" },
      button([t(goes ? "edit.save-next" : "edit.save"), el("kbd", {}, t("keyname.Ctrl"), " ↵")], () => save(field.value, goes), {
        class: "main",
      }),
      button([t("edit.cancel"), el("kbd", {}, "Esc")], cancel),
    ),
  );
  return {
    node,
    focus() {
      show();
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    },
    changed: () => field.value !== text,
    text: () => field.value,
  };
}
