// The texts of the app in the language chosen: from the browser first, remembered once chosen. Languages of the corpus have nothing to do with it.

export const LANGUAGES = /** @type {const} */ (["es", "en"]);
const STORED = "bitexto.lang";

/** @type {Record<string, string>} */
let catalogue = {};
/** @type {"es" | "en"} */
let language = "en";

/** The language chosen before, else the browser's first that we speak, else English. @returns {"es" | "en"} */
export function preferredLanguage() {
  const wanted = [localStorage.getItem(STORED) ?? "", ...navigator.languages].map((tag) => tag.slice(0, 2).toLowerCase());
  return LANGUAGES.find((known) => known === wanted.find((tag) => tag === "es" || tag === "en")) ?? "en";
}

/** Loads a catalogue and sets the page's `lang`. @param {"es" | "en"} wanted @param {boolean} [remember] */
export async function useLanguage(wanted, remember = false) {
  const answer = await fetch(`/i18n/${wanted}.json`);
  if (!answer.ok) throw new Error(`/i18n/${wanted}.json: ${answer.status}`);
  catalogue = await answer.json();
  language = wanted;
  document.documentElement.lang = wanted;
  if (remember) localStorage.setItem(STORED, wanted);
}

export function currentLanguage() {
  return language;
}

/**
 * A text of the catalogue with its values in place of `{name}`. With `{n}` among the values, the plural form `KEY.one` or `KEY.other` is taken where there is one.
 * A key that is missing is shown as it is.
 * @param {string} key @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const plural =
    typeof values.n === "number"
      ? catalogue[`${key}.${new Intl.PluralRules(language).select(values.n) === "one" ? "one" : "other"}`]
      : undefined;
  const text = plural ?? catalogue[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/** Whether the catalogue has the key. @param {string} key */
export function has(key) {
  return key in catalogue;
}

/** @param {number} value @param {Intl.NumberFormatOptions} [options] */
export function number(value, options = {}) {
  return new Intl.NumberFormat(language, { useGrouping: "min2", ...options }).format(value);
}

/** A probability with two digits, cut and not rounded: 0.9986 is not 1, and what is below a limit must not read like it. Null is no number. @param {number | null} value */
export function probability(value) {
  return value === null ? "–" : number(Math.floor(value * 100 + 1e-9) / 100, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** @param {number} part @param {number} whole */
export function percent(part, whole) {
  return number(whole ? part / whole : 0, { style: "percent", maximumFractionDigits: 0 });
}

/** A moment, short and local; what is no moment is shown as it is. @param {string} at */
export function moment(at) {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" }).format(date);
}

/** A language's own name in the app's language. @param {string} tag */
export function languageName(tag) {
  try {
    const name = new Intl.DisplayNames([language], { type: "language" }).of(tag) ?? tag;
    return name.charAt(0).toUpperCase() + name.slice(1);
  } catch {
    return tag;
  }
}

/** A check's short name. @param {string} id */
export function checkName(id) {
  return has(`check.${id}`) ? t(`check.${id}`) : id;
}

/** A name from a closed list of the corpus (`medium.speech`), else the value itself. @param {string} list @param {string} value */
export function listed(list, value) {
  return has(`${list}.${value}`) ? t(`${list}.${value}`) : value;
}

/** The key of an origin for people: two documents are joined by `|` in it. @param {string} origin */
export function originName(origin) {
  return origin.replace("|", " ↔ ");
}

/** A chord for people: `Alt+ArrowUp` → `Alt ↑`. @param {string} chord */
export function chordName(chord) {
  return chord
    .split(/\+(?=.)/)
    .map(
      (key) =>
        ({ ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" })[key] ?? (has(`keyname.${key}`) ? t(`keyname.${key}`) : key),
    )
    .join(" ");
}
