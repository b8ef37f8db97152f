// The corpus behind the mock: views, acts and beads of made-up units as the server would tell them. Nothing is kept on disk.
import { createHash } from "node:crypto";
import { CHECKS, makeBitext, makeUnit, RENDERINGS, STATEMENT_NAME } from "./corpus.mjs";
import { change, kindOf, realign } from "./mock-beads.mjs";

/** What the server would say to a request that it refuses. */
export class Refusal extends Error {
  constructor(status, body) {
    super(body.error);
    this.status = status;
    this.body = body;
  }
}
export const refuse = (status, error, more = {}) => {
  throw new Refusal(status, { error, ...more });
};

/** A corpus with its acts; nothing is kept on disk. */
export function createCorpus({ units = 300, reviewer = "ana", readOnly = false } = {}) {
  const origins = ["discursos/agnu.es-en", "prensa/enero.es-en"];
  const made = new Map();
  const unit = (i) => {
    if (!made.has(i)) made.set(i, makeUnit(i, origins));
    return made.get(i);
  };
  /** Units that are there, by their indexes and in order, once beads have changed; before that all of them. */
  let live = null;
  let next = units;
  const size = () => (live ? live.length : units);
  const nth = (k) => unit(live ? live[k] : k);
  const indexOf = (id) => {
    const i = Number(id.slice(1)) - 1;
    return i >= 0 && i < next && (!live || live.includes(i)) ? i : refuse(404, `no unit \`${id}\``);
  };
  const idOf = (i) => `u${String(i + 1).padStart(25, "0")}`;
  /** The units of the two alignments take turns. */
  const bitexts = new Map(
    origins.map((origin, at) => [origin, makeBitext(at ? 60 : 900, (n) => (n * 2 + at < Math.min(units, 400) ? idOf(n * 2 + at) : null))]),
  );
  const bitextOf = (origin) => bitexts.get(origin) ?? refuse(404, `no alignment \`${origin}\``);
  const stateOf = (bead) => (bead.unit ? unit(indexOf(bead.unit)).state : "unreviewed");
  const isAccepted = (bead) => bead.by_hand || ["accepted", "edited"].includes(stateOf(bead));
  const beadBase = ({ texts, beads }) =>
    createHash("sha256")
      .update(JSON.stringify([texts, beads.map((bead) => [bead.source, bead.target, bead.by_hand])]))
      .digest("hex")
      .slice(0, 16);
  /** A bead as it is sent. */
  const sent = ({ texts }, bead, n) => ({
    n,
    ...Object.fromEntries(
      ["source", "target"].map((side) => [side, texts[side].slice(...bead[side]).map((text, k) => ({ n: bead[side][0] + k, text }))]),
    ),
    ...pick(bead, ["confidence", "by_hand"]),
    kind: kindOf(bead),
    accepted: isAccepted(bead),
    unit: bead.unit ?? null,
    state: stateOf(bead),
  });
  const views = new Map();
  const samples = new Map();
  /** Acts that can be undone: an act, what it changed, whether it is undone. */
  const acts = [];
  const events = [];
  const listeners = new Set();
  let seq = 0;

  const base = (u) => createHash("sha256").update(`${u.id} ${u.version} ${u.source} ${u.target} ${u.state}`).digest("hex").slice(0, 16);
  const row = (u) => ({
    ...pick(u, ["id", "n", "source", "target", "confidence", "score", "state", "origin", "statement", "kind", "edited"]),
    base: base(u),
    findings: u.findings.filter((f) => !f.dismissed).map(({ check, tier }) => ({ check, tier })),
  });
  const changed = (event, list) => {
    seq++;
    events.push({ seq, event, list });
    for (const wake of listeners) wake();
  };
  const eventOf = (by, u, op, args) => ({
    v: 1,
    id: `${by}-${String(events.length + 1).padStart(6, "0")}`,
    at: new Date(Date.UTC(2026, 0, 1, 9, events.length)).toISOString(),
    by,
    unit: u?.id ?? "",
    base: u ? base(u) : "",
    op,
    ...args,
  });
  const matches = (u, f) =>
    (!f.state || f.state.includes(u.state)) &&
    (!f.check || u.findings.some((x) => !x.dismissed && f.check.includes(x.check))) &&
    (!f.tier || u.findings.some((x) => !x.dismissed && x.tier === f.tier)) &&
    (f.confidence_below === undefined || (u.confidence !== null && u.confidence < f.confidence_below)) &&
    (f.score_below === undefined || (u.score !== null && u.score < f.score_below)) &&
    (!f.kind || u.kind !== "1:1") &&
    (!f.origin || u.origin === f.origin) &&
    (!f.statement || u.statement === f.statement) &&
    (!f.unit || u.id === f.unit) &&
    (!f.query || fold(`${u.source} ${u.target}`).includes(fold(f.query)));
  const list = (view) => views.get(view) ?? refuse(404, `no view \`${view}\``);
  const at = (view, k) => unit(view.indexes ? view.indexes[k] : k);
  /** Gives beads that an act made their units, and takes the units away of those that are gone. */
  const unitsFollow = (before, after, origin) => {
    live ??= Array.from({ length: units }, (_, i) => i);
    const left = new Set(after.beads.map((bead) => bead.unit));
    const gone = before.beads.filter((bead) => bead.unit && !left.has(bead.unit)).map((bead) => indexOf(bead.unit));
    const newBeads = after.beads.filter((bead) => bead.unit === undefined);
    const fresh = [];
    for (const bead of newBeads) {
      bead.unit = null;
      if (kindOf(bead).includes("0:") || kindOf(bead).endsWith(":0")) continue;
      const text = (side) => after.texts[side].slice(...bead[side]).join(" ");
      const plain = { findings: [], statement: null, kind: kindOf(bead), confidence: bead.confidence };
      made.set(next, { ...makeUnit(next, origins), ...plain, source: text("source"), target: text("target"), origin });
      bead.unit = idOf(next);
      fresh.push(next++);
    }
    const place = gone.length ? live.indexOf(gone[0]) : live.length;
    live = live.toSpliced(place, 0, ...fresh).filter((i) => !gone.includes(i));
  };
  /** Puts new beads in the place of the old ones; it can be undone. */
  const regrouped = (origin, after, bead, before, by, op, how) => {
    const lived = live;
    const was = bitextOf(origin);
    unitsFollow(was, after, origin);
    bitexts.set(origin, { texts: after.texts, beads: after.beads });
    const event = { ...eventOf(by, null, op, { bitext: origin, how }), unit: `b-${origin}` };
    acts.push({
      by,
      made: event,
      changes: [],
      undone: false,
      beads: { origin, before: [was, lived, before], after: [bitexts.get(origin), live, bead] },
    });
    changed(event, []);
    return { event, seq };
  };
  const snapshot = (u) => structuredClone(pick(u, ["source", "target", "state", "edited", "findings", "notes"]));
  const beadOf = (u) => {
    const n = bitextOf(u.origin).beads.findIndex((bead) => bead.unit === u.id);
    if (n < 0) return null;
    const bead = bitextOf(u.origin).beads[n];
    return { origin: u.origin, n, kind: kindOf(bead), accepted: isAccepted(bead) };
  };
  const write = () => {
    if (readOnly) refuse(403, "the corpus is open for reading only");
  };

  const api = {
    session: () => ({
      corpus: "corpus.db",
      title: "Asamblea General 2025",
      source_lang: "es",
      target_lang: "en",
      reviewer,
      read_only: readOnly,
      units,
      seq,
      version: "0.1.0",
    }),
    checks: (lang) => CHECKS.map(({ id, tier, es, en }) => ({ id, tier, about: lang === "es" ? es : en })),
    view({ filter = {}, order = "place" }) {
      const open = Object.values(filter).every((value) => value === undefined);
      let indexes = null;
      if (!open || order === "queue") {
        indexes = [];
        for (let k = 0; k < size(); k++) if (matches(nth(k), filter)) indexes.push(live ? live[k] : k);
        if (order === "queue") indexes.sort((a, b) => (unit(a).confidence ?? 1) - (unit(b).confidence ?? 1) || a - b);
      }
      indexes ??= live;
      const id = `v${views.size + 1}`;
      views.set(id, { indexes, total: indexes ? indexes.length : units });
      return { view: id, total: views.get(id).total, seq };
    },
    rows(id, start, count) {
      const view = list(id);
      const end = Math.min(view.total, start + Math.min(count, 500));
      return { start, total: view.total, rows: Array.from({ length: Math.max(0, end - start) }, (_, k) => row(at(view, start + k))) };
    },
    find(id, query) {
      const view = list(id);
      const by = query.has("after") ? 1 : query.has("before") ? -1 : 0;
      if (by) {
        const tier = Number(query.get("tier") ?? 1);
        for (let k = Number(query.get(by > 0 ? "after" : "before")) + by; k >= 0 && k < view.total; k += by)
          if (at(view, k).findings.some((f) => !f.dismissed && (!tier || f.tier === tier))) return { index: k };
        refuse(404, "no such finding");
      }
      const wanted = query.has("unit") ? indexOf(query.get("unit")) : Number(query.get("n")) - 1;
      const index = view.indexes ? view.indexes.indexOf(wanted) : wanted >= 0 && wanted < units ? wanted : -1;
      return index < 0 ? refuse(404, "not in this view") : { index };
    },
    counts() {
      const state = {},
        check = {};
      let [tier1, low, uneven] = [0, 0, 0];
      const seen = Math.min(size(), 20000); // a mock need not be exact for a million
      for (let k = 0; k < seen; k++) {
        const u = nth(k);
        state[u.state] = (state[u.state] ?? 0) + 1;
        for (const f of u.findings) if (!f.dismissed) check[f.check] = (check[f.check] ?? 0) + 1;
        if (u.findings.some((f) => f.tier === 1 && !f.dismissed)) tier1++;
        if (u.confidence !== null && u.confidence < 0.6) low++;
        if (u.kind !== "1:1") uneven++;
      }
      state.unreviewed = (state.unreviewed ?? 0) + size() - seen;
      return { all: size(), state, check, tier1, low, not_one_to_one: uneven, seq };
    },
    unit(id, lang) {
      const u = unit(indexOf(id));
      const fresh = makeUnit(u.n - 1, origins);
      const message = (f) => (lang === "es" ? `Mira: ${f.check} en los dos lados.` : `Look: ${f.check} on both sides.`);
      return {
        row: row(u),
        source: {
          text: u.source,
          lang: "es",
          original: fresh.source,
          provenance: { outlet: "Canal Uno", url: "https://example.org/es", licence: "quotation", date: "2025-09-23" },
        },
        target: {
          text: u.target,
          lang: "en",
          original: fresh.target,
          provenance: { outlet: "Agency A", url: "javascript:alert(1)", translator: { kind: "agency" }, date: "2025-09-23" },
        },
        findings: u.findings.map((f) => ({
          key: `${f.check}-${u.n}`,
          check: f.check,
          tier: f.tier,
          message: message(f),
          source_spans: f.sourceSpans,
          target_spans: f.targetSpans,
          dismissed: f.dismissed,
        })),
        notes: u.notes,
        history: events.filter((e) => e.event.unit === u.id).map((e) => e.event),
        renderings: u.statement
          ? RENDERINGS.map((r) => ({
              ...pick(r, ["name", "lang", "text", "outlet", "url", "kind", "quote_type"]),
              current: r.name === "tv",
            }))
          : [],
        statement: u.statement
          ? {
              name: u.statement,
              speaker: "Ministra de Exteriores",
              role: "ministra",
              event: "Asamblea General",
              date: "2025-09-23",
              place: "Nueva York",
              medium: "un-speech",
            }
          : null,
        bead: beadOf(u),
        base: base(u),
      };
    },
    act({ unit: id, base: seen, op, ...args }, by) {
      write();
      const u = unit(indexOf(id));
      if (seen !== base(u)) refuse(409, "the unit has changed", { row: row(u), base: base(u) });
      const before = snapshot(u);
      const made = eventOf(by, u, op, args);
      if (op === "verdict") u.state = args.state === "accepted" && u.edited ? "edited" : args.state;
      else if (op === "edit") {
        if (u[args.side] !== args.from) refuse(409, "the text has changed", { row: row(u), base: base(u) });
        u[args.side] = args.to;
        u.edited = true;
        if (u.state === "accepted") u.state = "edited";
      } else if (op === "note") u.notes = [...u.notes, { id: made.id, by, at: made.at, text: args.text }];
      else if (op === "dismiss" || op === "undismiss")
        u.findings = u.findings.map((f) =>
          `${f.check}-${u.n}` === args.finding
            ? { ...f, dismissed: op === "dismiss" ? { by, at: made.at, reason: args.reason } : null }
            : f,
        );
      else refuse(400, `unknown op \`${op}\``);
      u.version++;
      acts.push({ by, made, changes: [[u, before, snapshot(u)]], undone: false });
      changed(made, [u]);
      return { event: made, row: row(u), base: base(u), seq };
    },
    step(which, by) {
      write();
      const mine = acts.filter((act) => act.by === by);
      const found = which === "undo" ? mine.filter((act) => !act.undone).at(-1) : mine.filter((act) => act.undone).at(0);
      if (!found) refuse(404, `nothing to ${which}`);
      found.undone = which === "undo";
      for (const [u, before, after] of found.changes) {
        Object.assign(u, structuredClone(which === "undo" ? before : after));
        u.version++;
      }
      const u = found.changes.length === 1 ? found.changes[0][0] : null;
      const made = { ...eventOf(by, u, "undo", { event: found.made.id }), unit: u?.id ?? found.made.unit };
      let beads = null;
      if (found.beads) {
        const [bitext, lived, bead] = found.beads[which === "undo" ? "before" : "after"];
        bitexts.set(found.beads.origin, bitext);
        live = lived;
        beads = { origin: found.beads.origin, bead };
      }
      changed(
        made,
        found.changes.map(([one]) => one),
      );
      return { event: made, undone: found.made, row: u ? row(u) : null, seq, beads };
    },
    sample(id) {
      const view = list(id);
      const picked = [...new Set(Array.from({ length: 20 }, (_, k) => Math.floor(((k + 0.5) / 20) * view.total)))].map((k) => at(view, k));
      samples.set(
        id,
        picked.map((u) => u.id),
      );
      return { sample: picked.map(row) };
    },
    bulk({ view: id, state, sample }, by) {
      write();
      const view = list(id);
      const all = Array.from({ length: view.total }, (_, k) => at(view, k));
      if (all.some((u) => u.findings.some((f) => f.tier === 1 && !f.dismissed)))
        refuse(409, "the view holds a finding of tier 1", { hint: "dismiss it or decide on its unit first" });
      if (JSON.stringify([...sample].sort()) !== JSON.stringify([...(samples.get(id) ?? [])].sort()))
        refuse(409, "not the sample that was given");
      const changes = all.map((u) => {
        const before = snapshot(u);
        u.state = u.edited ? "edited" : state;
        u.version++;
        return [u, before, snapshot(u)];
      });
      const made = eventOf(by, null, "bulk", { state, count: changes.length });
      acts.push({ by, made, changes, undone: false });
      changed(made, all);
      return { event: made, count: changes.length, seq };
    },
    async changes(since, wait, gone) {
      if (seq <= since)
        await new Promise((resolve) => {
          const done = () => {
            listeners.delete(done);
            clearTimeout(timer);
            resolve();
          };
          const timer = setTimeout(done, wait * 1000);
          listeners.add(done);
          gone(done);
        });
      const fresh = events.filter((e) => e.seq > since);
      return { seq, rows: [...new Set(fresh.flatMap((e) => e.list))].slice(0, 500).map(row), acts: fresh.map((e) => e.event) };
    },
    concordance(q, side, start, count) {
      const hits = [];
      const wanted = fold(q.replace(/["*]/g, ""));
      for (let i = 0; i < Math.min(units, 2000); i++) {
        const u = unit(i);
        const found = fold(u[side]).indexOf(wanted);
        if (found >= 0)
          hits.push({
            id: u.id,
            n: u.n,
            left: u[side].slice(Math.max(0, found - 40), found),
            match: u[side].slice(found, found + wanted.length),
            right: u[side].slice(found + wanted.length, found + wanted.length + 40),
            other: u[side === "source" ? "target" : "source"],
            outlet: "Agency A",
          });
      }
      const groups = new Map();
      for (const hit of hits) {
        const word = hit.other.split(" ").slice(-2).join(" ");
        groups.set(word, (groups.get(word) ?? 0) + 1);
      }
      return {
        total: hits.length,
        groups: [...groups]
          .sort((a, b) => b[1] - a[1])
          .slice(0, 8)
          .map(([rendering, n]) => ({ rendering, count: n, outlets: ["Agency A"] })),
        hits: hits.slice(start, start + count),
      };
    },
    statements: () => [
      {
        name: STATEMENT_NAME,
        speaker: "Ministra de Exteriores",
        event: "Asamblea General",
        date: "2025-09-23",
        reference: RENDERINGS[0].text,
        renderings: RENDERINGS.length,
      },
      { name: "dos", speaker: "Otro orador", event: null, date: "2025-01-03", reference: "¿Y entonces quién dio la orden?", renderings: 2 },
    ],
    statement: (name) => ({
      statement: {
        name,
        speaker: name === "dos" ? "Otro orador" : "Ministra de Exteriores",
        role: "ministra",
        event: "Asamblea General",
        date: "2025-09-23",
        place: "Nueva York",
        medium: "un-speech",
      },
      renderings: RENDERINGS,
    }),
    report() {
      const { state, check } = api.counts();
      return {
        confidence: Array.from({ length: 10 }, (_, k) => ({
          from: k / 10,
          to: (k + 1) / 10,
          units: [2, 3, 5, 9, 22, 34, 28, 41, 66, 90][k],
          accepted: [0, 0, 1, 3, 9, 18, 18, 31, 55, 86][k],
          rejected: [1, 2, 3, 4, 10, 12, 8, 7, 7, 3][k],
        })),
        states: state,
        findings: Object.entries(check).map(([id, open]) => ({
          check: id,
          tier: id === "length" ? 2 : 1,
          open,
          dismissed: 4,
          accepted: Math.floor(open / 5),
          rejected: Math.floor(open / 3),
          flagged: 1,
        })),
        by_day: ["2026-01-05", "2026-01-06", "2026-01-07"].map((day, k) => ({ day, acts: 40 + 31 * k })),
        reviewers: [
          { by: reviewer, acts: 133 },
          { by: "luis", acts: 87 },
        ],
      };
    },
    documents: () =>
      origins.map((origin) => ({
        origin,
        source: `${origin}.es.txt`,
        target: `${origin}.en.txt`,
        beads: bitextOf(origin).beads.length,
        not_one_to_one: bitextOf(origin).beads.filter((bead) => kindOf(bead) !== "1:1").length,
        low: bitextOf(origin).beads.filter((bead) => bead.confidence < 0.6).length,
      })),
    beads(origin, start, count) {
      const bitext = bitextOf(origin);
      const beads = bitext.beads.slice(start, start + count).map((bead, k) => sent(bitext, bead, start + k));
      return { total: bitext.beads.length, beads, base: beadBase(bitext) };
    },
    path(origin) {
      const { texts, beads } = bitextOf(origin);
      const points = beads.map((bead) => {
        const [m, n] = kindOf(bead).split(":").map(Number);
        return [bead.source[0], bead.target[0], m, n, bead.confidence, isAccepted(bead)];
      });
      return { source: texts.source.length, target: texts.target.length, points };
    },
    regroup(origin, { base: seen, ...asked }, by) {
      write();
      const bitext = bitextOf(origin);
      if (seen !== beadBase(bitext)) refuse(409, "the beads have changed since they were shown", { base: beadBase(bitext) });
      const after = change(bitext, asked, isAccepted);
      const op = { split_segment: "cut", merge_segments: "join" }[asked.op] ?? "regroup";
      const done = regrouped(origin, after, after.bead, asked.bead, by, op, asked.op);
      return { bead: after.bead, total: after.beads.length, base: beadBase(bitextOf(origin)), ...done };
    },
    realign(origin, { base: seen, from, to, dry_run }, by) {
      if (!dry_run) write();
      const bitext = bitextOf(origin);
      if (seen !== beadBase(bitext)) refuse(409, "the beads have changed since they were shown", { base: beadBase(bitext) });
      const { beads, changes } = realign(bitext, from, to, isAccepted);
      const shown = changes.map((one) => ({
        before: one.before.map((bead) => sent(bitext, bead, bitext.beads.indexOf(bead))),
        after: one.after.map((bead, k) => sent(bitext, bead, one.at + k)),
      }));
      if (dry_run || !changes.length) return { changes: shown, base: seen, seq: 0, event: null };
      const done = regrouped(origin, { texts: bitext.texts, beads }, from, from, by, "regroup", "realign");
      return { changes: shown, base: beadBase(bitextOf(origin)), ...done };
    },
    files({ files }) {
      if (files?.length !== 2) refuse(400, "two files are needed");
      const [a, b] = files.map((file) => file.text.split("\n").filter((line) => line.trim()));
      const made = Array.from({ length: Math.max(a.length, b.length) }, (_, k) => ({
        n: k,
        source: a[k] ? [{ n: k, text: a[k] }] : [],
        target: b[k] ? [{ n: k, text: b[k] }] : [],
        confidence: a[k] && b[k] ? 0.9 : 0.4,
        kind: `${a[k] ? 1 : 0}:${b[k] ? 1 : 0}`,
        accepted: false,
        by_hand: false,
        unit: null,
        state: null,
      }));
      return { beads: made, report: { source_lang: "es", target_lang: "en", messages: [] } };
    },
  };
  return api;
}

function pick(from, names) {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}
function fold(text) {
  return text
    .normalize("NFD")
    .replace(/[nN]\u0303/g, (m) => (m[0] === "n" ? "ñ" : "Ñ"))
    .replace(/\p{M}/gu, "")
    .toLowerCase();
}
