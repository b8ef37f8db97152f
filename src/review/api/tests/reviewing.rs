//! What a reviewer does and sees.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::desk::{BITEXT, Desk};
use crate::ingest::checking::check_units;
use crate::model::Lang;
use crate::parallel::Pool;
use crate::quality::{Selection, TermList};

/// The units of a view of all, by their source texts' beginnings.
fn row(desk: &Desk, beginning: &str) -> Value {
    let view = desk.post("/api/view", &json!({"filter": {}, "order": "place"}));
    let page = desk.get(&format!("/api/view/{}?start=0&count=200", view["view"].as_str().expect("a name")));
    let rows = page["rows"].as_array().expect("rows");
    let found = rows.iter().find(|row| row["source"].as_str().is_some_and(|text| text.starts_with(beginning)));
    found.unwrap_or_else(|| panic!("no unit `{beginning}` in {page}")).clone()
}

fn act(row: &Value, op: &Value) -> Value {
    let mut act = json!({"unit": row["id"], "base": row["base"]});
    act.as_object_mut().expect("an object").extend(op.as_object().expect("an object").clone());
    act
}

#[test]
fn an_act_changes_the_unit_and_undo_brings_it_back_also_after_a_restart() {
    let desk = Desk::new();
    let before = row(&desk, "Llueve");
    let done = desk.post("/api/act", &act(&before, &json!({"op": "verdict", "state": "accepted"})));
    assert_eq!((&done["row"]["state"], &done["event"]["by"], &done["seq"]), (&json!("accepted"), &json!("ana"), &json!(1)));
    assert_eq!(done["row"]["base"], done["base"]);
    assert_ne!(done["base"], before["base"]);
    let desk = desk.again(false);
    assert_eq!(row(&desk, "Llueve")["state"], "accepted");
    let undone = desk.post("/api/undo", &json!({}));
    assert_eq!((&undone["row"]["state"], &undone["undone"]["op"]), (&json!("unreviewed"), &json!("verdict")));
    assert_eq!(undone["row"]["base"], before["base"]);
    let redone = desk.post("/api/redo", &json!({}));
    assert_eq!(redone["row"]["state"], "accepted");
    desk.post("/api/undo", &json!({}));
    let nothing = desk.send(desk.request("/api/undo", Some(&json!({}))));
    assert_eq!(nothing.status, StatusCode::NOT_FOUND, "{}", nothing.body);
}

#[test]
fn an_act_on_a_state_that_is_gone_is_a_conflict_and_shows_the_state_that_is() {
    let desk = Desk::new();
    let seen = row(&desk, "Llueve");
    let done = desk.post("/api/act", &act(&seen, &json!({"op": "verdict", "state": "rejected"})));
    let late = desk.send(desk.request("/api/act", Some(&act(&seen, &json!({"op": "verdict", "state": "accepted"})))));
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!((&late.body["row"]["state"], &late.body["base"]), (&json!("rejected"), &done["base"]));
    assert!(late.body["error"].is_string());
    desk.post("/api/act", &act(&late.body["row"], &json!({"op": "verdict", "state": "accepted"})));
}

#[test]
fn an_edit_is_checked_as_the_store_was() {
    let desk = Desk::new();
    let selection = Selection::all().without(["number"]).and_then(|s| s.with_tier("negation", 3)).expect("checks");
    let terms = TermList::parse("piso\tflat\n", Lang::ES, Lang::EN).expect("terms");
    let pool = Pool::new(1).expect("a pool");
    check_units(&mut desk.store(), &pool, &selection, Some(terms), &mut |_| {}).expect("checked");
    let desk = desk.again(false);
    let before = row(&desk, "No vamos");
    let text = before["source"].as_str().expect("a text");
    let edit = json!({"op": "edit", "side": "source", "from": text, "to": "No vamos a obedecer 12 órdenes en el piso."});
    let done = desk.post("/api/act", &act(&before, &edit));
    assert_eq!(done["row"]["findings"], json!([{"check": "negation", "tier": 3}, {"check": "term", "tier": 2}]));
}

#[test]
fn an_edit_is_shown_beside_the_original_and_checked_anew() {
    let desk = Desk::new();
    let before = row(&desk, "Él dijo");
    assert_eq!(before["findings"], json!([{"check": "number", "tier": 1}]));
    let text = before["target"].as_str().expect("a text");
    let edit = json!({"op": "edit", "side": "target", "from": text, "to": text.replace("twenty", "12"), "reason": "number"});
    let done = desk.post("/api/act", &act(&before, &edit));
    assert_eq!((&done["row"]["edited"], &done["row"]["findings"]), (&json!(true), &json!([])));
    let detail = desk.get(&format!("/api/unit/{}?lang=es", before["id"].as_str().expect("an id")));
    assert_eq!((&detail["target"]["original"], &detail["base"]), (&before["target"], &done["base"]));
    assert_eq!(detail["target"]["text"], "He said that 12 people died.");
    assert_eq!((&detail["history"][0]["op"], &detail["history"][0]["standing"]), (&json!("edit"), &json!("applied")));
    let empty = act(&done["row"], &json!({"op": "edit", "side": "target", "from": detail["target"]["text"], "to": " "}));
    assert_eq!(desk.send(desk.request("/api/act", Some(&empty))).status, StatusCode::BAD_REQUEST);
    let unknown = act(&done["row"], &json!({"op": "bless"}));
    assert_eq!(desk.send(desk.request("/api/act", Some(&unknown))).status, StatusCode::BAD_REQUEST);
}

#[test]
fn a_finding_has_its_place_in_utf_16_and_its_message_in_the_language_asked_for() {
    let desk = Desk::new();
    let unit = row(&desk, "Él dijo");
    let path = format!("/api/unit/{}", unit["id"].as_str().expect("an id"));
    let (spanish, english) = (desk.get(&format!("{path}?lang=es")), desk.get(&format!("{path}?lang=en")));
    let finding = &spanish["findings"][0];
    let [start, end] = [0, 1].map(|n| finding["source_spans"][0][n].as_u64().expect("a number") as usize);
    let units: Vec<u16> = unit["source"].as_str().expect("a text").encode_utf16().collect();
    assert_eq!(String::from_utf16_lossy(&units[start..end]), "12");
    assert_ne!(finding["message"], english["findings"][0]["message"]);
}

#[test]
fn a_dismissed_finding_leaves_the_row_and_comes_back() {
    let desk = Desk::new();
    let before = row(&desk, "Él dijo");
    let path = format!("/api/unit/{}", before["id"].as_str().expect("an id"));
    let key = desk.get(&path)["findings"][0]["key"].clone();
    let done = desk.post("/api/act", &act(&before, &json!({"op": "dismiss", "finding": key, "reason": "so be it"})));
    assert_eq!(done["row"]["findings"], json!([]));
    assert_eq!(desk.get(&path)["findings"][0]["dismissed"]["reason"], "so be it");
    let back = desk.post("/api/act", &act(&done["row"], &json!({"op": "undismiss", "finding": key})));
    assert_eq!(back["row"]["findings"], before["findings"]);
    desk.post("/api/act", &act(&back["row"], &json!({"op": "note", "text": "mirar"})));
    assert_eq!(desk.get(&path)["notes"][0]["text"], "mirar");
}

#[test]
fn a_view_stays_as_it_is_when_states_change() {
    let desk = Desk::new();
    let made = desk.post("/api/view", &json!({"filter": {"state": ["unreviewed"]}}));
    let path = format!("/api/view/{}", made["view"].as_str().expect("a name"));
    let total = made["total"].as_u64().expect("a number");
    let unit = row(&desk, "Llueve");
    desk.post("/api/act", &act(&unit, &json!({"op": "verdict", "state": "accepted"})));
    let page = desk.get(&format!("{path}?start=0&count=1"));
    assert_eq!((&page["total"], page["rows"].as_array().map(Vec::len)), (&json!(total), Some(1)));
    let index = desk.get(&format!("{path}/find?unit={}", unit["id"].as_str().expect("an id")))["index"].clone();
    assert_eq!(desk.get(&format!("{path}?start={index}&count=1"))["rows"][0]["state"], "accepted");
    assert_eq!(desk.get(&format!("{path}/find?n={}", unit["n"]))["index"], index);
    let again = desk.post("/api/view", &json!({"filter": {"state": ["unreviewed"]}}));
    assert_eq!(again["total"], total - 1);
    for bad in [json!({"filter": {"colour": "red"}}), json!({"filter": {"origin": "nothing"}}), json!({"filter": {"kind": "odd"}})] {
        assert_eq!(desk.send(desk.request("/api/view", Some(&bad))).status, StatusCode::BAD_REQUEST, "{bad}");
    }
    assert_eq!(desk.send(desk.request("/api/view/v99", None)).status, StatusCode::NOT_FOUND);
}

#[test]
fn the_next_finding_is_found_in_both_directions() {
    let desk = Desk::new();
    let made = desk.post("/api/view", &json!({"filter": {"origin": "a.tsv"}}));
    let path = format!("/api/view/{}/find", made["view"].as_str().expect("a name"));
    assert_eq!(desk.get(&format!("{path}?after=0&tier=1"))["index"], 1);
    assert_eq!(desk.get(&format!("{path}?before=2&tier=0"))["index"], 1);
    assert_eq!(desk.get(&format!("{path}?before=1&tier=1"))["index"], 0);
    assert_eq!(desk.send(desk.request(&format!("{path}?after=1&tier=1"), None)).status, StatusCode::NOT_FOUND);
    assert_eq!(desk.send(desk.request(&path, None)).status, StatusCode::BAD_REQUEST);
}

#[test]
fn many_are_accepted_only_with_their_sample_and_without_grave_findings() {
    let desk = Desk::new();
    let grave = desk.post("/api/view", &json!({"filter": {"origin": "a.tsv"}}))["view"].clone();
    let sample = |view: &Value| {
        let sample = desk.get(&format!("/api/bulk/sample?view={}", view.as_str().expect("a name")));
        sample["sample"].as_array().expect("rows").iter().map(|row| row["id"].clone()).collect::<Vec<_>>()
    };
    let bulk = |view: &Value, sample: &[Value]| {
        desk.send(desk.request("/api/bulk", Some(&json!({"view": view, "state": "accepted", "sample": sample}))))
    };
    assert_eq!(bulk(&grave, &[]).status, StatusCode::CONFLICT);
    let refused = bulk(&grave, &sample(&grave));
    assert_eq!((refused.status, &refused.body["tier1"]), (StatusCode::CONFLICT, &json!(2)));

    let fine = desk.post("/api/view", &json!({"filter": {"statement": "orden"}}))["view"].clone();
    let given = sample(&fine);
    assert_eq!(bulk(&fine, &given[1..]).status, StatusCode::CONFLICT);
    let done = bulk(&fine, &given).ok();
    assert_eq!((&done["count"], &done["event"]["op"]), (&json!(given.len()), &json!("bulk")));
    assert_eq!(desk.get("/api/counts")["state"]["accepted"], given.len());
    let undone = desk.post("/api/undo", &json!({}));
    assert_eq!((&undone["row"], &desk.get("/api/counts")["state"]["accepted"]), (&Value::Null, &Value::Null));
}

#[test]
fn who_waits_for_news_hears_of_an_act_at_once() {
    let desk = Desk::new();
    let unit = row(&desk, "Llueve");
    let start = std::time::Instant::now();
    let act = desk.request("/api/act", Some(&act(&unit, &json!({"op": "verdict", "state": "flagged"}))));
    let (news, _) = desk.send_both(desk.request("/api/changes?since=0&wait=25", None), act);
    let news = news.ok();
    assert_eq!((&news["seq"], &news["rows"][0]["state"], &news["acts"][0]["op"]), (&json!(1), &json!("flagged"), &json!("verdict")));
    assert!(start.elapsed().as_secs() < 10);
    assert_eq!(desk.get("/api/changes?since=1&wait=0")["acts"], json!([]));
    let waited = desk.get("/api/changes?since=1&wait=0.05");
    assert_eq!(waited["seq"], 1);
}

#[test]
fn who_waits_hears_of_the_acts_of_other_programs() {
    let desk = Desk::new();
    let unit = row(&desk, "Llueve");
    let other = std::thread::spawn({
        let (mut store, id, base) = (desk.store(), unit["id"].clone(), unit["base"].clone());
        move || {
            std::thread::sleep(std::time::Duration::from_millis(100));
            let act = crate::model::Act::Note { text: "hola".into(), reply_to: None };
            let (id, base) = (id.as_str().expect("an id"), base.as_str().expect("a hash"));
            store.act("bea", 1_000, id, base, &act, None).expect("done");
        }
    });
    let news = desk.get("/api/changes?since=0&wait=25");
    other.join().expect("no panic");
    assert_eq!((&news["acts"][0]["by"], &news["rows"][0]["id"]), (&json!("bea"), &unit["id"]));
}

#[test]
fn a_second_server_shows_what_the_first_does_and_changes_nothing() {
    let desk = Desk::new();
    let second = desk.second();
    assert_eq!(desk.get("/api/session")["read_only"], false);
    let session = second.get("/api/session");
    assert_eq!((&session["read_only"], &session["reviewer"]), (&json!(true), &json!("bea")));
    assert!(session["read_only_because"].as_str().is_some_and(|why| why.contains("another")), "{session}");
    let unit = row(&second, "Llueve");
    let verdict = act(&unit, &json!({"op": "verdict", "state": "accepted"}));
    let refused = second.send(second.request("/api/act", Some(&verdict)));
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    for path in ["/api/undo", "/api/redo"] {
        assert_eq!(second.send(second.request(path, Some(&json!({})))).status, StatusCode::FORBIDDEN);
    }
    desk.post("/api/act", &verdict);
    assert_eq!(row(&second, "Llueve")["state"], "accepted");
}

#[test]
fn a_server_for_showing_changes_nothing() {
    let desk = Desk::new().again(true);
    let unit = row(&desk, "Llueve");
    let verdict = act(&unit, &json!({"op": "verdict", "state": "accepted"}));
    assert_eq!(desk.send(desk.request("/api/act", Some(&verdict))).status, StatusCode::FORBIDDEN);
}

#[test]
fn a_statement_is_shown_with_all_its_texts_and_only_web_addresses() {
    let desk = Desk::new();
    let line = &desk.get("/api/statements")[0];
    assert_eq!((&line["name"], &line["reference"], &line["renderings"]), (&json!("orden"), &json!("Desobedezcan la orden."), &json!(3)));
    let page = desk.get("/api/statements/orden");
    let rendering =
        |name: &str| page["renderings"].as_array().expect("a list").iter().find(|r| r["name"] == name).expect("it is there").clone();
    assert_eq!(rendering("es")["url"], "https://diario.example/a");
    assert_eq!(rendering("en")["url"], Value::Null);
    assert_eq!(rendering("en")["diff"], json!([["same", "Disobey "], ["missing", "that"], ["added", "the"], ["same", " order."]]));
    let unit = row(&desk, "Desobedezcan");
    let detail = desk.get(&format!("/api/unit/{}", unit["id"].as_str().expect("an id")));
    assert_eq!(detail["statement"]["speaker"], "Ana Ruiz");
    assert_eq!(detail["renderings"].as_array().expect("a list").iter().filter(|r| r["current"] == true).count(), 2);
    assert!(!detail.to_string().contains("javascript:"), "{detail}");
}

#[test]
fn the_concordance_finds_words_without_their_accents_and_groups_the_other_side() {
    let desk = Desk::new();
    let found = desk.get("/api/concordance?q=ciudad&side=source");
    assert_eq!(found["total"], 2, "{found}");
    assert_eq!(found["hits"][0]["match"], "ciudad");
    assert_eq!(desk.get("/api/concordance?q=ciudad&side=target")["total"], 0);
    assert_eq!(desk.post("/api/view", &json!({"filter": {"query": "lluvia"}}))["total"], 1);
    let bad = desk.send(desk.request("/api/concordance?q=-ciudad&side=source", None));
    assert_eq!(bad.status, StatusCode::BAD_REQUEST, "{}", bad.body);
}

#[test]
fn beads_and_path_tell_the_same_and_an_accepted_unit_shows_in_its_bead() {
    let desk = Desk::new();
    let origin = BITEXT.replace('|', "%7C");
    let unit = row(&desk, "La ciudad");
    desk.post("/api/act", &act(&unit, &json!({"op": "verdict", "state": "accepted"})));
    let (page, path) = (desk.get(&format!("/api/beads/{origin}")), desk.get(&format!("/api/path/{origin}")));
    let first = &page["beads"][0];
    assert_eq!((&first["unit"], &first["accepted"], &first["state"]), (&unit["id"], &json!(true), &json!("accepted")));
    assert_eq!(first["source"][0]["text"], "La ciudad despertó bajo la lluvia.");
    assert_eq!(path["points"].as_array().map(Vec::len), page["total"].as_u64().map(|n| n as usize));
    assert_eq!(path["points"][0][5], true);
    let documents = desk.get("/api/documents");
    assert_eq!((&documents[0]["origin"], &documents[0]["target"]), (&json!(BITEXT), &json!("calle.en.txt")));
    assert_eq!(desk.send(desk.request("/api/beads/nothing", None)).status, StatusCode::NOT_FOUND);
}

#[test]
fn two_dropped_files_are_aligned_whichever_comes_first() {
    let desk = Desk::new();
    let files = json!({"files": [
        {"name": "b.txt", "text": "It rains in the city today.\nNobody wanted to wait for the bus."},
        {"name": "a.txt", "text": "Llueve en la ciudad hoy.\nNadie quiso esperar el autobús."}]});
    let aligned = desk.post("/api/files", &files);
    assert_eq!((&aligned["report"]["source"], &aligned["report"]["beads"]), (&json!("a.txt"), &json!(2)));
    assert_eq!(aligned["beads"][0]["target"][0]["text"], "It rains in the city today.");
    let one = json!({"files": [{"name": "a.txt", "text": "Llueve."}]});
    assert_eq!(desk.send(desk.request("/api/files", Some(&one))).status, StatusCode::BAD_REQUEST);
}
