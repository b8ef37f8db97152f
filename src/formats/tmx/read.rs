//! Raw TMX records to units: the variants in the asked languages, their plain text, and what the record says about them.

use std::borrow::Cow;
use std::sync::Arc;

use quick_xml::escape::EscapeError;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::split::{Raw, Record, Splitter};
use super::{OWN, Said};
use crate::error::Result;
use crate::formats::lines::{escaped, utf8};
use crate::formats::{Batch, Batches, Input, Read, ReadOptions, Rejection, one};
use crate::model::{Lang, Origin, Provenance, State, StatementLink, Unit};
use crate::text::hash;

/// How deep elements may be nested, and how many attributes one may have.
const DEPTH: usize = 64;
/// How many units one record may give: some tools write all wordings of a phrase as variants of one record, none write hundreds.
const COMBINATIONS: usize = 1000;

/// Attributes that say how a record is coded, not where it comes from.
const CODING: [&str; 5] = ["datatype", "segtype", "srclang", "o-encoding", "o-tmf"];

/// Why a record cannot be read.
type Parsed<T> = std::result::Result<T, String>;

/// Opens a TMX file.
pub(super) fn open(inputs: Vec<Input>, options: &ReadOptions) -> Result<Batches> {
    let input = one(inputs)?;
    let (file, options): (Arc<str>, _) = (input.name.as_str().into(), *options);
    let batches = Splitter::new(input)?.map(move |raw| {
        let (raw, file) = (raw?, file.clone());
        Ok(Batch::new(None, move || units(&raw, &file, options)))
    });
    Ok(Box::new(batches))
}

fn units(raw: &Raw, file: &str, options: ReadOptions) -> Vec<Read<Unit>> {
    let mut units = Vec::with_capacity(raw.records.len());
    for record in &raw.records {
        let bytes = &raw.bytes[record.range.clone()];
        match parse(bytes, record, options).and_then(|tu| tu.units(record.number, options)) {
            Ok(read) => units.extend(read.into_iter().map(Ok)),
            Err(cause) => units.push(Err(Box::new(rejection(file, record, cause, bytes)))),
        }
    }
    units
}

fn rejection(file: &str, record: &Record, cause: String, bytes: &[u8]) -> Rejection {
    Rejection {
        file: file.to_string(),
        sheet: None,
        record: record.number,
        line: record.line,
        byte: record.byte,
        cause,
        text: escaped(bytes),
    }
}

/// A record.
#[derive(Default)]
struct Tu {
    own: Own,
    /// What is said of all variants.
    said: Said,
    variants: Vec<Variant>,
    /// The language tags of the other variants.
    passed: Vec<String>,
}

/// A text in one of the asked languages.
#[derive(Clone)]
struct Variant {
    lang: Lang,
    text: String,
    provenance: Provenance,
}

/// What our own writer noted.
#[derive(Clone, Default)]
struct Own {
    confidence: Option<f64>,
    score: Option<f64>,
    state: Option<State>,
    original_lang: Option<Lang>,
    statement: Option<StatementLink>,
    origin: Option<Origin>,
}

impl Own {
    /// Takes a property; false when it is not ours, or not as we write it.
    fn set(&mut self, prop: &str, value: &str) -> bool {
        fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
            *place = value;
            place.is_some()
        }
        match prop.strip_prefix(OWN) {
            Some("confidence") => put(&mut self.confidence, probability(value)),
            Some("score") => put(&mut self.score, probability(value)),
            Some("state") => put(&mut self.state, State::from_name(value)),
            Some("original-lang") => put(&mut self.original_lang, value.parse().ok()),
            Some("statement") => put(&mut self.statement, serde_json::from_str(value).ok()),
            Some("origin") => put(&mut self.origin, serde_json::from_str(value).ok()),
            _ => false,
        }
    }
}

fn probability(value: &str) -> Option<f64> {
    value.parse().ok().filter(|p| (0.0..=1.0).contains(p))
}

impl Tu {
    /// A unit for each combination of a source and a target variant, in the order of the file.
    fn units(mut self, record: u64, options: ReadOptions) -> Parsed<Vec<Unit>> {
        let (sources, targets) = (self.of(options.source_lang, options), self.of(options.target_lang, options));
        for (lang, found) in [(options.source_lang, &sources), (options.target_lang, &targets)] {
            if found.is_empty() {
                return Err(format!("no segment in `{lang}`, only in {}", self.languages()));
            }
        }
        let count = sources.len() * targets.len();
        if count > COMBINATIONS {
            return Err(format!("{} source and {} target variants are too many to combine", sources.len(), targets.len()));
        }
        let id = self.id();
        self.own.origin.get_or_insert_default().record.get_or_insert(record);
        let Tu { own, said: Said { provenance: all, .. }, mut variants, .. } = self;
        if count == 1 {
            let (first, last) = (sources[0].min(targets[0]), sources[0].max(targets[0]));
            let (last, first) = (variants.swap_remove(last), variants.swap_remove(first));
            let unit = Unit { id, ..unit(own, &all, first, last) };
            return Ok(vec![if sources[0] < targets[0] { unit } else { unit.swapped() }]);
        }
        let pairs = sources.iter().flat_map(|s| targets.iter().map(move |t| (*s, *t)));
        Ok(pairs.map(|(s, t)| unit(own.clone(), &all, variants[s].clone(), variants[t].clone())).collect())
    }

    /// The `tuid` of our own writer, which always notes the state; another program's `tuid` stays in the provenance.
    fn id(&mut self) -> Option<String> {
        let ours = self.own.state.is_some() && self.said.provenance.other.get("tuid").is_some_and(|id| hash::from_base32(id).is_some());
        if ours { self.said.provenance.other.remove("tuid") } else { None }
    }

    /// The variants in a language, whatever the region; when both asked languages are regions of one, only those of that very region.
    fn of(&self, asked: Lang, options: ReadOptions) -> Vec<usize> {
        let exact = options.source_lang.same_language(&options.target_lang);
        let same = |lang: &Lang| if exact { *lang == asked } else { lang.same_language(&asked) };
        (0..self.variants.len()).filter(|n| same(&self.variants[*n].lang)).collect()
    }

    fn languages(&self) -> String {
        let mut tags: Vec<_> = self.variants.iter().map(|v| v.lang.to_string()).chain(self.passed.iter().cloned()).collect();
        tags.sort();
        tags.dedup();
        if tags.is_empty() { "none".to_string() } else { format!("`{}`", tags.join("`, `")) }
    }
}

/// Our own notes are about the first variant of a record as the source.
fn unit(own: Own, all: &Provenance, source: Variant, target: Variant) -> Unit {
    // Our own records say nothing of both sides at once; to merge maps with nothing would be a good part of the work.
    let of = |provenance: Provenance| if all.is_empty() { provenance } else { provenance.or(all) };
    Unit {
        origin: own.origin.unwrap_or_default(),
        statement: own.statement,
        source_provenance: of(source.provenance).into(),
        target_provenance: of(target.provenance).into(),
        original_lang: own.original_lang,
        confidence: own.confidence,
        score: own.score,
        state: own.state.unwrap_or_default(),
        ..Unit::new(source.lang, target.lang, source.text, target.text)
    }
}

/// Reads one record.
fn parse(bytes: &[u8], record: &Record, options: ReadOptions) -> Parsed<Tu> {
    let text = utf8(bytes)?;
    let mut xml = Reader::from_str(text);
    xml.config_mut().expand_empty_elements = true;
    Parser { xml, text, line: record.line, options }.tu()
}

struct Parser<'a> {
    xml: Reader<&'a [u8]>,
    text: &'a str,
    line: u64,
    options: ReadOptions,
}

impl<'a> Parser<'a> {
    fn tu(&mut self) -> Parsed<Tu> {
        let mut tu = Tu::default();
        while let Some(element) = self.child()? {
            match element.name().0 {
                "tu" => self.attributes(&element, |name, value| tu.said.keep(name, value.into_owned()))?,
                "tuv" => self.tuv(&element, &mut tu)?,
                "prop" => {
                    let (prop, value) = self.prop(&element)?;
                    if !tu.own.set(&prop, &value) {
                        tu.said.add(&prop, value);
                    }
                }
                "note" => tu.said.keep("note", self.content()?.text),
                name => return Err(format!("a `{name}` directly in a `tu`")),
            }
        }
        Ok(tu)
    }

    /// Reads a variant; one in a language that is not asked for is passed over.
    fn tuv(&mut self, element: &BytesStart<'a>, tu: &mut Tu) -> Parsed<()> {
        let (mut said, mut tag, mut text) = (Said::default(), None, None);
        self.attributes(element, |name, value| match name {
            "xml:lang" => tag = Some(value.into_owned()),
            "lang" => drop(tag.get_or_insert_with(|| value.into_owned())),
            _ => said.keep(name, value.into_owned()),
        })?;
        let tag = tag.ok_or("a `tuv` has no language")?;
        let Some(lang) = asked_for(&tag, self.options) else {
            tu.passed.push(tag);
            return self.xml.read_to_end(element.name()).map(drop).map_err(|e| self.malformed(&e));
        };
        while let Some(child) = self.child()? {
            match child.name().0 {
                "prop" => {
                    let (prop, value) = self.prop(&child)?;
                    said.add(&prop, value);
                }
                "note" => said.keep("note", self.content()?.text),
                "seg" if text.is_some() => return Err(format!("two `seg` in the `{tag}` variant")),
                "seg" => {
                    let content = self.content()?;
                    if content.inline > 0 {
                        said.keep("tmx-inline", content.inline.to_string());
                    }
                    text = Some(content.text);
                }
                name => return Err(format!("a `{name}` directly in a `tuv`")),
            }
        }
        let text = text.ok_or_else(|| format!("no `seg` in the `{tag}` variant"))?;
        if text.trim_start().is_empty() {
            return Err(format!("the `{tag}` segment is empty"));
        }
        tu.variants.push(Variant { lang, text, provenance: said.provenance });
        Ok(())
    }

    fn prop<'b>(&mut self, element: &'b BytesStart<'a>) -> Parsed<(Cow<'b, str>, String)> {
        let mut prop = Cow::Borrowed("prop");
        self.attributes(element, |name, value| {
            if name == "type" {
                prop = value;
            }
        })?;
        Ok((prop, self.content()?.text))
    }

    /// The next element directly in this one; `None` at its end.
    fn child(&mut self) -> Parsed<Option<BytesStart<'a>>> {
        loop {
            match self.event()? {
                Event::Start(element) => return Ok(Some(element)),
                Event::End(_) => return Ok(None),
                Event::Eof => return Err("malformed XML: the record is not closed".to_string()),
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => return Err("text outside of `seg`".to_string()),
                _ => {}
            }
        }
    }

    /// The text of an element up to its end tag: without the codes in it, with what is no code in them (`sub`).
    fn content(&mut self) -> Parsed<Content> {
        let mut content = Content::default();
        let mut kept: Vec<bool> = Vec::new();
        loop {
            let keep = kept.last().copied().unwrap_or(true);
            match self.event()? {
                Event::Start(element) => {
                    content.inline += 1;
                    // `tu`, `tuv` and `seg` are above.
                    if kept.len() + 3 >= DEPTH {
                        return Err(format!("elements are nested more than {DEPTH} deep"));
                    }
                    kept.push(match element.name().0 {
                        "bpt" | "ept" | "ph" | "it" | "ut" => false,
                        "sub" => true,
                        _ => keep,
                    });
                }
                Event::End(_) if kept.pop().is_none() => return Ok(content.trimmed()),
                Event::Text(text) if keep => content.raw(&text.xml10_content()),
                Event::CData(data) if keep => content.exact(&data.xml10_content()),
                Event::GeneralRef(reference) => {
                    let char = self.resolve(&reference)?;
                    if keep {
                        content.exact(char.encode_utf8(&mut [0; 4]));
                    }
                }
                Event::Eof => return Err("malformed XML: the record is not closed".to_string()),
                _ => {}
            }
        }
    }

    fn event(&mut self) -> Parsed<Event<'a>> {
        self.xml.read_event().map_err(|e| self.malformed(&e))
    }

    fn attributes<'b>(&self, element: &'b BytesStart<'a>, mut each: impl FnMut(&'b str, Cow<'b, str>)) -> Parsed<()> {
        for (n, attribute) in element.attributes().enumerate() {
            if n == DEPTH {
                return Err(format!("more than {DEPTH} attributes"));
            }
            let attribute = attribute.map_err(|e| self.malformed(&e.into()))?;
            if !CODING.contains(&attribute.key.0) {
                each(attribute.key.0, attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|e| self.malformed(&e))?);
            }
        }
        Ok(())
    }

    /// The character that a reference stands for: one of XML's five, or its number.
    fn resolve(&self, reference: &BytesRef<'a>) -> Parsed<char> {
        if let Some(char) = reference.resolve_char_ref().map_err(|e| self.malformed(&e))? {
            return Ok(char);
        }
        match &**reference {
            "lt" => Ok('<'),
            "gt" => Ok('>'),
            "amp" => Ok('&'),
            "apos" => Ok('\''),
            "quot" => Ok('"'),
            name => Err(entity(name)),
        }
    }

    fn malformed(&self, error: &quick_xml::Error) -> String {
        if let quick_xml::Error::Escape(EscapeError::UnrecognizedEntity(_, name)) = error {
            return entity(name);
        }
        let at = if self.xml.error_position() > 0 { self.xml.error_position() } else { self.xml.buffer_position() };
        let at = usize::try_from(at).unwrap_or_default();
        let line = self.line + memchr::memchr_iter(b'\n', &self.text.as_bytes()[..at.min(self.text.len())]).count() as u64;
        format!("malformed XML on line {line}: {error}")
    }
}

fn entity(name: &str) -> String {
    format!("the entity `&{name};` is none of XML's five, and others are not expanded")
}

/// The language of a tag, if it is one of the two asked for. A tag that is no language code, such as `es-x-longish`, counts by its first part.
fn asked_for(tag: &str, options: ReadOptions) -> Option<Lang> {
    let lang: Lang = tag.parse().or_else(|_| tag.split(['-', '_']).next().unwrap_or(tag).parse()).ok()?;
    (lang.same_language(&options.source_lang) || lang.same_language(&options.target_lang)).then_some(lang)
}

/// The text of an element while it is read.
#[derive(Default)]
struct Content {
    text: String,
    /// How much of `text` must not be trimmed.
    fixed: usize,
    /// How many elements were in it.
    inline: usize,
}

/// XML's white space.
const BLANK: [char; 4] = [' ', '\t', '\r', '\n'];

impl Content {
    /// Text as typed: a line break with what surrounds it is layout when it comes first or last.
    fn raw(&mut self, text: &str) {
        let rest = text.trim_start_matches(BLANK);
        let layout = self.text.is_empty() && text[..text.len() - rest.len()].contains('\n');
        self.text.push_str(if layout { rest } else { text });
    }

    /// Text that was meant: CDATA, a character given by its number.
    fn exact(&mut self, text: &str) {
        self.text.push_str(text);
        self.fixed = self.text.len();
    }

    fn trimmed(mut self) -> Content {
        let end = self.fixed + self.text[self.fixed..].trim_end_matches(BLANK).len();
        if self.text[end..].contains('\n') {
            self.text.truncate(end);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{cause, read, tmx, units};

    /// A record in Spanish and English with this Spanish segment.
    fn with_segment(seg: &str) -> String {
        tmx(&format!(r#"<tu><tuv xml:lang="es"><seg>{seg}</seg></tuv><tuv xml:lang="en"><seg>Yes.</seg></tuv></tu>"#))
    }

    fn segment(seg: &str) -> String {
        units(&with_segment(seg))[0].source.clone()
    }

    #[test]
    fn a_variant_is_found_by_any_spelling_of_its_language() {
        for (es, en) in [("ES-ES", "EN-US"), ("spa", "eng"), ("es_CO", "en_GB"), ("es-x-verylongsubtag", "en_US_POSIX")] {
            let text = tmx(&format!(r#"<tu><tuv lang="{en}"><seg>Yes.</seg></tuv><tuv xml:lang='{es}'><seg>Sí.</seg></tuv></tu>"#));
            let unit = &units(&text)[0];
            assert_eq!((&*unit.source, &*unit.target), ("Sí.", "Yes."));
            assert_eq!((unit.source_lang.primary(), unit.target_lang.primary()), ("es", "en"));
        }
    }

    #[test]
    fn several_variants_of_a_language_are_combined_in_order() {
        let text = tmx(
            r#"<tu><tuv xml:lang="en"><seg>Yes.</seg></tuv><tuv xml:lang="es"><seg>Sí.</seg></tuv><tuv xml:lang="fr"><seg>Oui.</seg></tuv>
            <tuv xml:lang="es-CO"><seg>Sí, señor.</seg></tuv><tuv xml:lang="en-GB"><seg>Yes, sir.</seg></tuv></tu>"#,
        );
        let pairs: Vec<_> = units(&text).into_iter().map(|u| (u.source, u.target, u.origin.record)).collect();
        let pair = |s: &str, t: &str| (s.to_string(), t.to_string(), Some(1));
        assert_eq!(pairs, [pair("Sí.", "Yes."), pair("Sí.", "Yes, sir."), pair("Sí, señor.", "Yes."), pair("Sí, señor.", "Yes, sir.")]);
    }

    #[test]
    fn a_record_without_an_asked_language_names_those_it_has() {
        let text = tmx(r#"<tu><tuv xml:lang="fr"><seg>Oui.</seg></tuv><tuv xml:lang="ES"><seg>Sí.</seg></tuv></tu>"#);
        assert_eq!(cause(&text), "no segment in `en`, only in `es`, `fr`");
        assert_eq!(cause(&tmx("<tu/>")), "no segment in `es`, only in none");
    }

    #[test]
    fn inline_codes_are_dropped_and_counted_and_what_they_mark_is_kept() {
        let text = r#"Pulse <bpt i="1">&lt;b></bpt><hi>aquí</hi><ept i="1">&lt;/b></ept> o <ph>&lt;img alt="<sub>el botón</sub>">&amp;</ph>.<it pos="begin"/>"#;
        let unit = &units(&with_segment(text))[0];
        assert_eq!(unit.source, "Pulse aquí o el botón.");
        assert_eq!(unit.source_provenance.other["tmx-inline"], "6");
        assert!(unit.target_provenance.is_empty());
    }

    #[test]
    fn only_layout_is_trimmed() {
        assert_eq!(segment("\n        Sí.\n      "), "Sí.");
        assert_eq!(segment("\r\n\tSí,\r\n  señor.\r\n"), "Sí,\n  señor.");
        assert_eq!(segment("  Sí. \u{a0}\t"), "  Sí. \u{a0}\t");
        assert_eq!(segment("&#10; Sí.&#10;\n"), "\n Sí.\n");
        assert_eq!(segment("<![CDATA[\n]]>Sí.<![CDATA[ \n]]>"), "\nSí. \n");
    }

    #[test]
    fn references_cdata_and_comments_are_read_as_xml_means_them() {
        assert_eq!(segment("&lt;&amp;amp;&gt;&quot;&apos;&#x20AC;&#233;"), "<&amp;>\"'€é");
        assert_eq!(segment("a<![CDATA[</seg></tu> & <b>]]>b"), "a</seg></tu> & <b>b");
        assert_eq!(segment("a<!-- </seg></tuv></tu> & -->b<?x </tu>?>"), "ab");
    }

    #[test]
    fn an_entity_is_named_and_not_expanded() {
        let bomb = r#"<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><tmx version="1.4"><body>"#;
        for (name, place) in [("b", "<seg>&b;</seg>"), ("c", "<seg>a <ph>&c;</ph></seg>"), ("a", r#"<prop type="&a;"/><seg>a</seg>"#)] {
            let text = format!(r#"{bomb}<tu><tuv xml:lang="es">{place}</tuv></tu></body></tmx>"#);
            assert_eq!(cause(&text), format!("the entity `&{name};` is none of XML's five, and others are not expanded"));
        }
    }

    #[test]
    fn a_flawed_record_is_rejected_with_its_place_and_the_run_goes_on() {
        let good = r#"<tu><tuv xml:lang="es"><seg>Sí.</seg></tuv><tuv xml:lang="en"><seg>Yes.</seg></tuv></tu>"#;
        let es = |content: &str| format!(r#"<tu><tuv xml:lang="es">{content}</tuv></tu>"#);
        for (bad, expected) in [
            (es(""), "no `seg` in the `es` variant"),
            (es("<seg> &#32;\n</seg>"), "the `es` segment is empty"),
            (es("<seg/>"), "the `es` segment is empty"),
            (es("<seg>a</seg><seg>b</seg>"), "two `seg` in the `es` variant"),
            (es("\n<seg>a</sge>"), "malformed XML on line 4: ill-formed document: expected `</seg>`, but `</sge>` was found"),
            (
                es("\n<seg>AT&T</seg>"),
                "malformed XML on line 4: ill-formed document: entity or character reference not closed: `;` not found before end of input",
            ),
            (es("text"), "text outside of `seg`"),
            ("<tu><tuv><seg>a</seg></tuv></tu>".into(), "a `tuv` has no language"),
            ("<tu><seg>a</seg></tu>".into(), "a `seg` directly in a `tu`"),
            (r#"<tu><tuv xml:lang="es"><seg>a</seg></tuv>"#.into(), "malformed XML: the record is not closed"),
        ] {
            let text = tmx(&format!("{good}\n{bad}\n{good}"));
            let read = read(&text).expect("a file");
            let Err(rejection) = &read[1] else { panic!("{bad} was read") };
            let place = text.find(&bad).expect("is there") as u64;
            assert_eq!((rejection.record, rejection.line, rejection.byte), (2, 3, place), "{bad}");
            assert!(rejection.cause.starts_with(expected), "{}", rejection.cause);
            assert!(rejection.text.starts_with(&bad));
            assert!(read[0].is_ok() && read[2].is_ok() && read.len() == 3);
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_shown() {
        let mut bytes = with_segment("a~o").into_bytes();
        let at = bytes.iter().position(|b| *b == b'~').expect("is there");
        bytes[at] = 0xf1;
        let read = super::super::tests::read_bytes(&bytes).expect("a file");
        let Err(rejection) = &read[0] else { panic!("it was read") };
        let at = at as u64 - rejection.byte;
        assert_eq!(rejection.cause, format!("not UTF-8: `\\xF1` at byte {at} of the record"));
        assert!(rejection.text.contains("a\\xF1o"));
    }

    #[test]
    fn what_is_nested_too_deep_or_combines_too_often_is_rejected() {
        assert!(units(&with_segment(&format!("{}a{}", "<hi>".repeat(61), "</hi>".repeat(61)))).len() == 1);
        assert!(cause(&with_segment(&format!("{}a{}", "<hi>".repeat(62), "</hi>".repeat(62)))).contains("64 deep"));
        assert!(cause(&with_segment(&"<hi>".repeat(100_000))).contains("64 deep"));
        let many: String = ["es", "en"].map(|lang| format!(r#"<tuv lang="{lang}"><seg>a</seg></tuv>"#).repeat(40)).concat();
        assert!(cause(&tmx(&format!("<tu>{many}</tu>"))).contains("too many"));
    }

    #[test]
    fn what_a_record_says_goes_to_both_sides_and_what_a_variant_says_to_its_own() {
        let text = tmx(
            r#"<tu tuid="17" creationdate="20250926T120000Z" datatype="Text"><note>con megáfono</note><prop type="x-outlet">Semana</prop>
            <prop type="x-project">paz</prop><tuv xml:lang="es" creationid="ANA"><seg>Sí.</seg></tuv>
            <tuv xml:lang="en"><prop type="outlet">Reuters</prop><prop type="source-document">https://example.org/a</prop>
            <prop type="source-document">https://example.org/b</prop><prop type="medium">smoke</prop><prop type="empty"/><seg>Yes.</seg></tuv></tu>"#,
        );
        let unit = &units(&text)[0];
        let (source, target) = (&unit.source_provenance, &unit.target_provenance);
        assert_eq!((unit.id.as_deref(), source.other["tuid"].as_str()), (None, "17"));
        assert_eq!((source.outlet.as_deref(), target.outlet.as_deref()), (Some("Semana"), Some("Reuters")));
        assert_eq!(
            (&*source.other["note"], &*target.other["x-project"], &*target.other["creationdate"]),
            ("con megáfono", "paz", "20250926T120000Z")
        );
        assert_eq!((source.other.get("creationid").map(String::as_str), target.other.get("creationid")), (Some("ANA"), None));
        assert_eq!((target.url.as_deref(), &*target.other["url"]), (Some("https://example.org/a"), "https://example.org/b"));
        assert_eq!(target.other["medium"], "smoke");
        assert!(!target.other.contains_key("empty") && !target.other.contains_key("datatype"));
    }
}
