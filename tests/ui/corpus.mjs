// A corpus made up for the tests of the page: any size, always the same. Its texts hold what breaks pages: markup, bidi controls, endless words.

const PATTERNS = [
  ["«No ha sido nunca —dijo— mi intención».", "“It has always been my intention,” he said.", "negation", [[1, 17]], [[8, 14]], 0.41],
  [
    "EE. UU. bombardeó 12 000 viviendas el 3 de enero, según el comunicado que leyó el portavoz ante la prensa.",
    "The U.S. bombed 12,000 homes on January 3, according to the statement read by the spokesman before the press.",
    "",
    [],
    [],
    0.93,
  ],
  ["¿Y entonces quién dio la orden?", "So who gave the order?", "", [], [], 0.88],
  ["Ni la ONU ni la OEA lo aceptan.", "Neither the UN nor the OAS accepts it.", "", [], [], 0.79],
  ["El déficit alcanzó el 3,2 % del PIB.", "The deficit reached 3.2% of GDP.", "", [], [], 0.97],
  ["Son mil millones de bolívares.", "That is one million bolivars.", "number", [[4, 16]], [[8, 19]], 0.55],
  ["La señora Ibáñez y el señor Peña hablaron de la niñez.", "Mrs Ibáñez and Mr Peña spoke of childhood.", "", [], [], 0.91],
  [
    "Obedezcan la orden de la humanidad, pidió por el megáfono.",
    "Obey the order of humanity, he asked through the megaphone.",
    "length",
    [],
    [],
    0.84,
  ],
];
/** Units that are there once, near the beginning. */
const SPECIAL = {
  9: [
    '<img src=x onerror="window.hacked=1"> y <script>window.hacked=2</script>',
    '<img src=x onerror="window.hacked=1"> and <b>bold</b>',
    "markup",
    [[0, 37]],
    [[0, 37]],
    0.66,
  ],
  10: [
    "El archivo se llama \u202Egpj.exe\u202C y tiene un\u200B hueco.",
    "The file is called \u202Egpj.exe\u202C and has a\u200B gap.",
    "control",
    [[20, 21]],
    [[19, 20]],
    0.7,
  ],
  11: ["Donau" + "dampfschifffahrts".repeat(30) + "gesellschaft", "A long word: " + "supercalifragilistic".repeat(25), "", [], [], 0.62],
};

export const STATEMENT_NAME = "discurso <uno>";

/** @param {number} i from 0 */
export function makeUnit(i, origins) {
  const [source, target, check, sourceSpans, targetSpans, base] = SPECIAL[i] ?? PATTERNS[i % PATTERNS.length];
  const wobble = ((i * 7919) % 100) / 1000;
  const serial = i < 40 ? "" : ` (${i + 1})`;
  return {
    id: `u${String(i + 1).padStart(25, "0")}`,
    n: i + 1,
    source: source + serial,
    target: target + serial,
    confidence: i % 53 === 52 ? null : Math.min(0.99, Math.max(0.05, base + wobble - 0.05)),
    score: i % 17 === 16 ? null : Math.min(0.99, base + 0.04),
    state: "unreviewed",
    findings: check ? [{ check, tier: check === "length" ? 2 : 1, sourceSpans, targetSpans, dismissed: null }] : [],
    origin: origins[i % origins.length],
    statement: i % 8 === 0 ? STATEMENT_NAME : null,
    kind: i % 12 === 5 ? "1:2" : "1:1",
    edited: false,
    version: 0,
    notes: [],
  };
}

/** Two texts and the beads over them; `unitOf` names the unit of a matched bead, or gives null. */
export function makeBitext(count, unitOf) {
  const texts = { source: [], target: [] };
  const beads = [];
  for (let n = 1; n <= count; n++) {
    const [a, b] = n % 29 === 0 ? [1, 0] : n % 31 === 0 ? [0, 1] : n % 11 === 0 ? [1, 2] : n % 17 === 0 ? [4, 2] : [1, 1];
    const more = (side, at, m) => {
      const first = texts[side].length;
      for (let k = 0; k < m; k++) texts[side].push(PATTERNS[(first + k) % PATTERNS.length][at]);
      return [first, first + m];
    };
    beads.push({
      source: more("source", 0, a),
      target: more("target", 1, b),
      confidence: n === 5 ? 1 : a + b === 2 ? 0.95 - (n % 7) / 50 : 0.45 + (n % 5) / 20,
      by_hand: n === 5,
      unit: a && b ? unitOf(n - 1) : null,
    });
  }
  return { texts, beads };
}

export const RENDERINGS = [
  {
    name: "tv",
    lang: "es",
    text: "«No ha sido nunca —dijo— mi intención».",
    outlet: "Canal Uno",
    url: "https://example.org/tv",
    kind: "original",
    quote_type: "direct",
    translator: null,
    reference: true,
    diff: [],
    outlier: null,
  },
  {
    name: "diario",
    lang: "es",
    text: "«Nunca ha sido mi intención», dijo.",
    outlet: "Diario Dos",
    url: "javascript:alert(1)",
    kind: "original",
    quote_type: "partial",
    translator: null,
    reference: false,
    diff: [
      ["same", "«"],
      ["missing", "No ha sido nunca —dijo—"],
      ["added", "Nunca ha sido"],
      ["same", " mi intención»"],
      ["added", ", dijo"],
      ["same", "."],
    ],
    outlier: null,
  },
  {
    name: "agency",
    lang: "en",
    text: "“It was never my intention,” he said.",
    outlet: "Agency A",
    url: "https://example.com/a",
    kind: "translation",
    quote_type: "direct",
    translator: "agency",
    reference: true,
    diff: [],
    outlier: null,
  },
  {
    name: "paper",
    lang: "en",
    text: "“It has always been my intention,” he told reporters.",
    outlet: "Paper B",
    url: "https://example.com/b",
    kind: "translation",
    quote_type: "mixed",
    translator: null,
    reference: false,
    diff: [
      ["same", "“It "],
      ["missing", "was never"],
      ["added", "has always been"],
      ["same", " my intention,” he "],
      ["missing", "said"],
      ["added", "told reporters"],
      ["same", "."],
    ],
    outlier: "“never” is missing here and in no other rendering",
  },
];

export const CHECKS = [
  ["negation", 1, "Una negación está en un lado y no en el otro.", "A negation stands on one side and not on the other."],
  ["number", 1, "Los números no valen lo mismo.", "The numbers differ in value."],
  ["markup", 1, "Las marcas no coinciden.", "The markup differs."],
  ["control", 1, "Hay caracteres que no se ven.", "There are characters that do not show."],
  ["length", 2, "Las longitudes no cuadran.", "The lengths do not fit."],
].map(([id, tier, es, en]) => ({ id, tier, es, en }));
