use super::*;

const UNIT: &str = "k3v9";

fn original() -> Original {
    Original {
        unit: UNIT.into(), source: "Siempre ha sido así.".into(), target: "It has always been so.".into(), state: State::Unreviewed
    }
}

/// Acts at second 1, 2, … on the state that the unit has then.
fn after(acts: &[(&str, Act)]) -> Reviewed {
    let mut reviewed = Reviewed::new(original());
    for (n, (by, act)) in acts.iter().enumerate() {
        let event = act.event(format!("{by}-{:06}", n + 1), (n as i64 + 1) * 1000, by, UNIT, &reviewed.base());
        reviewed = reviewed.with([event]);
    }
    reviewed
}

fn verdict(state: Verdict) -> Act {
    Act::Verdict { state }
}

fn edit(from: &str, to: &str) -> Act {
    Act::Edit { side: Side::Target, from: from.into(), to: to.into(), reason: None }
}

fn note(text: &str) -> Act {
    Act::Note { text: text.into(), reply_to: None }
}

fn undo(event: &str) -> Act {
    Act::Undo { event: event.into() }
}

#[test]
fn an_event_and_its_act_go_there_and_back() {
    let acts = [
        verdict(Verdict::Flagged),
        edit("a", "b"),
        Act::Note { text: "¿sí?".into(), reply_to: Some("ana-000001".into()) },
        Act::Dismiss { finding: "k".into(), reason: Some("names".into()) },
        Act::Undismiss { finding: "k".into() },
        Act::Bulk { filter: "{}".into(), state: Verdict::Accepted, sample: vec!["a".into()], count: 2 },
        undo("ana-000001"),
    ];
    for act in acts {
        let event = act.event("ana-000002".into(), 1_000, "ana", UNIT, "b");
        assert_eq!(event.at, "1970-01-01T00:00:01.000Z");
        let again: Event = serde_json::from_str(&serde_json::to_string(&event).expect("json")).expect("an event");
        assert_eq!(Act::of(&again), act);
    }
}

#[test]
fn an_act_that_is_not_known_is_kept_and_changes_nothing() {
    let mut event = note("x").event("ana-000001".into(), 0, "ana", UNIT, "b");
    event.op = "score".into();
    let reviewed = Reviewed::of(original(), [event.clone()]);
    assert_eq!(reviewed.current, Reviewed::new(original()).current);
    assert_eq!((reviewed.history[0].standing, &reviewed.history[0].event), (Standing::Unknown, &event));
}

#[test]
fn an_accepted_edit_is_edited_and_an_edit_back_is_none() {
    let reviewed = after(&[("ana", edit("It has always been so.", "It has never been so.")), ("ana", verdict(Verdict::Accepted))]);
    assert_eq!((reviewed.state(), reviewed.target()), (State::Edited, "It has never been so."));
    let back = reviewed.clone().with([edit("It has never been so.", "It has always been so.").event(
        "bob-000001".into(),
        9_000,
        "bob",
        UNIT,
        &reviewed.base(),
    )]);
    assert_eq!((back.state(), back.is_edited()), (State::Accepted, false));
}

#[test]
fn an_act_on_another_state_is_a_conflict_until_somebody_decides() {
    let seen = Reviewed::new(original()).base();
    let accepted = after(&[("ana", verdict(Verdict::Accepted))]);
    let late = verdict(Verdict::Rejected).event("bob-000001".into(), 5_000, "bob", UNIT, &seen);
    let reviewed = accepted.with([late]);
    assert_eq!(reviewed.state(), State::Accepted);
    assert_eq!(reviewed.conflicts().map(|entry| entry.event.id.as_str()).collect::<Vec<_>>(), ["bob-000001"]);
    let settling = verdict(Verdict::Flagged).event("eva-000001".into(), 6_000, "eva", UNIT, &reviewed.base());
    let settled = reviewed.with([settling]);
    assert_eq!((settled.state(), settled.conflicts().count()), (State::Flagged, 0));
    assert_eq!(settled.standing("bob-000001"), Some(Standing::Conflict));
}

#[test]
fn a_note_counts_on_any_state() {
    let late = note("ojo").event("bob-000001".into(), 5_000, "bob", UNIT, "another state");
    let reviewed = after(&[("ana", verdict(Verdict::Accepted))]).with([late]);
    assert_eq!((reviewed.current.notes.len(), reviewed.conflicts().count()), (1, 0));
}

#[test]
fn an_undone_undo_does_the_act_again() {
    let edited = ("ana", edit("It has always been so.", "No."));
    let mut acts = vec![edited, ("ana", verdict(Verdict::Accepted)), ("ana", undo("ana-000001"))];
    assert_eq!((after(&acts).state(), after(&acts).target()), (State::Accepted, "It has always been so."));
    acts.push(("ana", undo("ana-000003")));
    assert_eq!((after(&acts).state(), after(&acts).target()), (State::Edited, "No."));
    acts.push(("ana", undo("ana-000004")));
    assert_eq!(after(&acts).state(), State::Accepted);
}

#[test]
fn what_others_did_later_stays_when_an_act_is_undone() {
    let acts = [("ana", verdict(Verdict::Accepted)), ("bob", verdict(Verdict::Flagged)), ("ana", undo("ana-000001"))];
    let reviewed = after(&acts);
    assert_eq!((reviewed.state(), reviewed.standing("ana-000001")), (State::Flagged, Some(Standing::Undone)));
}

#[test]
fn nobody_undoes_what_another_did_and_nothing_is_undone_twice() {
    let reviewed = after(&[("ana", verdict(Verdict::Accepted)), ("bob", undo("ana-000001"))]);
    assert_eq!((reviewed.state(), reviewed.standing("bob-000002")), (State::Accepted, Some(Standing::Conflict)));
    let twice = after(&[("ana", verdict(Verdict::Accepted)), ("ana", undo("ana-000001")), ("ana", undo("ana-000001"))]);
    assert_eq!((twice.state(), twice.standing("ana-000003")), (State::Unreviewed, Some(Standing::Conflict)));
}

#[test]
fn a_dismissal_is_taken_back() {
    let dismiss = |finding: &str| Act::Dismiss { finding: finding.into(), reason: None };
    let acts = [("ana", dismiss("a")), ("bob", dismiss("b")), ("bob", Act::Undismiss { finding: "a".into() }), ("bob", undo("bob-000002"))];
    assert_eq!(after(&acts[..2]).current.dismissed.len(), 2);
    assert_eq!(after(&acts[..3]).current.dismissed[0].by, "bob");
    assert!(after(&acts).current.dismissed.is_empty());
}

#[test]
fn a_state_that_came_with_the_file_is_where_the_reviews_begin() {
    let ingested = Original { state: State::Edited, ..original() };
    let reviewed = Reviewed::new(ingested);
    assert_eq!((reviewed.current.verdict, reviewed.state()), (Verdict::Accepted, State::Edited));
}

#[test]
fn a_review_moves_to_a_unit_with_the_edited_text() {
    let reviewed = after(&[("ana", edit("It has always been so.", "Never.")), ("ana", verdict(Verdict::Accepted)), ("bob", note("ojo"))]);
    let heir = Original { unit: "new".into(), target: "Never.".into(), ..original() };
    let moved = reviewed.moved_to(heir);
    assert_eq!((moved.state(), moved.is_edited(), moved.current.notes.len(), moved.history.len()), (State::Accepted, false, 1, 3));
    let rejected = verdict(Verdict::Rejected).event("eva-000001".into(), 9_000, "eva", "new", &moved.base());
    let undone = moved.with([rejected]);
    assert_eq!(undone.state(), State::Rejected);
    let base = undone.base();
    let undone = undone.with([undo("eva-000001").event("eva-000002".into(), 9_001, "eva", "new", &base)]);
    assert_eq!(undone.state(), State::Accepted);
}
