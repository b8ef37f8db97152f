// What the server sends and takes (for the type checker alone; never loaded by a browser).

type State = "unreviewed" | "accepted" | "edited" | "rejected" | "flagged" | "withdrawn";
type Side = "source" | "target";
type Span = [number, number];

interface Session {
  corpus: string;
  title: string;
  source_lang: string;
  target_lang: string;
  reviewer: string;
  read_only: boolean;
  units: number;
  seq: number;
  version: string;
}
interface CheckInfo {
  id: string;
  tier: number;
  about: string;
}
interface RowFinding {
  check: string;
  tier: number;
}
interface Row {
  id: string;
  n: number;
  source: string;
  target: string;
  confidence: number | null;
  score: number | null;
  state: State;
  findings: RowFinding[];
  origin: string;
  statement: string | null;
  kind: string | null;
  edited: boolean;
  base?: string;
}
interface ReviewEvent {
  id: string;
  at: string;
  by: string;
  unit: string;
  base: string;
  op: string;
  state?: State;
  side?: Side;
  from?: string;
  to?: string;
  reason?: string;
  text?: string;
  finding?: string;
  event?: string;
  count?: number;
  [more: string]: unknown;
}
interface SideDetail {
  text: string;
  lang: string;
  original: string;
  provenance: Record<string, unknown>;
}
interface Finding {
  key: string;
  check: string;
  tier: number;
  message: string;
  source_spans: Span[];
  target_spans: Span[];
  dismissed: null | { by: string; at: string; reason?: string | null };
}
interface Note {
  id: string;
  by: string;
  at: string;
  text: string;
}
interface Rendering {
  name: string;
  lang: string;
  text: string;
  outlet?: string | null;
  url?: string | null;
  kind: string;
  quote_type?: string | null;
  current?: boolean;
}
interface StatementInfo {
  name: string;
  speaker?: string | null;
  role?: string | null;
  event?: string | null;
  date?: string | null;
  place?: string | null;
  medium?: string | null;
  [more: string]: unknown;
}
interface UnitDetail {
  row: Row;
  source: SideDetail;
  target: SideDetail;
  findings: Finding[];
  notes: Note[];
  history: ReviewEvent[];
  renderings: Rendering[];
  statement: StatementInfo | null;
  bead: { origin: string; n: number; kind: string; accepted: boolean } | null;
  base: string;
}
interface Counts {
  all: number;
  state: Partial<Record<State, number>>;
  check: Record<string, number>;
  tier1: number;
  low: number;
  not_one_to_one: number;
  seq: number;
}
interface Filter {
  state?: State[];
  check?: string[];
  tier?: number;
  confidence_below?: number;
  score_below?: number;
  kind?: string;
  origin?: string;
  outlet?: string;
  statement?: string;
  unit?: string;
  query?: string;
}
interface Page<T> {
  start: number;
  total: number;
  rows: T[];
}
interface ActAnswer {
  event: ReviewEvent;
  row: Row;
  base: string;
  seq: number;
}
interface UndoAnswer {
  event: ReviewEvent;
  undone: ReviewEvent;
  row: Row | null;
  seq: number;
  /** Where the beads changed, if the act was one on beads. */
  beads: { origin: string; bead: number } | null;
}
interface Changes {
  seq: number;
  rows: Row[];
  acts: ReviewEvent[];
}
interface Hit {
  id: string;
  n: number;
  left: string;
  match: string;
  right: string;
  other: string;
  outlet?: string | null;
}
interface ConcordanceGroup {
  rendering: string;
  count: number;
  outlets: string[];
}
interface Concordance {
  total: number;
  groups: ConcordanceGroup[];
  hits: Hit[];
}
interface StatementLine {
  name: string;
  speaker?: string | null;
  event?: string | null;
  date?: string | null;
  reference: string;
  renderings: number;
}
interface StatementRendering extends Rendering {
  translator?: string | null;
  reference: boolean;
  diff: ["same" | "added" | "missing", string][];
  outlier: string | null;
}
interface StatementDetail {
  statement: StatementInfo;
  renderings: StatementRendering[];
}
interface ReportBin {
  from: number;
  to: number;
  units: number;
  accepted: number;
  rejected: number;
}
interface ReportFinding {
  check: string;
  tier: number;
  open: number;
  dismissed: number;
  accepted: number;
  rejected: number;
  flagged: number;
}
interface Report {
  confidence: ReportBin[];
  findings: ReportFinding[];
  states: Partial<Record<State, number>>;
  by_day: { day: string; acts: number }[];
  reviewers: { by: string; acts: number }[];
}
interface DocumentLine {
  origin: string;
  source: string;
  target: string;
  beads: number;
  not_one_to_one: number;
  low: number;
}
/** Beads and segments count from 0; people see them from 1. */
interface Segment {
  n: number;
  text: string;
}
interface Bead {
  n: number;
  source: Segment[];
  target: Segment[];
  confidence: number | null;
  kind: string;
  /** Realigning goes around it: its unit is accepted, or a person grouped it. */
  accepted: boolean;
  by_hand: boolean;
  unit: string | null;
  state: State | null;
}
interface BeadPage {
  total: number;
  beads: Bead[];
  base: string;
}
type PathPoint = [number, number, number, number, number | null, boolean | number];
interface PathData {
  source: number;
  target: number;
  points: PathPoint[];
}
interface BeadAnswer {
  /** Where the cursor belongs afterwards. */
  bead: number;
  total: number;
  base: string;
  event: ReviewEvent;
  seq: number;
}
interface RealignAnswer {
  changes: { before: Bead[]; after: Bead[] }[];
  base: string;
  /** 0 and null if it was only tried. */
  seq: number;
  event: ReviewEvent | null;
}
interface FilesAnswer {
  beads: Bead[];
  report?: {
    source?: string;
    target?: string;
    source_lang?: string;
    target_lang?: string;
    beads?: number;
    low?: number;
    messages?: string[];
  };
}

/** What a page of the app offers to the frame around it. */
interface AppPage {
  /** Its element, put into `<main>`. */
  node: HTMLElement;
  /** Which keys are in force. */
  mode: "review" | "align" | "other";
  /** What each action does here, by the action's id. */
  actions: Record<string, (event?: KeyboardEvent) => unknown>;
  /** The address changed within the same page. */
  update?: (route: Route) => void;
  /** Rows or acts came from another window or reviewer. */
  changed?: (changes: Changes) => void;
  /** The counts are newer. */
  counted?: () => void;
  /** Called when it is in the document. */
  shown?: () => void;
  /** Called when another page takes its place. */
  left?: () => void;
}
interface Route {
  page: string;
  name: string;
  query: URLSearchParams;
}

/** What pages share: the session, its texts and its few services. */
interface App {
  session: Session;
  checks: Map<string, CheckInfo>;
  counts: Counts | null;
  /** The newest act this window knows of. */
  seq: number;
  /** Remembers an answer to an act of this window, so that it is not taken for somebody else's when it comes among the changes. */
  noted: (answer: { event: ReviewEvent | null; seq: number }) => void;
  /** Whether this window did the act. */
  isOwn: (event: ReviewEvent) => boolean;
  keymap: import("./keys.js").Keymap;
  /** Says something in the live region. */
  say: (text: string, kind?: "plain" | "warning" | "error") => void;
  /** Says what went wrong with a request. */
  fail: (error: unknown) => void;
  /** Fetches the counts again soon, however often it is asked. */
  recount: () => void;
  /** Draws the hints and whatever hangs on the counts anew. */
  refresh: () => void;
  run: (action: string) => void;
}
