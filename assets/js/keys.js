// Every key of the app in one table: the help, the hints and the handlers are derived from it. No elements here; a page says what an action does.

/**
 * @typedef {object} Action
 * @property {string} id its name; the texts are `key.ID` in the catalogues
 * @property {string} group heading under which the help lists it
 * @property {string[]} keys default keys, as `chordOf` writes them
 * @property {("review" | "align" | "other")[]} modes where it is in force
 * @property {boolean} [hint] whether the footer shows it
 * @property {boolean} [writes] whether it changes the corpus (off when reading only)
 */

const ALL = /** @type {Action["modes"]} */ (["review", "align", "other"]);
const GRIDS = /** @type {Action["modes"]} */ (["review", "align"]);
const REVIEW = /** @type {Action["modes"]} */ (["review"]);
const ALIGN = /** @type {Action["modes"]} */ (["align"]);

/** @type {readonly Action[]} */
export const ACTIONS = [
  { id: "next", group: "move", keys: ["J", "ArrowDown"], modes: GRIDS, hint: true },
  { id: "previous", group: "move", keys: ["K", "ArrowUp"], modes: GRIDS, hint: true },
  { id: "page-down", group: "move", keys: ["PageDown"], modes: GRIDS },
  { id: "page-up", group: "move", keys: ["PageUp"], modes: GRIDS },
  { id: "first", group: "move", keys: ["Home"], modes: GRIDS },
  { id: "last", group: "move", keys: ["End"], modes: GRIDS },
  { id: "go", group: "move", keys: ["G"], modes: GRIDS },
  { id: "next-finding", group: "move", keys: ["N"], modes: GRIDS, hint: true },
  { id: "previous-finding", group: "move", keys: ["Shift+N"], modes: GRIDS },
  { id: "next-any-finding", group: "move", keys: ["Alt+N"], modes: REVIEW },
  { id: "previous-any-finding", group: "move", keys: ["Alt+Shift+N"], modes: REVIEW },
  { id: "detail", group: "move", keys: ["Enter"], modes: REVIEW },

  { id: "accept", group: "verdict", keys: ["A"], modes: GRIDS, hint: true, writes: true },
  { id: "reject", group: "verdict", keys: ["X"], modes: REVIEW, hint: true, writes: true },
  { id: "flag", group: "verdict", keys: ["D"], modes: GRIDS, hint: true, writes: true },
  { id: "accept-stay", group: "verdict", keys: ["Shift+A"], modes: REVIEW, writes: true },
  { id: "reject-stay", group: "verdict", keys: ["Shift+X"], modes: REVIEW, writes: true },
  { id: "flag-stay", group: "verdict", keys: ["Shift+D"], modes: REVIEW, writes: true },
  { id: "unreview", group: "verdict", keys: ["Shift+U"], modes: REVIEW, writes: true },
  { id: "release", group: "verdict", keys: ["Shift+A"], modes: ALIGN, writes: true },
  { id: "bulk", group: "verdict", keys: ["B"], modes: REVIEW, writes: true },

  { id: "edit", group: "text", keys: ["E", "F2"], modes: REVIEW, hint: true, writes: true },
  { id: "edit-source", group: "text", keys: ["Shift+E"], modes: REVIEW, writes: true },
  { id: "note", group: "text", keys: ["M"], modes: REVIEW, writes: true },
  { id: "rule", group: "text", keys: ["R"], modes: REVIEW },
  { id: "dismiss", group: "text", keys: ["Shift+R"], modes: REVIEW, writes: true },
  { id: "next-rendering", group: "text", keys: ["Alt+ArrowDown"], modes: REVIEW },
  { id: "previous-rendering", group: "text", keys: ["Alt+ArrowUp"], modes: REVIEW },
  { id: "undo", group: "text", keys: ["U", "Ctrl+Z"], modes: GRIDS, hint: true, writes: true },
  { id: "redo", group: "text", keys: ["Ctrl+Shift+Z", "Ctrl+Y"], modes: GRIDS, writes: true },

  { id: "side-left", group: "beads", keys: ["ArrowLeft"], modes: ALIGN },
  { id: "side-right", group: "beads", keys: ["ArrowRight"], modes: ALIGN },
  { id: "extend-up", group: "beads", keys: ["Shift+K", "Shift+ArrowUp"], modes: ALIGN },
  { id: "extend-down", group: "beads", keys: ["Shift+J", "Shift+ArrowDown"], modes: ALIGN },
  { id: "merge", group: "beads", keys: ["M"], modes: ALIGN, hint: true, writes: true },
  { id: "merge-next", group: "beads", keys: ["Shift+M"], modes: ALIGN, writes: true },
  { id: "split", group: "beads", keys: ["S"], modes: ALIGN, hint: true, writes: true },
  { id: "unalign", group: "beads", keys: ["X"], modes: ALIGN, writes: true },
  { id: "shift-up", group: "beads", keys: ["Alt+ArrowUp"], modes: ALIGN, hint: true, writes: true },
  { id: "pop-down", group: "beads", keys: ["Alt+ArrowDown"], modes: ALIGN, hint: true, writes: true },
  { id: "push", group: "beads", keys: ["Enter"], modes: ALIGN, writes: true },
  { id: "pull", group: "beads", keys: ["Backspace"], modes: ALIGN, writes: true },
  { id: "pinpoint", group: "beads", keys: ["Space"], modes: ALIGN, writes: true },
  { id: "edit-segment", group: "beads", keys: ["E", "F2"], modes: ALIGN, writes: true },
  { id: "merge-segments", group: "beads", keys: ["Shift+S"], modes: ALIGN, writes: true },
  { id: "realign", group: "beads", keys: ["R"], modes: ALIGN, hint: true, writes: true },

  { id: "search", group: "find", keys: ["/"], modes: ALL },
  { id: "concordance", group: "find", keys: ["C"], modes: ALL },
  { id: "palette", group: "find", keys: ["Ctrl+K"], modes: ALL },
  { id: "go-review", group: "find", keys: [], modes: ALL },
  { id: "go-align", group: "find", keys: [], modes: ALL },
  { id: "go-statements", group: "find", keys: [], modes: ALL },
  { id: "go-report", group: "find", keys: [], modes: ALL },
  { id: "go-start", group: "find", keys: [], modes: ALL },
  { id: "help", group: "find", keys: ["?"], modes: ALL, hint: true },
];

export const GROUPS = ["move", "verdict", "text", "beads", "find"];

/** Keys of other tools, for hands that know them: what differs from the defaults. @type {Record<string, Record<string, string[]>>} */
export const PRESETS = {
  bitexto: {},
  intertext: { merge: ["Ctrl+Backspace"], split: ["Ctrl+Enter"], "shift-up": ["Ctrl+ArrowUp"], "pop-down": ["Ctrl+ArrowDown"] },
  omegat: { "shift-up": ["U"], "pop-down": ["D"], flag: ["R"], realign: ["P"], rule: ["I"] },
};

/**
 * @typedef {object} KeyLike
 * @property {string} key
 * @property {string} [code]
 * @property {boolean} [ctrlKey] @property {boolean} [metaKey] @property {boolean} [altKey] @property {boolean} [shiftKey]
 * @property {boolean} [isComposing]
 */

/**
 * A pressed key as text: `Ctrl+Shift+Z`, `A`, `Shift+A`, `?`. Command on a Mac counts as Ctrl. Shift is told apart only where the character does not
 * already say it. With Alt the letter is read from the key's place, since macOS types another character then.
 * @param {KeyLike} event
 */
export function chordOf(event) {
  const letter = event.altKey && /^Key[A-Z]$/.test(event.code ?? "") ? (event.code ?? "").slice(3) : event.key;
  const key = letter === " " ? "Space" : letter.length === 1 ? letter.toUpperCase() : letter;
  const shiftTells = key.length > 1 || key.toLowerCase() !== key.toUpperCase();
  return [event.ctrlKey || event.metaKey ? "Ctrl" : "", event.altKey ? "Alt" : "", event.shiftKey && shiftTells ? "Shift" : "", key]
    .filter(Boolean)
    .join("+");
}

/** Whether a chord is one character without Ctrl or Alt: what speech input and slips of the hand can trigger (WCAG 2.1.4). @param {string} chord */
export function isSingle(chord) {
  return /^(Shift\+)?.$/u.test(chord);
}

/**
 * @typedef {object} Keymap
 * @property {boolean} single whether keys of one character are in force
 * @property {Record<string, string[]>} changed keys that differ from the defaults, by action
 */

/** @returns {Keymap} */
export function defaultKeymap() {
  return { single: true, changed: {} };
}

/** What was stored, cleaned of what is no action or no list of texts. @param {string | null} stored @returns {Keymap} */
export function readKeymap(stored) {
  const keymap = defaultKeymap();
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(stored ?? "");
  } catch {
    return keymap;
  }
  if (typeof value !== "object" || value === null) return keymap;
  const { single, changed } = /** @type {{ single?: unknown, changed?: unknown }} */ (value);
  if (single === false) keymap.single = false;
  for (const [id, keys] of Object.entries(typeof changed === "object" && changed ? changed : {})) {
    if (ACTIONS.some((action) => action.id === id) && Array.isArray(keys) && keys.every((key) => typeof key === "string"))
      keymap.changed[id] = keys;
  }
  return keymap;
}

/** The keys of an action as they are in force. @param {Keymap} keymap @param {Action} action */
export function keysOf(keymap, action) {
  const keys = keymap.changed[action.id] ?? action.keys;
  return keymap.single ? keys : keys.filter((key) => !isSingle(key));
}

/** What a chord does in a mode, else null. @param {Keymap} keymap @param {string} mode @param {string} chord @returns {Action | null} */
export function actionFor(keymap, mode, chord) {
  return ACTIONS.find((action) => /** @type {string[]} */ (action.modes).includes(mode) && keysOf(keymap, action).includes(chord)) ?? null;
}

/** The keymap with a new key for an action; another action that shares a mode loses it, so that no key means two things. @param {Keymap} keymap @param {string} id @param {string[]} keys @returns {Keymap} */
export function rebind(keymap, id, keys) {
  const action = ACTIONS.find((candidate) => candidate.id === id);
  if (!action) return keymap;
  const changed = { ...keymap.changed, [id]: keys };
  for (const other of ACTIONS) {
    if (other === action || !other.modes.some((mode) => action.modes.includes(mode))) continue;
    const theirs = changed[other.id] ?? other.keys;
    const left = theirs.filter((key) => !keys.includes(key));
    if (left.length < theirs.length) changed[other.id] = left;
  }
  return { ...keymap, changed };
}

/** The defaults with a preset laid over them. @param {string} name @returns {Keymap} */
export function presetKeymap(name) {
  return Object.entries(PRESETS[name] ?? {}).reduce((keymap, [id, keys]) => rebind(keymap, id, keys), defaultKeymap());
}

/** Chords that two actions of one mode share: there must be none. @param {Keymap} keymap @returns {string[]} */
export function clashes(keymap) {
  /** @type {string[]} */
  const out = [];
  for (const mode of ALL) {
    /** @type {Map<string, string>} */
    const taken = new Map();
    for (const action of ACTIONS.filter((candidate) => candidate.modes.includes(mode))) {
      for (const key of keysOf(keymap, action)) {
        const other = taken.get(key);
        if (other) out.push(`${mode} ${key}: ${other}, ${action.id}`);
        taken.set(key, action.id);
      }
    }
  }
  return out;
}
