//! Beads that are mended: what becomes of them, of their units and reviews; undoing, conflicts, changed documents.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::desk::{BITEXT, BITEXT_ADDRESS, Desk, SPANISH};
use crate::model::Bead;

fn page(desk: &Desk) -> Value {
    desk.get(&format!("/api/beads/{BITEXT_ADDRESS}"))
}

/// The numbers of segments of all beads; `*` for one that was grouped by hand.
fn kinds(desk: &Desk) -> String {
    kinds_of(&desk.get(&format!("/api/beads/{BITEXT_ADDRESS}"))["beads"])
}

fn kinds_of(beads: &Value) -> String {
    let kind = |bead: &Value| format!("{}{}", bead["kind"].as_str().expect("a kind"), if bead["by_hand"] == true { "*" } else { "" });
    beads.as_array().expect("beads").iter().map(kind).collect::<Vec<_>>().join(" ")
}

/// Asks for an act on a bead as it is seen now.
fn asked(desk: &Desk, bead: usize, act: &Value) -> super::desk::Answered {
    let mut body = act.clone();
    (body["bead"], body["base"]) = (bead.into(), page(desk)["base"].clone());
    desk.send(desk.request(&format!("/api/beads/{BITEXT_ADDRESS}"), Some(&body)))
}

#[track_caller]
fn mend(desk: &Desk, bead: usize, act: &Value) -> Value {
    let done = asked(desk, bead, act).ok();
    assert_eq!(desk.store().verify().expect("verified"), []);
    done
}

fn beads(desk: &Desk) -> Vec<Bead> {
    let store = desk.store();
    store.beads(store.bitext(BITEXT).expect("the bitext").row).expect("beads")
}

fn undo(desk: &Desk) -> Value {
    let undone = desk.post("/api/undo", &json!({}));
    assert_eq!(desk.store().verify().expect("verified"), []);
    undone
}

fn accept(desk: &Desk, unit: &Value) {
    let detail = desk.get(&format!("/api/unit/{}", unit.as_str().expect("an id")));
    desk.post("/api/act", &json!({"unit": unit, "base": detail["base"], "op": "verdict", "state": "accepted"}));
}

#[test]
fn every_act_mends_as_it_says_and_is_undone_after_a_restart() {
    let acts = [
        (1, json!({"op": "merge", "with": "previous"}), "2:2* 1:1", 0),
        (1, json!({"op": "merge", "with": "next"}), "1:1 2:2*", 1),
        (0, json!({"op": "split", "source": 1, "target": 0}), "1:0* 0:1* 1:1 1:1", 0),
        (1, json!({"op": "shift_up", "side": "target"}), "1:2* 1:0* 1:1", 1),
        (1, json!({"op": "pop_down", "side": "source"}), "1:1 0:1* 2:1*", 1),
        (0, json!({"op": "push", "side": "target"}), "1:0* 1:1 1:1 0:1", 0),
        (1, json!({"op": "pull", "side": "target"}), "1:2* 1:1 1:0", 0),
        (2, json!({"op": "unpair"}), "1:1 1:1 1:0* 0:1*", 2),
        (0, json!({"op": "keep"}), "1:1* 1:1 1:1", 0),
    ];
    for (bead, act, expected, at) in acts {
        let desk = Desk::new();
        let before = beads(&desk);
        let done = mend(&desk, bead, &act);
        assert_eq!((kinds(&desk).as_str(), &done["bead"]), (expected, &json!(at)), "{act}");
        assert_eq!(
            (&done["event"]["op"], &done["event"]["bitext"], &done["event"]["how"]),
            (&json!("regroup"), &json!(BITEXT), &act["op"])
        );
        let desk = desk.again(false);
        let undone = undo(&desk);
        assert_eq!((&undone["beads"]["origin"], &undone["undone"]["how"]), (&json!(BITEXT), &act["op"]));
        assert_eq!(beads(&desk), before, "{act}");
        desk.post("/api/redo", &json!({}));
        assert_eq!(kinds(&desk), expected);
    }
}

#[test]
fn two_segments_are_paired_and_what_is_between_is_aligned_again() {
    let desk = Desk::new();
    let done = mend(&desk, 0, &json!({"op": "pair", "source": 0, "target": 1}));
    let bead = &page(&desk)["beads"][done["bead"].as_u64().expect("a number") as usize];
    assert_eq!((&bead["source"][0]["n"], &bead["target"][0]["n"], &bead["by_hand"]), (&json!(0), &json!(1), &json!(true)));
    assert_eq!(bead["kind"], "1:1");
}

#[test]
fn a_bead_that_is_released_has_its_confidence_again() {
    let desk = Desk::new();
    let before = page(&desk)["beads"][1]["confidence"].clone();
    mend(&desk, 1, &json!({"op": "keep"}));
    assert_eq!(page(&desk)["beads"][1]["confidence"], 1.0);
    mend(&desk, 1, &json!({"op": "release"}));
    assert_eq!((&page(&desk)["beads"][1]["confidence"], kinds(&desk).as_str()), (&before, "1:1 1:1 1:1"));
}

#[test]
fn what_makes_no_sense_is_refused_with_a_reason_and_changes_nothing() {
    let desk = Desk::new();
    let acts = [
        (0, json!({"op": "merge", "with": "previous"}), "no-bead-before"),
        (2, json!({"op": "merge", "with": "next"}), "no-bead-after"),
        (0, json!({"op": "split", "source": 1, "target": 1}), "empty-part"),
        (9, json!({"op": "keep"}), "no-bead"),
        (0, json!({"op": "pull", "side": "target"}), "no-bead-before"),
        (0, json!({"op": "pair", "source": 0, "target": 99}), "no-segment"),
        (0, json!({"op": "split_segment", "side": "source", "segment": 0, "at": 0}), "empty-segment"),
        (0, json!({"op": "split_segment", "side": "source", "segment": 99, "at": 3}), "no-segment"),
        (0, json!({"op": "merge_segments", "side": "source", "segment": 0}), "other-bead"),
    ];
    for (bead, act, code) in acts {
        let answer = asked(&desk, bead, &act);
        assert_eq!((answer.status, &answer.body["code"]), (StatusCode::BAD_REQUEST, &json!(code)), "{act}: {}", answer.body);
    }
    assert!(asked(&desk, 0, &json!({"op": "turn"})).status.is_client_error());
    assert_eq!((desk.store().event_count().expect("a count"), kinds(&desk).as_str()), (0, "1:1 1:1 1:1"));
}

#[test]
fn an_act_on_beads_that_have_changed_is_a_conflict() {
    let (desk, base) = (Desk::new(), |desk: &Desk| page(desk)["base"].clone());
    let seen = base(&desk);
    mend(&desk, 0, &json!({"op": "merge", "with": "next"}));
    for (path, body) in
        [("beads", json!({"op": "unpair", "bead": 1, "base": seen})), ("realign", json!({"from": 0, "to": 1, "base": seen}))]
    {
        let answer = desk.send(desk.request(&format!("/api/{path}/{BITEXT_ADDRESS}"), Some(&body)));
        assert_eq!((answer.status, &answer.body["base"]), (StatusCode::CONFLICT, &base(&desk)), "{}", answer.body);
    }
}

#[test]
fn the_review_of_a_unit_goes_with_its_bead_and_comes_back_with_it() {
    let desk = Desk::new();
    let unit = page(&desk)["beads"][0]["unit"].clone();
    accept(&desk, &unit);
    mend(&desk, 0, &json!({"op": "merge", "with": "next"}));
    let merged = &page(&desk)["beads"][0];
    assert_eq!((&merged["state"], &merged["accepted"], &merged["by_hand"]), (&json!("unreviewed"), &json!(true), &json!(true)));
    assert_ne!(merged["unit"], unit);
    undo(&desk);
    let back = &page(&desk)["beads"][0];
    assert_eq!((&back["unit"], &back["state"], &back["by_hand"]), (&unit, &json!("accepted"), &json!(false)));
    undo(&desk);
    assert_eq!(page(&desk)["beads"][0]["state"], "unreviewed");
}

#[test]
fn new_units_are_checked() {
    let desk = Desk::new();
    desk.rewrite("calle.en.txt", "The city woke up in the rain.\nThe mayor spoke at 7:00.\nNobody wanted to wait.\n");
    mend(&desk, 1, &json!({"op": "merge", "with": "next"}));
    let unit = page(&desk)["beads"][1]["unit"].clone();
    let detail = desk.get(&format!("/api/unit/{}", unit.as_str().expect("an id")));
    assert_eq!(detail["findings"][0]["check"], "number", "{detail}");
}

#[test]
fn a_segment_is_cut_and_joined_in_all_bitexts_of_its_document() {
    let desk = Desk::new();
    let first = "s.jsonl#orden/es%7Cs.jsonl#orden/en".replace('#', "%23").replace('/', "%2F");
    let bases = |origin: &str| desk.get(&format!("/api/beads/{origin}"));
    let ask = |act: Value| {
        let mut body = act;
        (body["bead"], body["base"]) = (0.into(), bases(&first)["base"].clone());
        let done = desk.post(&format!("/api/beads/{first}"), &body);
        assert_eq!(desk.store().verify().expect("verified"), []);
        done
    };
    let second = first.replace("%2Fen", "%2Fen-2");
    let unit = bases(&second)["beads"][0]["unit"].clone();
    let cut = ask(json!({"op": "split_segment", "side": "source", "segment": 0, "at": "Desobedezcan ".len()}));
    assert_eq!(cut["event"]["op"], "cut");
    for origin in [&first, &second] {
        let bead = &bases(origin)["beads"][0];
        assert_eq!((&bead["kind"], &bead["source"][1]["text"]), (&json!("2:1"), &json!("la orden.")));
    }
    assert_eq!(bases(&second)["beads"][0]["unit"], unit, "the texts of the unit are the same");
    ask(json!({"op": "merge_segments", "side": "source", "segment": 0}));
    assert_eq!(bases(&second)["beads"][0]["kind"], "1:1");
    for kind in ["2:1", "1:1"] {
        let undone = undo(&desk);
        assert_eq!((&bases(&first)["beads"][0]["kind"], &undone["beads"]["bead"]), (&json!(kind), &json!(0)));
    }
}

#[test]
fn a_cut_stays_when_the_document_changes_elsewhere() {
    let desk = Desk::new();
    mend(&desk, 1, &json!({"op": "split_segment", "side": "source", "segment": 1, "at": "El alcalde".len()}));
    assert_eq!(kinds(&desk), "1:1 2:1 1:1");
    desk.rewrite(
        "calle.es.txt",
        "Un título largo para la calle.\nLa ciudad despertó bajo la lluvia.\nEl alcalde habló a las diez.\nNadie quiso esperar.\n",
    );
    let texts = page(&desk).to_string();
    assert!(texts.contains("\"El alcalde\"") && texts.contains("\"habló a las diez.\""), "{texts}");
    assert_eq!(desk.store().verify().expect("verified"), []);
}

fn realign(desk: &Desk, dry_run: bool) -> Value {
    let body = json!({"from": 0, "to": 99, "base": page(desk)["base"], "dry_run": dry_run});
    let done = desk.post(&format!("/api/realign/{BITEXT_ADDRESS}"), &body);
    assert_eq!(desk.store().verify().expect("verified"), []);
    done
}

#[test]
fn aligning_again_goes_around_what_is_held_and_a_dry_run_changes_nothing() {
    let desk = Desk::new();
    assert_eq!(realign(&desk, true)["changes"], json!([]), "it would be the same");
    mend(&desk, 0, &json!({"op": "merge", "with": "next"}));
    mend(&desk, 0, &json!({"op": "release"}));
    let dry = realign(&desk, true);
    assert_eq!((kinds_of(&dry["changes"][0]["before"]), kinds_of(&dry["changes"][0]["after"])), ("2:2".into(), "1:1 1:1".into()));
    assert_eq!((&dry["event"], kinds(&desk).as_str()), (&Value::Null, "2:2 1:1"));
    let done = realign(&desk, false);
    assert_eq!((&done["event"]["how"], kinds(&desk).as_str()), (&json!("realign"), "1:1 1:1 1:1"));
    undo(&desk);
    assert_eq!(kinds(&desk), "2:2 1:1");
    accept(&desk, &page(&desk)["beads"][0]["unit"]);
    assert_eq!(realign(&desk, false)["changes"], json!([]), "an accepted bead stays");
}

#[test]
fn a_changed_document_is_aligned_around_what_people_hold() {
    let desk = Desk::new();
    mend(&desk, 0, &json!({"op": "merge", "with": "next"}));
    accept(&desk, &page(&desk)["beads"][1]["unit"]);
    desk.rewrite(
        "calle.es.txt",
        "La ciudad despertó bajo la lluvia.\nEl alcalde habló a las diez.\nNadie quiso esperar.\nFin de la historia.\n",
    );
    assert_eq!(desk.store().verify().expect("verified"), []);
    let beads = page(&desk);
    assert_eq!(kinds(&desk), "2:2* 1:1 1:0");
    assert_eq!((&beads["beads"][0]["confidence"], &beads["beads"][1]["state"]), (&json!(1.0), &json!("accepted")));
    let nothing = desk.send(desk.request("/api/undo", Some(&json!({}))));
    assert_eq!(nothing.body["undone"]["op"], "verdict", "the beads are a new start, the verdict is still the reviewer's: {}", nothing.body);
}

#[test]
fn the_logs_of_two_reviewers_are_merged_and_the_later_of_two_acts_at_one_place_is_a_conflict() {
    let (ana, bea) = (Desk::new(), Desk::new());
    let bea = bea.of_reviewer("bea");
    mend(&ana, 0, &json!({"op": "merge", "with": "next"}));
    mend(&bea, 2, &json!({"op": "unpair"}));
    mend(&bea, 1, &json!({"op": "unpair"}));
    let events = bea.store().export_events(None).expect("events");
    let merged = ana.store().merge_events(events.clone()).expect("merged");
    assert_eq!((merged.added, merged.elsewhere, merged.conflicts.len()), (2, 0, 1), "{merged:?}");
    assert_eq!((merged.conflicts[0].op.as_str(), kinds(&ana).as_str()), ("regroup", "2:2* 1:0* 0:1*"));
    assert_eq!(ana.store().verify().expect("verified"), []);
    assert_eq!(ana.store().conflicts().expect("conflicts"), merged.conflicts);
    assert_eq!(ana.store().merge_events(events).expect("merged").known, 2);
    let fresh = Desk::new();
    fresh.store().merge_events(ana.store().export_events(None).expect("events")).expect("merged");
    assert_eq!(beads(&fresh), beads(&ana), "a store that was built anew has the same beads");
}

#[test]
fn acts_that_were_merged_before_the_first_alignment_count_from_then_on() {
    let (ana, later) = (Desk::new(), Desk::new());
    mend(&ana, 0, &json!({"op": "merge", "with": "next"}));
    later.store().remove_origin(BITEXT).expect("removed");
    let merged = later.store().merge_events(ana.store().export_events(None).expect("events")).expect("merged");
    assert_eq!((merged.added, merged.elsewhere), (1, 1));
    later.rewrite("calle.es.txt", SPANISH);
    assert_eq!((beads(&later), kinds(&later).as_str()), (beads(&ana), "2:2* 1:1"));
    assert_eq!(later.store().verify().expect("verified"), []);
}

#[test]
fn others_see_an_act_and_whose_place_was_changed_since_is_told() {
    let desk = Desk::new();
    let done = mend(&desk, 0, &json!({"op": "merge", "with": "next"}));
    let changes = desk.get("/api/changes?since=0&wait=0");
    assert_eq!((&changes["seq"], &changes["acts"][0]["bitext"]), (&done["seq"], &json!(BITEXT)));
    let desk = desk.of_reviewer("bea");
    mend(&desk, 0, &json!({"op": "unpair"}));
    let desk = desk.of_reviewer("ana");
    let refused = desk.send(desk.request("/api/undo", Some(&json!({}))));
    assert_eq!((refused.status, kinds(&desk).as_str()), (StatusCode::CONFLICT, "1:0* 1:0* 0:1* 0:1* 1:1"), "{}", refused.body);
}

#[test]
fn any_acts_leave_a_store_that_verifies_and_all_are_undone() {
    let desk = Desk::new();
    let start = beads(&desk);
    let mut seed = 7_u64;
    let mut random = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    let mut done = 0;
    for _ in 0..60 {
        let side = ["source", "target"][random(2)];
        let act = match random(11) {
            0 => json!({"op": "merge", "with": (["next", "previous"][random(2)])}),
            1 => json!({"op": "split", "source": random(3), "target": random(3)}),
            2 => json!({"op": "shift_up", "side": side}),
            3 => json!({"op": "pop_down", "side": side}),
            4 => json!({"op": "push", "side": side}),
            5 => json!({"op": "pull", "side": side}),
            6 => json!({"op": "pair", "source": random(4), "target": random(4)}),
            7 => json!({"op": "unpair"}),
            8 => json!({"op": (["keep", "release"][random(2)])}),
            9 => json!({"op": "merge_segments", "side": side, "segment": random(4)}),
            _ => json!({"op": "split_segment", "side": side, "segment": random(4), "at": 3 + random(9)}),
        };
        let bead = random(beads(&desk).len());
        let answer = asked(&desk, bead, &act);
        assert!(answer.status == StatusCode::OK || answer.status == StatusCode::BAD_REQUEST, "{act}: {}", answer.body);
        assert_eq!(desk.store().verify().expect("verified"), [], "{act}");
        done += u64::from(answer.status == StatusCode::OK);
    }
    assert!(done > 30, "{done}");
    for _ in 0..done {
        undo(&desk);
    }
    assert_eq!(beads(&desk), start);
}
