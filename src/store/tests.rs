use super::*;
use crate::model::{Unit, provenance::Translator};

pub(super) fn new_store(folder: &tempfile::TempDir) -> Store {
    Store::create(&folder.path().join("corpus.db"), Lang::ES, Lang::EN).expect("a store")
}

fn units_origin(key: &str) -> Origin {
    Origin {
        key: key.into(),
        kind: OriginKind::Units,
        source: "test".into(),
        file: key.into(),
        target_file: None,
        format: "tsv".into(),
        content_hash: "h".into(),
        original_lang: None,
        parent: None,
        documents: None,
    }
}

pub(super) fn put(store: &mut Store, key: &str, texts: &[(&str, &str)]) -> Outcome {
    store
        .transaction(|store| {
            let (row, generation) = store.put_origin(&units_origin(key))?;
            let mut load = store.load_units(row, key, generation, &Default::default())?;
            for (n, (source, target)) in texts.iter().enumerate() {
                let mut unit = Unit::new(Lang::ES, Lang::EN, (*source).into(), (*target).into());
                unit.origin.record = Some(n as u64 + 1);
                load.put(&unit, unit.id_bytes(key, 0))?;
            }
            let outcome = load.finish()?;
            store.set_origin_counts(row, texts.len() as u64, 0)?;
            Ok(outcome)
        })
        .expect("stored")
}

fn texts(store: &Store) -> Vec<String> {
    let pages = store.unit_pages(UnitQuery::default(), 2).expect("pages");
    pages.flat_map(|page| page.expect("a page")).map(|stored| stored.unit.source).collect()
}

#[test]
fn a_changed_file_is_a_difference_of_units() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = new_store(&folder);
    let first = put(&mut store, "a.tsv", &[("uno", "one"), ("dos", "two"), ("tres", "three")]);
    assert_eq!(first, Outcome { added: 3, ..Outcome::default() });
    let second = put(&mut store, "a.tsv", &[("cero", "zero"), ("uno", "one"), ("tres", "three")]);
    assert_eq!(second, Outcome { added: 1, kept: 2, removed: 1, ..Outcome::default() });
    assert_eq!(texts(&store), ["cero", "uno", "tres"]);
    assert_eq!(store.verify().expect("verified"), []);
}

#[test]
fn the_same_texts_again_are_units_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = new_store(&folder);
    let many = vec![("sí", "yes"); 100];
    assert_eq!(put(&mut store, "a.tsv", &many).added, 100);
    assert_eq!(put(&mut store, "b.tsv", &many[..3]).added, 3);
    assert_eq!(put(&mut store, "a.tsv", &many[..40]), Outcome { kept: 40, removed: 60, ..Outcome::default() });
    assert_eq!(store.unit_count().expect("a count"), 43);
    assert_eq!(store.stats(false, 0, 0).expect("stats").duplicates, 42);
    assert_eq!(store.verify().expect("verified"), []);
}

#[test]
fn a_reviewed_unit_that_vanishes_is_withdrawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = new_store(&folder);
    put(&mut store, "a.tsv", &[("uno", "one"), ("dos", "two")]);
    let id = crate::text::hash::base32(&Unit::new(Lang::ES, Lang::EN, "dos".into(), "two".into()).id_bytes("a.tsv", 0));
    let event = serde_json::json!({"v": 1, "id": "r-1", "at": "2026-01-01T00:00:00Z", "by": "r", "unit": id, "base": "", "op": "verdict"});
    store.append_event(&serde_json::from_value(event).expect("an event")).expect("appended");
    let outcome = put(&mut store, "a.tsv", &[("uno", "one")]);
    assert_eq!((outcome.withdrawn, outcome.removed), (1, 0));
    assert_eq!(texts(&store), ["uno"]);
    assert_eq!(store.verify().expect("verified"), []);
    assert_eq!(store.events().expect("events").len(), 1);
}

#[test]
fn pages_do_not_depend_on_their_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = new_store(&folder);
    put(&mut store, "b.tsv", &[("4", "4"), ("5", "5")]);
    put(&mut store, "a.tsv", &[("1", "1"), ("2", "2"), ("3", "3")]);
    for size in [1, 2, 3, 10] {
        let pages = store.unit_pages(UnitQuery::default(), size).expect("pages");
        let all: Vec<String> = pages.flat_map(|p| p.expect("a page")).map(|s| s.unit.source).collect();
        assert_eq!(all, ["1", "2", "3", "4", "5"], "pages of {size}");
    }
}

#[test]
fn an_error_in_a_transaction_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = new_store(&folder);
    let failed: Result<()> = store.transaction(|store| {
        store.put_origin(&units_origin("a.tsv"))?;
        Err(Error::new("no"))
    });
    assert!(failed.is_err());
    assert_eq!(store.origin("a.tsv").expect("a query"), None);
}

#[test]
fn verify_sees_a_missing_unit_and_a_changed_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = new_store(&folder);
    put(&mut store, "a.tsv", &[("uno", "one"), ("dos", "two")]);
    store.connection.execute("UPDATE unit SET source = 'tres' WHERE source = 'dos'", []).expect("changed");
    store.connection.execute("DELETE FROM unit WHERE source = 'uno'", []).expect("deleted");
    let causes: Vec<String> = store.verify().expect("verified").into_iter().map(|f| f.cause).collect();
    assert_eq!(causes, ["holds 1 units, was stored with 2", "the ids of its units do not fit their texts"]);
}

#[test]
fn a_newer_store_and_a_foreign_file_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = new_store(&folder);
    store.connection.pragma_update(None, "user_version", VERSION + 1).expect("set");
    drop(store);
    let error = Store::open(&folder.path().join("corpus.db")).err().expect("refused").to_string();
    assert!(error.contains("has schema") && error.contains("hint: use the newer bitexto"), "{error}");
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "not a store at all, but long enough to be one if one did not look").expect("written");
    let error = Store::open(&text).err().expect("refused").to_string();
    assert!(error.contains("notes.txt: is not a bitexto store"), "{error}");
    std::fs::write(&text, "").expect("written");
    assert!(Store::open(&text).err().expect("refused").to_string().contains("is not a bitexto store"));
}

#[test]
fn a_backup_is_a_store_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = new_store(&folder);
    put(&mut store, "a.tsv", &[("uno", "one")]);
    let copy = folder.path().join("deep/copy.db");
    store.backup(&copy).expect("copied");
    let copy = Store::open_read_only(&copy).expect("opens");
    assert_eq!(texts(&copy), ["uno"]);
    assert_eq!(copy.verify().expect("verified"), []);
}

#[test]
fn provenance_is_stored_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = new_store(&folder);
    let provenance = Provenance { outlet: Some("Semana".into()), translator: Some(Translator::default()), ..Provenance::default() };
    let row = store.provenance_id(&provenance).expect("a row");
    assert_eq!(store.provenance_id(&provenance).expect("a row"), row);
    assert_eq!(store.provenance(row).expect("it"), provenance);
}

#[test]
fn a_new_store_does_not_replace_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = new_store(&folder);
    let error = Store::create(store.path(), Lang::ES, Lang::EN).err().expect("refused").to_string();
    assert!(error.contains("corpus.db: the file exists already"), "{error}");
}
