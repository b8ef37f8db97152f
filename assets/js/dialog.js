// Dialogs: one at a time, modal, closed by Esc, focus back where it was.
import { button, el } from "./dom.js";
import { t } from "./i18n.js";

/** Whether a dialog is open, so that keys of the page rest. */
export function dialogOpen() {
  return document.querySelector("dialog[open]") !== null;
}

/**
 * Opens a dialog; it is removed when closed.
 * @param {string} title
 * @param {(close: () => void) => import("./dom.js").Child[]} content
 * @param {{ wide?: boolean, closed?: () => void, keys?: (event: KeyboardEvent) => void }} [options]
 */
export function openDialog(title, content, { wide = false, closed, keys } = {}) {
  const before = document.activeElement;
  const close = () => {
    dialog.close();
  };
  /** @type {HTMLDialogElement} */
  const dialog = el(
    "dialog",
    { class: wide ? "wide" : null, "aria-labelledby": "dialog-title" },
    el(
      "header",
      {},
      el("h2", { id: "dialog-title" }, title),
      button("×", close, { class: "close", "aria-label": t("dialog.close"), title: `${t("dialog.close")} (Esc)` }),
    ),
  );
  dialog.append(el("div", { class: "dialog-body" }, ...content(close)));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    closed?.();
  });
  if (keys) dialog.addEventListener("keydown", keys);
  document.body.append(dialog);
  dialog.showModal();
  const first =
    dialog.querySelector("[autofocus]") ?? dialog.querySelector(".dialog-body button, .dialog-body input, .dialog-body textarea");
  if (first instanceof HTMLElement) first.focus();
  return close;
}

/** Asks for a number. @param {string} title @param {string} label @param {number} max @param {(value: number) => void} taken */
export function askNumber(title, label, max, taken) {
  openDialog(title, (close) => {
    const field = el("input", { type: "number", min: 1, max, autofocus: true, "aria-label": label });
    const send = (/** @type {Event} */ event) => {
      event.preventDefault();
      const value = Math.round(Number(field.value));
      close();
      if (field.value && value >= 1) taken(value);
    };
    return [
      el(
        "form",
        { class: "ask", on: { submit: send } },
        el("label", {}, el("span", {}, label), field),
        el("button", { class: "main" }, t("go.do")),
      ),
    ];
  });
}
