//! What every format of the registry promises, tested over the whole list: names, what is written reads back, no format takes another's file
//! for its own, and the bytes written are those of the golden files (`BITEXTO_BLESS=1` rewrites them).

use std::collections::BTreeSet;
use std::path::Path;

use super::lines::push_on_one_line;
use super::tests::{read_named, write_files};
use super::*;
use crate::model::review::Note;
use crate::model::{Bead, Medium, Origin, Provenance, Remarks, Segment, Signature, State, StatementLink, Translator, TranslatorKind};

/// Two statements, the first with every field of the model.
pub(super) fn sample_statements() -> Vec<Statement> {
    let full = serde_json::json!({
        "id": "ejemplo-1", "speaker": "la portavoz del ejemplo", "role": "portavoz", "on_behalf_of": "la asamblea del ejemplo",
        "event": "asamblea", "date": "2025-09-26", "place": "Nueva York", "medium": "megaphone", "channel": "calle", "original_lang": "es",
        "original_lang_sure": false, "nested_in": "ejemplo-2", "note": "hecho para las pruebas",
        "renderings": [{
            "id": "a", "lang": "es-CO", "kind": "original", "text": "¡Bajen «las armas»!", "reference": true, "quote_type": "direct",
            "outlet": "Diario del ejemplo", "url": "https://example.org/a", "published": "2025-09-27", "cue": "dijo",
            "translator": {"kind": "agency", "name": "Agencia del ejemplo", "evidence": "firma"}, "derived_from": "b", "licence": "CC0-1.0",
            "note": "con acento: corazo\u{301}n"
        }, {"id": "b", "lang": "en", "kind": "translation", "text": "Lay down \"your arms\"!", "quote_type": "partial"}]
    });
    let short = serde_json::json!({
        "id": "ejemplo-2", "speaker": "la portavoz del ejemplo", "medium": "post", "original_lang": "es", "renderings": []
    });
    vec![serde_json::from_value(full).expect("a statement"), serde_json::from_value(short).expect("a statement")]
}

/// Three units: one with every field of the model, one with characters that formats stumble over, one in its simplest form.
pub(super) fn sample_units() -> Vec<Unit> {
    let statements = sample_statements();
    let mut full = unit("¡Bajen «las armas»!", "Lay down \"your arms\"!");
    full.id = Some("a".repeat(25) + "e");
    full.origin = Origin {
        file: "a.es.txt".into(),
        target_file: Some("a.en.txt".into()),
        record: Some(1),
        parent: Some("b".repeat(25) + "e"),
        source_segments: Some(0..1),
        target_segments: Some(0..2),
    };
    full.statement = Some(StatementLink { statement: "ejemplo-1".into(), source_rendering: "a".into(), target_rendering: "b".into() });
    full.source_provenance = statements[0].provenance(&statements[0].renderings[0]).into();
    full.target_provenance = statements[0].provenance(&statements[0].renderings[1]).into();
    (full.original_lang, full.confidence, full.score, full.state) = (Some(Lang::ES), Some(0.973), Some(0.25), State::Accepted);
    let note = |by: &str, text: &str| Note {
        id: format!("{by}-000001"),
        by: by.into(),
        at: "2026-11-24T03:17:01.000Z".into(),
        text: text.into(),
        reply_to: None,
    };
    full.remarks = Some(Box::new(Remarks {
        base: "c".repeat(25) + "e",
        notes: vec![note("ana", "¿«armas» o «fusiles»?"), note("luis", "armas")],
        findings: vec!["numbers differ: 12".into()],
    }));
    let stumbling = unit("Año, an\u{303}o;\t«dos\nlíneas»\u{2028}🕊 <b>&amp;", "Year, 'year';\ttwo\r\nlines \\n\u{85} 🕊 <b>&amp;");
    vec![full, stumbling, unit("Sí.", "Yes.")]
}

fn unit(source: &str, target: &str) -> Unit {
    Unit::new(Lang::ES, Lang::EN, source.into(), target.into())
}

/// Units of texts that no format expects, the same on every run.
fn nasty_units(count: usize) -> Vec<Unit> {
    const PIECES: &[&str] = &[
        "\t",
        "\n",
        "\r\n",
        "\"",
        "\"\"",
        "'",
        "«",
        "»",
        "\u{2028}",
        "\u{85}",
        "\u{a0}",
        "🕊",
        "👩‍🔬",
        "an\u{303}o",
        "año",
        ",",
        ";",
        "\\",
        "\\t",
        "<",
        "&",
        "]]>",
        "{\"",
        "}",
        "[0]:[0]:0",
        " ",
        "  ",
        "0",
        "source",
        "¿",
        "—",
    ];
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: usize| {
        // xorshift64 (Marsaglia 2003): the same numbers on every machine.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below as u64).expect("below a usize")
    };
    let mut text = move || {
        let len = next(12);
        let middle: String = (0..len).map(|_| PIECES[next(PIECES.len())]).collect();
        format!("{middle}x{}", PIECES[next(PIECES.len())])
    };
    (0..count)
        .map(|n| {
            let mut unit = unit(&text(), &text());
            unit.source_provenance =
                Provenance { speaker: Some(text()), url: Some(text()), medium: Some(Medium::Post), ..Provenance::default() }.into();
            unit.target_provenance.translator =
                Some(Translator { kind: TranslatorKind::Human, name: Some(text()), evidence: Some(text()) });
            unit.target_provenance.other.insert(format!("x-{n}"), text());
            unit
        })
        .collect()
}

fn on_one_line(text: &str) -> String {
    let mut bytes = Vec::new();
    push_on_one_line(&mut bytes, text);
    String::from_utf8(bytes).expect("it was UTF-8")
}

fn sample_bitext() -> (Document, Document, Alignment) {
    let document = |path: &str, lang, text: &str| {
        let mut start = 0;
        let segments = text.split_inclusive(". ").map(|segment| {
            let span = Segment { start, end: start + segment.trim_end().len(), paragraph: 0 };
            start += segment.len();
            span
        });
        Document {
            path: path.into(),
            lang,
            segments: segments.collect(),
            text: text.into(),
            layout: Default::default(),
            provenance: Provenance::default(),
        }
    };
    let source = document("a.es.txt", Lang::ES, "Uno «primero». Dos. Tres. Sobra.");
    let target = document("a.en.txt", Lang::EN, "A \"first\" one. Two and three.");
    let bead = Bead::new;
    let beads = vec![bead(0..1, 0..1, 0.973), bead(1..3, 1..2, 0.5), bead(3..4, 2..2, 1.0)];
    (source, target, Alignment { beads, signature: Signature::default().with("aligner", 1) })
}

fn written_alignment(write: WriteAlignment) -> Vec<u8> {
    let (source, target, alignment) = sample_bitext();
    let mut bytes = Vec::new();
    write(&Aligned { source: &source, target: &target, alignment: &alignment }, &mut bytes).expect("writes");
    bytes
}

/// Everything that the formats write, with the format's name and that of the golden file.
fn all_written() -> Vec<(&'static str, String, Vec<u8>)> {
    let mut all = vec![("statements", "sample-statements.jsonl".into(), statements::write(&sample_statements()).into_bytes())];
    for format in FORMATS {
        if format.write_units.is_some() {
            let names =
                if format.files == 2 { moses::file_names("sample", Lang::ES, Lang::EN).to_vec() } else { vec![file("sample", format)] };
            let files = write_files(format, &sample_units(), true).0;
            all.extend(names.into_iter().zip(files).map(|(name, bytes)| (format.name, name, bytes)));
        }
        if let Some(write) = format.write_alignment {
            all.push((format.name, file("sample-alignment", format), written_alignment(write)));
        }
    }
    all
}

fn file(stem: &str, format: &Format) -> String {
    format!("{stem}.{}", format.extensions.first().unwrap_or(&format.name))
}

#[test]
fn names_are_unique_and_extensions_lower_case() {
    let names: BTreeSet<_> = FORMATS.iter().map(|format| format.name).collect();
    assert_eq!(names.len(), FORMATS.len());
    for format in FORMATS {
        assert!(!format.name.is_empty() && !format.about.is_empty() && !format.about.ends_with('.'), "{}", format.name);
        assert!(format.extensions.iter().all(|e| *e == e.to_lowercase() && !e.starts_with('.')), "{}", format.name);
        assert!(!reads(format).is_empty() || !writes(format).is_empty(), "{} can do nothing", format.name);
    }
}

#[test]
fn an_extension_tells_one_format_for_one_purpose() {
    let purposes: [fn(&Format) -> bool; 4] =
        [|f| f.read_units.is_some(), |f| f.read_statements.is_some(), |f| f.read_alignment.is_some(), |f| f.write_units.is_some()];
    for can in purposes {
        let able: Vec<_> = FORMATS.iter().filter(|format| can(format)).flat_map(|format| format.extensions).collect();
        assert_eq!(able.len(), able.iter().collect::<BTreeSet<_>>().len(), "{able:?}");
    }
}

#[test]
fn what_is_written_reads_back() {
    let units = nasty_units(200);
    for format in FORMATS.iter().filter(|format| format.read_units.is_some() && format.write_units.is_some()) {
        let (files, replaced) = write_files(format, &units, true);
        let files: Vec<(&str, &[u8])> = files.iter().map(|bytes| ("file", bytes.as_slice())).collect();
        let read = read_named(format, &files).unwrap_or_else(|e| panic!("{}: {e}", format.name));
        assert_eq!(read.len(), units.len(), "{}", format.name);
        for (n, (read, unit)) in read.into_iter().zip(&units).enumerate() {
            let read = read.unwrap_or_else(|rejection| panic!("{}: {rejection:?}", format.name));
            let expected = |text: &str| if replaced > 0 { on_one_line(text) } else { text.to_string() };
            assert_eq!((&read.source, &read.target), (&expected(&unit.source), &expected(&unit.target)), "{} {n}", format.name);
            assert_eq!((read.source_lang, read.target_lang), (unit.source_lang, unit.target_lang), "{} {n}", format.name);
            if format.provenance {
                assert_eq!(read.source_provenance, unit.source_provenance, "{} {n}", format.name);
                assert_eq!(read.target_provenance, unit.target_provenance, "{} {n}", format.name);
            }
        }
    }
}

#[test]
fn every_replaced_character_is_counted() {
    let units = nasty_units(50);
    let texts = units.iter().flat_map(|unit| [&unit.source, &unit.target]);
    let count: u64 = texts.map(|text| text.matches(['\t', '\n', '\r']).count() as u64).sum();
    for format in FORMATS.iter().filter(|format| format.write_units.is_some()) {
        let replaced = write_files(format, &units, false).1;
        assert!(replaced == 0 || replaced == count, "{}: {replaced} of {count}", format.name);
    }
}

#[test]
fn an_alignment_that_is_written_reads_back() {
    let beads: Vec<Links> = sample_bitext().2.beads.iter().map(Links::from).collect();
    for format in FORMATS {
        if let (Some(write), Some(read)) = (format.write_alignment, format.read_alignment) {
            let text = String::from_utf8(written_alignment(write)).expect("UTF-8");
            assert_eq!(read(&text).expect(format.name), beads, "{}", format.name);
        }
    }
}

#[test]
fn no_format_takes_the_file_of_another_for_its_own() {
    for (writer, name, bytes) in all_written() {
        for format in FORMATS.iter().filter(|format| format.name != writer) {
            assert!(!(format.sniff)(&bytes), "{} claims {name} of {writer}", format.name);
        }
    }
}

#[test]
fn a_file_is_known_by_its_first_bytes_before_its_extension() {
    let name = |path: &str, head: &[u8], can: fn(&Format) -> bool| detect(Path::new(path), head, can).map(|format| format.name);
    assert_eq!(name("a.txt", b"[0]:[0]:0\n", |f| f.read_alignment.is_some()), Some("vecalign"));
    assert_eq!(name("A.TSV.gz", b"", |f| f.read_units.is_some()), Some("tsv"));
    assert_eq!(name("a.jsonl", b"", |f| f.read_statements.is_some()), Some("statements"));
    assert_eq!(name("-", b"Hola", |f| f.read_units.is_some()), None);
}

#[test]
fn the_bytes_written_are_those_of_the_golden_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/formats");
    let bless = std::env::var_os("BITEXTO_BLESS").is_some();
    let text = all_written().into_iter().filter(|(_, _, bytes)| std::str::from_utf8(bytes).is_ok());
    for (name, bytes) in text.map(|(_, name, bytes)| (name, bytes)).chain([("formats.md".to_string(), table().into_bytes())]) {
        let path = folder.join(&name);
        if bless {
            output::write_whole(&path, &bytes).expect("writes");
        }
        let golden = std::fs::read(&path).unwrap_or_else(|e| panic!("{name}: {e}; `BITEXTO_BLESS=1` makes it"));
        let (golden, bytes) = (String::from_utf8_lossy(&golden), String::from_utf8_lossy(&bytes));
        assert_eq!(golden, bytes, "{name} differs; `BITEXTO_BLESS=1` rewrites it");
    }
}
