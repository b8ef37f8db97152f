// Names of files → which belong together as a text and its translation. It reads no file.

/** A language in a file's name or folder: `speech.es.txt`, `speech_en.txt`, `es/speech.txt`. */
const MARK = /(^|[._\-/ ])(es|spa|en|eng)(?:[-_](?:[a-z]{2}|419))?(?=[._\-/ ]|$)/i;

/** @param {string} name @returns {{ stem: string, lang: "es" | "en" | null }} */
export function readName(name) {
  const bare = name.replace(/\.[a-z0-9]{1,5}$/i, (suffix) => (MARK.test(suffix) ? suffix : ""));
  const match = [...bare.matchAll(new RegExp(MARK, "gi"))].at(-1);
  if (!match) return { stem: bare.toLowerCase(), lang: null };
  const stem = bare.slice(0, match.index) + bare.slice(match.index + match[0].length);
  return {
    stem: stem.replace(/^[._\-/ ]+|[._\-/ ]+$/g, "").toLowerCase(),
    lang: match[2].toLowerCase().startsWith("es") || match[2].toLowerCase() === "spa" ? "es" : "en",
  };
}

/**
 * Pairs by stem and language. Two files alone are a pair whatever they are called, Spanish first if a name says so.
 * @template {{ name: string }} F
 * @param {F[]} files
 * @returns {{ pairs: [F, F][], alone: F[] }}
 */
export function pairUp(files) {
  if (files.length === 2) {
    const [a, b] = files;
    const swapped = readName(a.name).lang === "en" || (readName(b.name).lang === "es" && readName(a.name).lang === null);
    return { pairs: [swapped ? [b, a] : [a, b]], alone: [] };
  }
  /** @type {Map<string, { es?: F, en?: F }>} */
  const stems = new Map();
  /** @type {F[]} */
  const alone = [];
  for (const file of files) {
    const { stem, lang } = readName(file.name);
    const entry = stems.get(stem) ?? {};
    if (!lang || entry[lang]) {
      alone.push(file);
      continue;
    }
    entry[lang] = file;
    stems.set(stem, entry);
  }
  /** @type {[F, F][]} */
  const pairs = [];
  for (const { es, en } of stems.values()) {
    if (es && en) pairs.push([es, en]);
    else alone.push(/** @type {F} */ (es ?? en));
  }
  return { pairs, alone };
}
