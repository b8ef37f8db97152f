//! TMX 1.4: translation memories, read as the tools in use write them and written as the standard (and its DTD) wants them.
//! Inline codes are counted, not kept: a unit has plain text.

use super::Format;
use crate::model::Provenance;

mod read;
mod split;
mod write;

/// TMX, one unit for each combination of a source and a target variant.
pub static FORMAT: Format = Format {
    name: "tmx",
    extensions: &["tmx"],
    about: "translation memory (TMX 1.4) with provenance, confidence, score and state",
    sniff,
    provenance: true,
    read_units: Some(read::open),
    write_units: Some(write::open),
    ..Format::NONE
};

/// What the types of our own record properties begin with.
const OWN: &str = "x-bitexto-";

/// What the type of a provenance property begins with when its bare name would be read as something else.
const OTHER: &str = "x-other-";

/// The fields of [`Provenance`] that are not in `other`; their properties are `x-` and the name.
const FIELDS: [&str; Provenance::FIELDS.len()] = Provenance::FIELDS;

/// The name that ParaCrawl's files have for the address of a text.
const ADDRESS: &str = "source-document";

/// True when the first markup that is no comment or processing instruction is the document type or the root of a TMX file.
fn sniff(head: &[u8]) -> bool {
    let mut rest = head.trim_ascii_start();
    while let Some(end) = [("<?", "?>"), ("<!--", "-->")].iter().find_map(|(open, close)| {
        rest.starts_with(open.as_bytes()).then(|| memchr::memmem::find(rest, close.as_bytes()).map(|at| at + close.len()))?
    }) {
        rest = rest[end..].trim_ascii_start();
    }
    rest.starts_with(b"<!DOCTYPE tmx")
        || rest.strip_prefix(b"<tmx").is_some_and(|after| !after.first().is_some_and(u8::is_ascii_alphanumeric))
}

/// The field that a property of this type is about: its place in [`FIELDS`].
fn field(prop: &str) -> Option<usize> {
    let bare = prop.strip_prefix("x-").unwrap_or(if prop == ADDRESS { "url" } else { prop });
    FIELDS.iter().position(|field| *field == bare)
}

/// A provenance while its properties are read.
#[derive(Default)]
struct Said {
    provenance: Provenance,
    /// Which of [`FIELDS`] are known.
    known: [bool; FIELDS.len()],
}

impl Said {
    /// Adds a property, if it says anything. A second value of a field goes to `other`.
    fn add(&mut self, prop: &str, value: String) {
        match field(prop) {
            _ if value.is_empty() => {}
            Some(n) if self.known[n] => self.keep(FIELDS[n], value),
            Some(n) => {
                self.known[n] = true;
                self.provenance.set(FIELDS[n], &value);
            }
            None => self.keep(prop.strip_prefix(OTHER).unwrap_or(prop), value),
        }
    }

    /// Keeps what has no field. Values of one name are joined by line breaks.
    fn keep(&mut self, name: &str, value: String) {
        match self.provenance.other.get_mut(name) {
            Some(values) => {
                values.push('\n');
                values.push_str(&value);
            }
            None => drop(self.provenance.other.insert(name.to_string(), value)),
        }
    }
}

/// The properties of a provenance, such that [`Said`] makes the same one of them.
fn props(provenance: &Provenance) -> Vec<(String, &str)> {
    let fields = provenance.fields();
    let known = fields.len() - provenance.other.len();
    let known = fields[..known].iter().map(|(name, value)| (format!("x-{name}"), *value));
    known.chain(provenance.other.iter().map(|(name, value)| (other_prop(name), value.as_str()))).collect()
}

fn other_prop(name: &str) -> String {
    let taken = field(name).is_some() || name.starts_with(OTHER);
    if taken { format!("{OTHER}{name}") } else { name.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Result;
    use crate::formats::tests::{read_named, written};
    use crate::formats::{Input, Read, ReadOptions};
    use crate::model::{Lang, Medium, Origin, State, StatementLink, Translator, TranslatorKind, Unit};

    /// A file with these records.
    pub(super) fn tmx(records: &str) -> String {
        format!("<?xml version=\"1.0\"?><tmx version=\"1.4\"><header/><body>\n{records}\n</body></tmx>\n")
    }

    pub(super) fn read_bytes(bytes: &[u8]) -> Result<Vec<Read<Unit>>> {
        read_named(&FORMAT, &[("a.tmx", bytes)])
    }

    pub(super) fn read(text: &str) -> Result<Vec<Read<Unit>>> {
        read_bytes(text.as_bytes())
    }

    pub(super) fn units(text: &str) -> Vec<Unit> {
        read(text).expect("a file").into_iter().map(|unit| unit.expect("a unit")).collect()
    }

    /// Why the first record is rejected.
    pub(super) fn cause(text: &str) -> String {
        read(text).expect("a file").remove(0).expect_err("a rejection").cause
    }

    pub(super) fn text(units: &[Unit]) -> String {
        String::from_utf8(written(&FORMAT, units, true).0).expect("UTF-8")
    }

    /// A unit of which everything is known, and one of which nothing is.
    fn known_and_not() -> Vec<Unit> {
        let mut unit = Unit::new(
            "es-CO".parse().expect("a code"),
            Lang::EN,
            "¡No apunten a la gente!".into(),
            "“Don’t aim <at> people & obey!”\n".into(),
        );
        unit.id = Some("aaaaaaaaaaaaaaaaaaaaaaaaae".into());
        unit.origin = Origin {
            file: "marcha.es.txt".into(),
            target_file: Some("march.en.txt".into()),
            record: None,
            parent: None,
            source_segments: Some(3..4),
            target_segments: Some(3..5),
        };
        unit.statement =
            Some(StatementLink { statement: "marcha".into(), source_rendering: "original".into(), target_rendering: "agencia".into() });
        unit.source_provenance = Provenance {
            speaker: Some("Ana \"La Voz\" Ruiz".into()),
            date: Some("2025-09-26".into()),
            medium: Some(Medium::Megaphone),
            ..Provenance::default()
        }
        .into();
        let translator =
            Translator { kind: TranslatorKind::Agency, name: Some("Agencia Tres".into()), evidence: Some("firma al pie".into()) };
        unit.target_provenance = Provenance {
            url: Some("https://example.org/?a=1&b=2".into()),
            translator: Some(translator),
            licence: Some("quotation".into()),
            ..Provenance::default()
        }
        .into();
        unit.target_provenance.other.insert("quote-type".into(), "direct".into());
        (unit.original_lang, unit.confidence, unit.score, unit.state) = (Some(Lang::ES), Some(0.98), Some(0.1 + 0.2), State::Edited);
        vec![unit, Unit::new(Lang::ES, Lang::EN, "Sí.".into(), " Yes. ".into())]
    }

    /// The units as they are read: with the number of their record, where they name none.
    fn numbered(mut units: Vec<Unit>) -> Vec<Unit> {
        for (unit, n) in units.iter_mut().zip(1..) {
            unit.origin.record.get_or_insert(n);
        }
        units
    }

    #[test]
    fn what_is_written_is_read_as_the_same_units() {
        assert_eq!(units(&text(&known_and_not())), numbered(known_and_not()));
    }

    #[test]
    fn a_record_of_ours_can_be_read_the_other_way_round() {
        let options = ReadOptions { source_lang: Lang::EN, target_lang: Lang::ES };
        let input = Input::from_bytes("a.tmx", text(&known_and_not()).into_bytes()).expect("in memory");
        let mut batches = read::open(vec![input], &options).expect("a file");
        let read = batches.next().expect("a batch").expect("whole").read();
        assert_eq!(read[0].as_ref().expect("a unit").clone().swapped(), numbered(known_and_not())[0]);
    }

    /// Numbers that look random and are the same on every run (splitmix64).
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, n: usize) -> usize {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            usize::try_from((z ^ (z >> 31)) % n.max(1) as u64).expect("less than n")
        }

        /// A string of pieces that XML, or a reader of it, may trip over.
        fn nasty(&mut self) -> String {
            const PIECES: [&str; 24] = [
                "a", "ñ", "¿", " ", "  ", "\n", "\r", "\r\n", "\t", "&", "&amp;", "<", "</seg>", "]]>", "<!--", "-->", "\"", "'", "\u{85}",
                "\u{2028}", "\u{a0}", "𝄞", "</tu>", "\u{7f}",
            ];
            let length = 1 + self.below(8);
            (0..length).map(|_| PIECES[self.below(PIECES.len())]).collect()
        }

        fn provenance(&mut self) -> Provenance {
            let mut provenance = Provenance::default();
            for _ in 0..self.below(6) {
                let names = [
                    &FIELDS[..],
                    &["x-outlet", "source-document", "x-other-url", "kind", "x-project", "note", "tuid", "x-bitexto-state", "medium"],
                ]
                .concat();
                let name = names[self.below(names.len())];
                let value = self.nasty();
                match self.below(3) {
                    0 => drop(provenance.other.insert(self.nasty(), value)),
                    1 => drop(provenance.other.insert(name.to_string(), value)),
                    _ => provenance.set(name, &value),
                }
            }
            provenance
        }
    }

    #[test]
    fn any_text_and_provenance_is_read_as_it_was_written() {
        let mut dice = Dice(1);
        let units_written: Vec<Unit> = (0..2000)
            .map(|_| {
                let mut unit = Unit::new(Lang::ES, Lang::EN, dice.nasty() + "a", dice.nasty() + "b");
                (unit.source_provenance, unit.target_provenance) = (dice.provenance().into(), dice.provenance().into());
                unit.origin.file = dice.nasty();
                unit
            })
            .collect();
        for (read, written) in units(&text(&units_written)).into_iter().zip(numbered(units_written)) {
            assert_eq!(read, written);
        }
    }

    #[test]
    fn characters_that_xml_does_not_allow_are_replaced_and_counted() {
        let unit = Unit::new(Lang::ES, Lang::EN, "a\0\u{b}\u{1f}\u{ffff}".into(), "\u{7f}b".into());
        assert_eq!(written(&FORMAT, std::slice::from_ref(&unit), true).1, 4);
        let read = &units(&text(&[unit]))[0];
        assert_eq!((&*read.source, &*read.target), ("a\u{fffd}\u{fffd}\u{fffd}\u{fffd}", "\u{7f}b"));
    }

    #[test]
    fn no_cut_and_no_wrong_byte_makes_the_reader_panic_or_invent_a_whole_file() {
        let whole = text(&known_and_not()).into_bytes();
        for end in 0..whole.trim_ascii_end().len() {
            assert!(read_bytes(&whole[..end]).is_err(), "{end}");
        }
        let mut dice = Dice(2);
        for _ in 0..3000 {
            let mut bytes = whole.clone();
            for _ in 0..=dice.below(3) {
                let at = dice.below(bytes.len());
                bytes[at] = b"<>&;\"'/!-[]? \n\0\xf1ax"[dice.below(18)];
            }
            let _ = read_bytes(&bytes);
        }
    }

    #[test]
    fn a_tmx_file_is_known_by_its_first_bytes() {
        for head in ["<tmx version='1.4'>", "<?xml version='1.0'?>\n<!-- <a> -->\n<!DOCTYPE tmx SYSTEM 'tmx14.dtd'>", " <tmx>"] {
            assert!(sniff(head.as_bytes()), "{head}");
        }
        for head in ["", "<tmxs>", "<?xml version='1.0'?><xliff>", "<!-- <tmx> ", "Sí\t<tmx>"] {
            assert!(!sniff(head.as_bytes()), "{head}");
        }
    }

    #[test]
    fn a_byte_order_mark_and_utf16_are_read() {
        let text = tmx(r#"<tu><tuv lang="es"><seg>Sí.</seg></tuv><tuv lang="en"><seg>Yes.</seg></tuv></tu>"#);
        let with_bom = format!("\u{feff}{text}");
        assert_eq!(units(&with_bom), units(&text));
        let utf16: Vec<u8> = with_bom.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read_bytes(&utf16).expect("a file"), read(&text).expect("a file"));
    }
}
