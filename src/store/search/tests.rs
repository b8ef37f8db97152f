use super::*;
use crate::model::{Act, Side};
use crate::store::tests::{new_store, put};

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = new_store(&folder);
    put(
        &mut store,
        "a.tsv",
        &[
            ("El corazón del año", "The heart of the year"),
            ("El ano", "The anus"),
            ("No obedezcan la orden de Trump", "Do not obey Trump's order"),
            ("Obedezcan la orden de la humanidad", "Obey the order of humanity"),
        ],
    );
    store.prepare_search(&mut |_| {}).expect("indexed");
    (folder, store)
}

#[test]
fn accents_do_not_matter_and_the_tilde_of_n_does() {
    let (_folder, store) = store();
    assert_eq!(store.find("CORAZON").expect("found"), [1]);
    assert_eq!(store.find("ano").expect("found"), [2]);
    assert_eq!(store.find("an\u{303}o").expect("found"), [1]);
}

#[test]
fn phrases_stems_sides_and_negations_are_understood() {
    let (_folder, store) = store();
    assert_eq!(store.find("\"orden de la\"").expect("found"), [4]);
    assert_eq!(store.find("obed*").expect("found"), [3, 4]);
    assert_eq!(store.find("order -trump").expect("found"), [4]);
    assert_eq!(store.find("es:no").expect("found"), [3]);
    assert_eq!(store.find("en:no").expect("found"), [] as [u32; 0]);
    assert_eq!(store.find("trump's").expect("found"), [3]);
}

#[test]
fn exact_words_and_patterns_are_found_as_they_are_written() {
    let (_folder, store) = store();
    assert_eq!(store.find("=orden").expect("found"), [3, 4]);
    assert_eq!(store.find("=Orden").expect("found"), [] as [u32; 0]);
    assert_eq!(store.find("=corazón").expect("found"), [1]);
    assert_eq!(store.find("=corazon").expect("found"), [] as [u32; 0]);
    assert_eq!(store.find("en:=\"Obey the\"").expect("found"), [4]);
    assert_eq!(store.find("orden -=No").expect("found"), [4]);
    assert_eq!(store.find("-no orden").expect("found"), [4]);
    assert_eq!(store.find("/^El a[nñ]o$/").expect("found"), [2]);
    assert_eq!(store.find("/trump.?s/i").expect("found"), [3]);
    assert_eq!(store.find("/trump/ orden").expect("found"), [] as [u32; 0]);
    assert_eq!(store.find("es:/humanity/").expect("found"), [] as [u32; 0]);
    assert_eq!(store.find("-en:/Trump/ orden").expect("found"), [4]);
    let query = Query::parse("/d[eo] [^ ]+$/", &Lang::ES, &Lang::EN).expect("a query");
    let hits = store.concordance(&query, Side::Source, &[3]).expect("hits");
    assert_eq!((hits[0].left.as_str(), hits[0].matched.as_str()), ("No obedezcan la orden ", "de Trump"));
}

#[test]
fn the_index_follows_edits_ingests_and_deletions() {
    let (_folder, mut store) = store();
    let unit = store.unit_id(4).expect("a unit");
    let base = store.history(&unit).expect("a query").expect("a unit").base();
    let edit = Act::Edit { side: Side::Target, from: "Obey the order of humanity".into(), to: "Heed humankind".into(), reason: None };
    store.act("ana", 0, &unit, &base, &edit, None).expect("an act");
    assert_eq!(store.find("humankind").expect("found"), [4]);
    assert_eq!(store.find("humanity").expect("found"), [] as [u32; 0]);
    put(&mut store, "b.tsv", &[("luz", "light"), ("sombra", "shade")]);
    assert!(!store.is_search_ready().expect("known"));
    store.prepare_search(&mut |_| {}).expect("indexed");
    assert_eq!(store.find("shade").expect("found"), [6]);
    put(&mut store, "b.tsv", &[("paz", "peace"), ("voz", "voice")]);
    store.prepare_search(&mut |_| {}).expect("indexed");
    assert_eq!(store.find("shade").expect("found"), [] as [u32; 0]);
    assert_eq!(store.find("voice").expect("found").len(), 1);
    assert_eq!(store.verify().expect("verified"), []);
}

#[test]
fn a_store_without_index_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = new_store(&folder);
    assert!(store.find("x").expect_err("refused").to_string().contains("no search index"));
}

#[test]
fn a_hit_shows_the_words_around_and_the_other_side() {
    let (_folder, store) = store();
    let query = Query::parse("\"la orden\"", &Lang::ES, &Lang::EN).expect("a query");
    let rows = store.search(&query).expect("found");
    let hits = store.concordance(&query, Side::Source, &rows).expect("hits");
    assert_eq!((hits[0].left.as_str(), hits[0].matched.as_str(), hits[0].right.as_str()), ("No obedezcan ", "la orden", " de Trump"));
    assert_eq!(hits[0].other, "Do not obey Trump's order");
    assert_eq!(Group::of(&hits).len(), 2);
}

#[test]
fn hits_are_grouped_by_the_word_that_renders_what_was_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = new_store(&folder);
    let found = [
        ("la orden", "the order"),
        ("esa orden", "that order"),
        ("una orden", "an order"),
        ("la orden dada", "the command"),
        ("orden", "the command"),
    ];
    let others = [("la casa", "the house"), ("la luz", "the light"), ("la paz", "the peace"), ("el mar", "the sea"), ("sí", "yes")];
    put(&mut store, "a.tsv", &[found, others].concat());
    store.prepare_search(&mut |_| {}).expect("indexed");
    let query = Query::parse("orden", &Lang::ES, &Lang::EN).expect("a query");
    let rows = store.search(&query).expect("found");
    let hits = store.concordance(&query, Side::Source, &rows).expect("hits");
    let groups = store.groups(&hits, Side::Source, rows.len()).expect("groups");
    let groups: Vec<(&str, u64)> = groups.iter().map(|group| (group.rendering.as_str(), group.count)).collect();
    assert_eq!(groups, [("order", 3), ("command", 2)]);
}
