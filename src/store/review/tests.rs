use super::*;
use crate::model::{Act, Bead, Finding, Side, State};
use crate::store::UnitQuery;
use crate::store::tests::{new_store, put};
use Verdict::{Accepted, Flagged, Rejected, Unreviewed};

/// A store with these units, each with the id of its row.
fn store_of(texts: &[(&str, &str)]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = new_store(&folder);
    put(&mut store, "a.tsv", texts);
    (folder, store)
}

fn small() -> (tempfile::TempDir, Store) {
    store_of(&[("uno", "one"), ("dos", "two"), ("tres", "three"), ("año", "year")])
}

fn id(store: &Store, row: i64) -> String {
    store.unit_id(row).expect("a unit")
}

fn base_of(store: &Store, row: i64) -> String {
    let base = store.history(&id(store, row)).expect("a query").expect("a unit").base();
    assert_eq!(store.row(&id(store, row)).expect("a query").expect("a row").base, base, "rows and history agree");
    base
}

fn state(store: &Store, row: u32) -> State {
    store.rows(&[row]).expect("rows")[0].state
}

/// An act on the state that the unit is in.
#[track_caller]
fn done(store: &mut Store, by: &str, row: i64, act: &Act) -> Done {
    let (unit, base) = (id(store, row), base_of(store, row));
    match store.act(by, 1_000, &unit, &base, act, None).expect("an act") {
        Acted::Done(done) => done,
        Acted::Conflict { .. } => panic!("a conflict"),
    }
}

fn verdict(state: Verdict) -> Act {
    Act::Verdict { state }
}

fn edit(from: &str, to: &str) -> Act {
    Act::Edit { side: Side::Target, from: from.into(), to: to.into(), reason: None }
}

fn finding(check: &str, tier: u8) -> Finding {
    serde_json::from_value(serde_json::json!({"check": check, "check_version": 1, "tier": tier, "source_spans": [], "target_spans": [],
        "message": "m", "its": "other"}))
    .expect("a finding")
}

#[test]
fn events_are_numbered_by_reviewer_and_never_go_back_in_time() {
    let (_folder, mut store) = small();
    assert_eq!(done(&mut store, "ana", 1, &verdict(Accepted)).event.id, "ana-000001");
    assert_eq!(done(&mut store, "bob", 2, &verdict(Accepted)).event.id, "bob-000001");
    let last = done(&mut store, "ana", 1, &verdict(Flagged));
    assert_eq!((last.event.id.as_str(), last.event.at.as_str()), ("ana-000002", "1970-01-01T00:00:01.002Z"));
    assert_eq!(store.event_seq().expect("a number"), last.seq);
    assert_eq!(store.events_since(2).expect("events").len(), 1);
}

#[test]
fn an_act_on_a_state_that_is_gone_is_refused_and_leaves_nothing() {
    let (_folder, mut store) = small();
    let (unit, seen) = (id(&store, 1), base_of(&store, 1));
    done(&mut store, "bob", 1, &verdict(Rejected));
    let acted = store.act("ana", 0, &unit, &seen, &verdict(Accepted), None).expect("an answer");
    assert_eq!(acted, Acted::Conflict { row: 1, base: base_of(&store, 1) });
    assert_eq!((store.event_count().expect("a number"), state(&store, 1)), (1, State::Rejected));
    let wrong = edit("not what it is", "x");
    let seen = base_of(&store, 1);
    assert!(matches!(store.act("ana", 0, &unit, &seen, &wrong, None), Ok(Acted::Conflict { .. })));
}

#[test]
fn names_units_and_acts_that_are_none_are_refused() {
    let (_folder, mut store) = small();
    let (unit, seen) = (id(&store, 1), base_of(&store, 1));
    for by in ["", "Ana", "a/b", &"a".repeat(41)] {
        assert!(store.act(by, 0, &unit, &seen, &verdict(Accepted), None).is_err(), "{by}");
    }
    assert!(store.act("ana", 0, "no-unit", &seen, &verdict(Accepted), None).is_err());
    assert!(store.act("ana", 0, &"a".repeat(26), &seen, &verdict(Accepted), None).is_err());
    for act in [edit("one", " "), Act::Undo { event: "x".into() }, Act::Other] {
        assert!(store.act("ana", 0, &unit, &seen, &act, None).is_err(), "{act:?}");
    }
}

#[test]
fn an_edit_shows_everywhere_and_its_undoing_too() {
    let (_folder, mut store) = small();
    store.connection.execute("UPDATE unit SET score = 0.9", []).expect("scored by the file");
    store.put_findings(1, &[finding("number", 1)]).expect("put");
    let recheck = |stored: &StoredUnit| if stored.unit.target == "One." { Vec::new() } else { vec![finding("case", 2)] };
    let (unit, seen) = (id(&store, 1), base_of(&store, 1));
    store.act("ana", 0, &unit, &seen, &edit("one", "One."), Some(&recheck)).expect("an act");
    let row = store.rows(&[1]).expect("rows").remove(0);
    assert_eq!((row.target.as_str(), row.edited, row.score, row.findings.len()), ("One.", true, None, 0));
    let exported: Vec<_> = store.unit_pages(UnitQuery::default(), 10).expect("pages").flat_map(|p| p.expect("a page")).collect();
    assert_eq!(exported[0].unit.target, "One.");
    let found = store.undo("ana", 0, Some(&recheck)).expect("an answer").done().expect("something");
    assert_eq!((found.rows, found.undone.op.as_str()), (vec![1], "edit"));
    let row = store.rows(&[1]).expect("rows").remove(0);
    assert_eq!((row.target.as_str(), row.edited, row.score), ("one", false, Some(0.9)));
    assert_eq!(row.findings, [("case".to_string(), 2)]);
    assert_eq!(store.verify().expect("verified"), []);
}

#[test]
fn undo_and_redo_go_back_and_forth_across_restarts() {
    let (folder, mut store) = small();
    done(&mut store, "ana", 1, &verdict(Accepted));
    done(&mut store, "bob", 2, &verdict(Rejected));
    done(&mut store, "ana", 3, &verdict(Flagged));
    let states = |store: &Store| store.rows(&[1, 2, 3]).expect("rows").iter().map(|r| r.state.name()).collect::<Vec<_>>().join(" ");
    let step = |store: &mut Store, redo: bool| {
        let done = if redo { store.redo("ana", 0, None) } else { store.undo("ana", 0, None) };
        done.expect("an answer").done().is_some().then(|| states(store))
    };
    assert_eq!(step(&mut store, false).as_deref(), Some("accepted rejected unreviewed"));
    drop(store);
    let mut store = Store::open(&folder.path().join("corpus.db")).expect("opens");
    assert_eq!(step(&mut store, false).as_deref(), Some("unreviewed rejected unreviewed"));
    assert_eq!(step(&mut store, false), None, "the other act is not hers");
    assert_eq!(step(&mut store, true).as_deref(), Some("accepted rejected unreviewed"));
    assert_eq!(step(&mut store, true).as_deref(), Some("accepted rejected flagged"));
    assert_eq!(step(&mut store, true), None);
    assert_eq!(step(&mut store, false).as_deref(), Some("accepted rejected unreviewed"));
    done(&mut store, "ana", 4, &verdict(Accepted));
    assert_eq!(step(&mut store, true), None, "a new act ends what can be done again");
    assert_eq!(store.verify().expect("verified"), []);
}

#[test]
fn an_act_on_many_is_one_event_and_one_undo() {
    let (_folder, mut store) = small();
    done(&mut store, "bob", 2, &verdict(Rejected));
    done(&mut store, "bob", 3, &edit("three", "3"));
    let Bulked::Done { count, event, .. } = store.bulk("ana", 0, &[1, 2, 3, 4], "all", Accepted, &[]).expect("an answer") else {
        panic!("refused")
    };
    assert_eq!((count, event.id.as_str(), event.unit.as_str()), (3, "ana-000001", ""));
    let states = |store: &Store| store.rows(&[1, 2, 3, 4]).expect("rows").iter().map(|r| r.state.name()).collect::<Vec<_>>().join(" ");
    assert_eq!(states(&store), "accepted rejected edited accepted", "what somebody decided stays");
    assert_eq!(store.verify().expect("verified"), []);
    done(&mut store, "bob", 4, &verdict(Flagged));
    assert_eq!(store.undo("ana", 0, None).expect("an answer").done().expect("something").rows, [1, 3, 4]);
    assert_eq!(states(&store), "unreviewed rejected unreviewed flagged");
    store.redo("ana", 0, None).expect("an answer").done().expect("something");
    assert_eq!(states(&store), "accepted rejected edited flagged");
    assert_eq!(store.verify().expect("verified"), []);
    assert_eq!(store.history(&id(&store, 1)).expect("a query").expect("a unit").history.len(), 3);
}

#[test]
fn an_act_on_many_stops_at_an_open_finding_of_tier_1() {
    let (_folder, mut store) = small();
    store.put_findings(2, &[finding("number", 1)]).expect("put");
    assert_eq!(store.bulk("ana", 0, &[1, 2], "all", Accepted, &[]).expect("an answer"), Bulked::Tier1(1));
    let key = store.detail(&id(&store, 2)).expect("a query").expect("a unit").findings[0].key.clone();
    done(&mut store, "ana", 2, &Act::Dismiss { finding: key, reason: None });
    assert!(matches!(store.bulk("ana", 0, &[1, 2], "all", Accepted, &[]), Ok(Bulked::Done { count: 2, .. })));
}

#[test]
fn dismissed_findings_are_left_out_everywhere() {
    let (_folder, mut store) = small();
    store.put_findings(2, &[finding("number", 1), finding("case", 2)]).expect("put");
    store.put_findings(3, &[finding("number", 1)]).expect("put");
    let detail = store.detail(&id(&store, 2)).expect("a query").expect("a unit");
    let key = detail.findings[0].key.clone();
    done(&mut store, "ana", 2, &Act::Dismiss { finding: key, reason: Some("a name".into()) });
    assert_eq!(store.rows(&[2]).expect("rows")[0].findings, [("case".to_string(), 2)]);
    let counts = store.counts().expect("counts");
    assert_eq!((counts.tier1, counts.check["number"], counts.check["case"]), (1, 1, 1));
    let filter = Filter { check: vec!["number".into()], ..Filter::default() };
    assert_eq!(store.view(&filter, Order::Place).expect("a view"), [3]);
    let report = store.report().expect("a report");
    let number = report.findings.iter().find(|c| c.check == "number").expect("counted");
    assert_eq!((number.open, number.dismissed), (1, 1));
    let exported =
        store.unit_pages(UnitQuery { findings: true, ..UnitQuery::default() }, 10).expect("pages").next().expect("a page").expect("read");
    assert_eq!(exported[1].findings.iter().map(|f| f.check.as_str()).collect::<Vec<_>>(), ["case"]);
    let detail = store.detail(&id(&store, 2)).expect("a query").expect("a unit");
    assert_eq!(detail.findings[0].dismissed.as_ref().and_then(|d| d.reason.as_deref()), Some("a name"));
    store.undo("ana", 0, None).expect("an answer").done().expect("something");
    assert_eq!(store.counts().expect("counts").tier1, 2);
}

#[test]
fn a_view_holds_what_its_filter_is_for_in_order_of_place() {
    let (_folder, mut store) = small();
    put(&mut store, "0.tsv", &[("cero", "zero")]);
    store.prepare_views().expect("prepared");
    done(&mut store, "ana", 2, &verdict(Flagged));
    let view = |filter: Filter| store.view(&filter, Order::Place).expect("a view");
    assert_eq!(view(Filter::default()), [5, 1, 2, 3, 4], "origins by key");
    assert_eq!(view(Filter { state: vec![State::Flagged], ..Filter::default() }), [2]);
    assert_eq!(view(Filter { origin: Some("0.tsv".into()), ..Filter::default() }), [5]);
    assert_eq!(view(Filter { unit: Some(id(&store, 3)), ..Filter::default() }), [3]);
    assert!(store.view(&Filter { origin: Some("no".into()), ..Filter::default() }, Order::Place).is_err());
    let queue = store.view(&Filter::default(), Order::Queue).expect("a view");
    assert_eq!(queue.len(), 5);
}

#[test]
fn the_queue_begins_with_what_interrupts() {
    let texts: Vec<(String, String)> = (0..40).map(|n| (format!("s{n}"), format!("t{n}"))).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(s, t)| (s.as_str(), t.as_str())).collect();
    let (_folder, store) = store_of(&texts);
    store.connection.execute("UPDATE unit SET confidence = id / 100.0 WHERE id IN (7, 9)", []).expect("set");
    store.put_findings(30, &[finding("number", 1)]).expect("put");
    store.put_findings(20, &[finding("length", 2)]).expect("put");
    let queue = store.view(&Filter::default(), Order::Queue).expect("a view");
    assert_eq!(queue[..4], [30, 7, 9, 20]);
    assert_eq!(queue.len(), 40);
}

#[test]
fn counts_are_those_of_now() {
    let (_folder, mut store) = small();
    assert_eq!(store.counts().expect("counts").state["unreviewed"], 4);
    done(&mut store, "ana", 1, &verdict(Accepted));
    let counts = store.counts().expect("counts");
    assert_eq!((counts.all, counts.state["unreviewed"], counts.state["accepted"], counts.seq), (4, 3, 1, 1));
}

#[test]
fn a_review_outlives_the_vanishing_of_its_unit() {
    let (_folder, mut store) = small();
    done(&mut store, "ana", 2, &edit("two", "2"));
    done(&mut store, "ana", 2, &verdict(Accepted));
    assert_eq!(put(&mut store, "a.tsv", &[("uno", "one")]).withdrawn, 1);
    assert_eq!(state(&store, 2), State::Withdrawn);
    assert_eq!(store.view(&Filter::default(), Order::Place).expect("a view"), [1]);
    put(&mut store, "a.tsv", &[("uno", "one"), ("dos", "two")]);
    assert_eq!((state(&store, 2), store.rows(&[2]).expect("rows")[0].target.as_str()), (State::Edited, "2"));
    assert_eq!(store.verify().expect("verified"), []);
}

#[test]
fn a_unit_with_the_edited_text_takes_the_review_over() {
    let (_folder, mut store) = small();
    done(&mut store, "ana", 2, &edit("two", "Two."));
    done(&mut store, "bob", 2, &verdict(Accepted));
    done(&mut store, "bob", 2, &Act::Note { text: "ojo".into(), reply_to: None });
    put(&mut store, "a.tsv", &[("uno", "one"), ("dos", "Two.")]);
    let rows = store.view(&Filter::default(), Order::Place).expect("a view");
    let row = store.rows(&rows).expect("rows").remove(1);
    assert_eq!((row.state, row.edited, row.target.as_str()), (State::Accepted, false, "Two."));
    let detail = store.detail(&row.id).expect("a query").expect("a unit");
    assert_eq!((detail.reviewed.history.len(), detail.reviewed.current.notes.len()), (3, 1));
    done(&mut store, "ana", row.row, &verdict(Rejected));
    assert_eq!(store.verify().expect("verified"), []);
    put(&mut store, "a.tsv", &[("uno", "one"), ("dos", "Two.")]);
    assert_eq!(state(&store, rows[1]), State::Rejected);
}

#[test]
fn one_of_two_units_with_the_same_texts_takes_the_review_of_the_other_over() {
    let (_folder, mut store) = store_of(&[("sí", "yes"), ("sí", "yes")]);
    done(&mut store, "ana", 2, &verdict(Accepted));
    put(&mut store, "a.tsv", &[("sí", "yes")]);
    assert_eq!((state(&store, 1), state(&store, 2)), (State::Accepted, State::Withdrawn));
    assert_eq!(store.verify().expect("verified"), []);
}

#[test]
fn verify_sees_a_state_that_no_event_made_and_recompute_puts_it_right() {
    let (_folder, mut store) = small();
    done(&mut store, "ana", 1, &verdict(Accepted));
    store.connection.execute("UPDATE unit SET state = 'rejected' WHERE id = 1", []).expect("changed");
    assert_eq!(store.verify().expect("verified")[0].cause, "its state is not what its review events make");
    assert_eq!(store.recompute().expect("recomputed"), 1);
    assert_eq!((store.verify().expect("verified"), state(&store, 1)), (vec![], State::Accepted));
}

#[test]
fn merging_logs_gives_both_stores_the_same_states() {
    let (_a, mut ours) = small();
    let (_b, mut theirs) = small();
    done(&mut ours, "ana", 1, &verdict(Accepted));
    ours.bulk("ana", 3_000, &[2, 3], "some", Accepted, &[]).expect("done");
    done(&mut theirs, "bob", 1, &verdict(Flagged));
    done(&mut theirs, "bob", 4, &edit("year", "Year"));
    let merged = ours.merge_events(theirs.export_events(None).expect("events")).expect("merged");
    assert_eq!((merged.added, merged.conflicts.len(), merged.conflicts[0].event.as_str()), (2, 1, "bob-000001"));
    assert_eq!(theirs.merge_events(ours.export_events(None).expect("events")).expect("merged").added, 2);
    assert_eq!(ours.merge_events(theirs.export_events(None).expect("events")).expect("merged").known, 4);
    assert_eq!(ours.rows(&[1, 2, 3, 4]).expect("rows"), theirs.rows(&[1, 2, 3, 4]).expect("rows"));
    assert_eq!(ours.conflicts().expect("conflicts"), theirs.conflicts().expect("conflicts"));
    assert_eq!((ours.verify().expect("verified"), theirs.verify().expect("verified")), (vec![], vec![]));
    done(&mut ours, "eva", 1, &verdict(Rejected));
    assert_eq!(ours.conflicts().expect("conflicts"), []);
}

#[test]
fn two_events_with_one_id_are_refused() {
    let (_a, mut ours) = small();
    let (_b, mut theirs) = small();
    done(&mut ours, "ana", 1, &verdict(Accepted));
    done(&mut theirs, "ana", 1, &verdict(Flagged));
    let error = ours.merge_events(theirs.export_events(None).expect("events")).expect_err("refused").to_string();
    assert!(error.contains("another event has the id `ana-000001`"), "{error}");
}

#[test]
fn an_unknown_act_is_kept_and_handed_on() {
    let (_a, mut ours) = small();
    let (_b, mut theirs) = small();
    let line = serde_json::json!({"v": 1, "id": "ana-000001", "at": "2026-01-01T00:00:00Z", "by": "ana", "unit": id(&ours, 1), "base": "",
        "op": "score", "protocol": "da", "value": 70});
    let event: Event = serde_json::from_value(line).expect("an event");
    ours.merge_events(vec![event.clone()]).expect("merged");
    theirs.merge_events(ours.export_events(Some("ana")).expect("events")).expect("merged");
    assert_eq!(theirs.events().expect("events"), [event]);
    assert_eq!((state(&theirs, 1), theirs.verify().expect("verified")), (State::Unreviewed, vec![]));
    assert_eq!(done(&mut theirs, "ana", 1, &verdict(Accepted)).event.id, "ana-000002");
}

#[test]
fn events_that_came_before_their_unit_count_when_it_comes() {
    let (_a, mut ours) = small();
    done(&mut ours, "ana", 4, &verdict(Accepted));
    let (_b, mut theirs) = store_of(&[("uno", "one")]);
    assert_eq!(theirs.merge_events(ours.export_events(None).expect("events")).expect("merged").elsewhere, 1);
    put(&mut theirs, "a.tsv", &[("uno", "one"), ("año", "year")]);
    assert_eq!((state(&theirs, 2), theirs.verify().expect("verified")), (State::Accepted, vec![]));
}

/// A store with a bitext of two renderings of a statement: one bead of one to one, one of one to two.
fn renderings() -> (tempfile::TempDir, Store) {
    use crate::model::{Document, Lang, Segment, Statement};
    use crate::store::{Origin, OriginKind};
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = new_store(&folder);
    let rendering = |id: &str, lang: &str, text: &str| serde_json::json!({"id": id, "lang": lang, "kind": "original", "text": text, "quote_type": "direct"});
    let statement = serde_json::json!({"id": "march", "speaker": "Gustavo Petro", "medium": "megaphone", "original_lang": "es",
        "renderings": [rendering("a", "es", "Sí. No."), rendering("b", "en", "Yes. No. No.")]});
    let statement: Statement = serde_json::from_value(statement).expect("a statement");
    let document = |n: usize, path: &str, lang: Lang, starts: &[(usize, usize)]| Document {
        path: path.into(),
        lang,
        text: statement.renderings[n].text.clone(),
        segments: starts.iter().map(|(start, end)| Segment { start: *start, end: *end, paragraph: 0 }).collect(),
        layout: Default::default(),
        provenance: statement.provenance(&statement.renderings[n]),
    };
    let documents = [document(0, "s#march/a", Lang::ES, &[(0, 4), (5, 8)]), document(1, "s#march/b", Lang::EN, &[(0, 4), (5, 8), (9, 12)])];
    let origin = |key: &str, kind, parent, documents| Origin {
        key: key.into(),
        kind,
        source: "s".into(),
        file: "s".into(),
        target_file: None,
        format: "jsonl".into(),
        content_hash: "h".into(),
        original_lang: None,
        parent,
        documents,
    };
    let work = |store: &mut Store| -> Result<()> {
        let (parent, _) = store.put_origin(&origin("s", OriginKind::Statements, None, None))?;
        let rows = [store.put_document(&documents[0], "h", "")?, store.put_document(&documents[1], "h", "")?];
        store.put_statement(parent, 1, &statement, &rows)?;
        store.put_bitext(&origin("s#march/a|b", OriginKind::Bitext, Some(parent), Some((rows[0], rows[1]))))?;
        let beads = [Bead::new(0..1, 0..1, 0.9), Bead::new(1..2, 1..3, 0.4)];
        store.put_alignment(&store.bitext("s#march/a|b")?, [&documents[0], &documents[1]], &beads, "x 1").map(|_| ())
    };
    store.transaction(work).expect("stored");
    (folder, store)
}

#[test]
fn a_unit_of_renderings_shows_its_statement_and_its_bead() {
    let (_folder, store) = renderings();
    store.prepare_views().expect("prepared");
    let rows = store.rows(&[2, 1]).expect("rows");
    assert_eq!((rows[0].row, rows[0].kind, rows[0].statement.as_deref()), (2, Some((1, 2)), Some("march")));
    let view = |filter: Filter| store.view(&filter, Order::Place).expect("a view");
    assert_eq!(view(Filter { kind: Some("not-1:1".into()), ..Filter::default() }), [2]);
    assert_eq!(view(Filter { statement: Some("march".into()), ..Filter::default() }), [1, 2]);
    assert_eq!(view(Filter { confidence_below: Some(0.6), ..Filter::default() }), [2]);
    let counts = store.counts().expect("counts");
    assert_eq!((counts.low, counts.not_one_to_one), (1, 1));
    let detail = store.detail(&id(&store, 2)).expect("a query").expect("a unit");
    assert_eq!(detail.statement.map(|statement| statement.renderings.len()), Some(2));
    assert_eq!(detail.link.map(|link| link.target_rendering).as_deref(), Some("b"));
    assert_eq!(detail.bead.map(|(n, bead)| (n, bead.target)), Some((1, 1..3)));
    let bins = store.report().expect("a report").confidence;
    assert_eq!((bins[4].units, bins[9].units), (1, 1));
}

/// Numbers that look random, the same every time (Marsaglia's xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

/// One random act, undo or redo by one of the reviewers.
fn step(store: &mut Store, random: &mut Random, reviewers: &[&str]) {
    let by = reviewers[random.below(reviewers.len())];
    let row = random.below(4) as i64 + 1;
    let at = random.below(5_000) as i64;
    let text = |random: &mut Random| ["a", "b", "c"][random.below(3)].to_string();
    let act = match random.below(9) {
        0..=2 => verdict(Verdict::ALL[random.below(4)]),
        3 | 4 => {
            let side = Side::ALL[random.below(2)];
            let reviewed = store.history(&id(store, row)).expect("a query").expect("a unit");
            let from = if side == Side::Source { reviewed.source() } else { reviewed.target() }.to_string();
            Act::Edit { side, from, to: text(random), reason: None }
        }
        5 => Act::Note { text: text(random), reply_to: None },
        6 => Act::Dismiss { finding: text(random), reason: None },
        7 => Act::Undismiss { finding: text(random) },
        _ => {
            store.bulk(by, at, &[1, 2, 3], "some", [Accepted, Unreviewed][random.below(2)], &[]).expect("an answer");
            return;
        }
    };
    match random.below(4) {
        0 => drop(store.undo(by, at, None).expect("an answer")),
        1 => drop(store.redo(by, at, None).expect("an answer")),
        _ => {
            let (unit, base) = (id(store, row), base_of(store, row));
            assert!(matches!(store.act(by, at, &unit, &base, &act, None), Ok(Acted::Done(_))));
        }
    }
}

#[test]
fn after_any_acts_of_two_reviewers_the_states_are_what_the_log_makes() {
    for seed in 1..=8 {
        let (_folder, mut store) = small();
        let mut random = Random(seed * 7919);
        for _ in 0..60 {
            step(&mut store, &mut random, &["ana", "bob"]);
        }
        assert_eq!(store.verify().expect("verified"), [], "seed {seed}");
        let (_other, mut replayed) = small();
        replayed.merge_events(store.export_events(None).expect("events")).expect("merged");
        assert_eq!(replayed.rows(&[1, 2, 3, 4]).expect("rows"), store.rows(&[1, 2, 3, 4]).expect("rows"), "seed {seed}");
    }
}

#[test]
fn two_stores_that_merge_each_others_logs_agree_and_go_on() {
    for seed in 1..=8 {
        let ((_a, mut ours), (_b, mut theirs)) = (small(), small());
        let mut random = Random(seed * 15_485_863);
        for _ in 0..2 {
            for _ in 0..15 {
                step(&mut ours, &mut random, &["ana"]);
                step(&mut theirs, &mut random, &["bob", "eva"]);
            }
            ours.merge_events(theirs.export_events(None).expect("events")).expect("merged");
            theirs.merge_events(ours.export_events(None).expect("events")).expect("merged");
            assert_eq!(ours.rows(&[1, 2, 3, 4]).expect("rows"), theirs.rows(&[1, 2, 3, 4]).expect("rows"), "seed {seed}");
            assert_eq!((ours.verify().expect("verified"), theirs.verify().expect("verified")), (vec![], vec![]), "seed {seed}");
        }
    }
}

#[test]
fn undoing_everything_brings_back_the_beginning_and_doing_it_again_the_end() {
    for seed in 1..=4 {
        let (_folder, mut store) = small();
        let begin = store.rows(&[1, 2, 3, 4]).expect("rows");
        let mut random = Random(seed * 104_729);
        for _ in 0..12 {
            let act = match random.below(2) {
                0 => verdict(Verdict::ALL[random.below(4)]),
                _ => Act::Note { text: "x".into(), reply_to: None },
            };
            done(&mut store, "ana", random.below(4) as i64 + 1, &act);
        }
        let end = store.rows(&[1, 2, 3, 4]).expect("rows");
        let mut undone = 0;
        while store.undo("ana", 0, None).expect("an answer").done().is_some() {
            undone += 1;
        }
        assert_eq!((undone, store.rows(&[1, 2, 3, 4]).expect("rows")), (12, begin));
        while store.redo("ana", 0, None).expect("an answer").done().is_some() {}
        assert_eq!(store.rows(&[1, 2, 3, 4]).expect("rows"), end);
    }
}
