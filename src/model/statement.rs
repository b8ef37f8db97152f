//! What somebody said, and every published text of it.

use serde::{Deserialize, Serialize};

use super::provenance::named_enum;
use super::{Lang, Medium, Provenance, Translator};

/// What somebody said: speaker, date, place, medium, event; and its published wordings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// A short name, unique in the corpus.
    pub id: String,
    /// Who said it.
    pub speaker: String,
    /// The speaker's role at the time (roles change, so it is kept with the statement).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// For whom it was said, when not for the speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
    /// The occasion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// When: EDTF (ISO 8601-2), such as `2025-09-26`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Through what.
    pub medium: Medium,
    /// The channel of the medium, such as `X`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The language it was made in.
    pub original_lang: Lang,
    /// False when the original language is only supposed.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub original_lang_sure: bool,
    /// The statement that quotes this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nested_in: Option<String>,
    /// A remark of the corpus builder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Its published texts.
    pub renderings: Vec<Rendering>,
}

/// One text of a statement in one language, as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rendering {
    /// A short name, unique in the statement.
    pub id: String,
    /// Its language.
    pub lang: Lang,
    /// Original or translation.
    pub kind: RenderingKind,
    /// The text, untouched.
    pub text: String,
    /// True for the rendering that those of the other language are aligned with.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reference: bool,
    /// How it was quoted.
    pub quote_type: QuoteType,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was published: EDTF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// How the outlet attributed it, such as `dijo`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
    /// Who translated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translator: Option<Translator>,
    /// The rendering it was copied from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derived_from: Option<String>,
    /// SPDX licence identifier, or `quotation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// A remark of the corpus builder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

named_enum! {
    /// What a rendering is in respect of the words that were said.
    RenderingKind {
        /// The words as they were said.
        Original = "original",
        /// A translation.
        Translation = "translation",
        /// A translation of a translation into the original language.
        BackTranslation = "back-translation",
        /// A translation by a program.
        Machine = "machine",
    }
}

named_enum! {
    /// How an outlet quoted a statement.
    QuoteType {
        /// In quotation marks, whole.
        Direct = "direct",
        /// As reported speech.
        Indirect = "indirect",
        /// Reported speech with quoted words.
        Mixed = "mixed",
        /// In quotation marks, with parts left out.
        Partial = "partial",
        /// In other words.
        Paraphrase = "paraphrase",
        /// In fewer words.
        Summary = "summary",
        /// The whole text, translated.
        FullTranslation = "full-translation",
    }
}

fn yes() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_true(value: &bool) -> bool {
    *value
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Statement {
    /// What makes this statement unusable, if anything: an empty id, two renderings with one id, an empty text, two references of one language.
    pub fn flaw(&self) -> Option<String> {
        if self.id.trim().is_empty() {
            return Some("the statement has an empty `id`".into());
        }
        for (n, rendering) in self.renderings.iter().enumerate() {
            if rendering.text.trim().is_empty() {
                return Some(format!("rendering `{}` has an empty `text`", rendering.id));
            }
            if self.renderings[..n].iter().any(|earlier| earlier.id == rendering.id) {
                return Some(format!("two renderings have the id `{}`", rendering.id));
            }
            let same = |r: &&Rendering| r.reference && r.lang.same_language(&rendering.lang);
            if rendering.reference && self.renderings[..n].iter().any(|r| same(&r)) {
                return Some(format!("two renderings in `{}` are marked as the reference", rendering.lang.primary()));
            }
        }
        None
    }

    /// The rendering that those of the other language are aligned with: the marked one, else the longest direct original quotation,
    /// else the longest text that is no back-translation. Never a back-translation.
    pub fn reference(&self, lang: &Lang) -> Option<&Rendering> {
        let of_lang = || self.renderings.iter().filter(|r| r.lang.same_language(lang) && r.kind != RenderingKind::BackTranslation);
        let longest = |keep: fn(&Rendering) -> bool| {
            let mut best: Option<&Rendering> = None;
            for rendering in of_lang().filter(|r| keep(r)) {
                if best.is_none_or(|b| rendering.text.chars().count() > b.text.chars().count()) {
                    best = Some(rendering);
                }
            }
            best
        };
        of_lang()
            .find(|r| r.reference)
            .or_else(|| longest(|r| r.kind == RenderingKind::Original && r.quote_type == QuoteType::Direct))
            .or_else(|| longest(|_| true))
    }

    /// The provenance of one rendering: the statement's speaker, event, date, place and medium with the rendering's outlet, URL, translator and licence.
    pub fn provenance(&self, rendering: &Rendering) -> Provenance {
        let mut provenance = Provenance {
            speaker: Some(self.speaker.clone()),
            role: self.role.clone(),
            event: self.event.clone(),
            date: self.date.clone(),
            place: self.place.clone(),
            medium: Some(self.medium),
            outlet: rendering.outlet.clone(),
            url: rendering.url.clone(),
            translator: rendering.translator.clone(),
            licence: rendering.licence.clone(),
            ..Provenance::default()
        };
        provenance.other.insert("kind".into(), rendering.kind.to_string());
        provenance.other.insert("quote-type".into(), rendering.quote_type.to_string());
        provenance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendering(id: &str, lang: Lang, kind: RenderingKind, text: &str) -> Rendering {
        serde_json::from_value(serde_json::json!({"id": id, "lang": lang, "kind": kind, "text": text, "quote_type": "direct"}))
            .expect("a rendering")
    }

    fn statement(renderings: Vec<Rendering>) -> Statement {
        let mut statement: Statement = serde_json::from_value(
            serde_json::json!({"id": "s", "speaker": "Gustavo Petro", "medium": "megaphone", "original_lang": "es", "renderings": []}),
        )
        .expect("a statement");
        statement.renderings = renderings;
        statement
    }

    #[test]
    fn the_longest_direct_original_is_the_reference_and_never_a_back_translation() {
        let s = statement(vec![
            rendering("short", Lang::ES, RenderingKind::Original, "Obedezcan."),
            rendering("long", Lang::ES, RenderingKind::Original, "Obedezcan la orden."),
            rendering("back", Lang::ES, RenderingKind::BackTranslation, "Obedezcan todas las órdenes de la humanidad."),
        ]);
        assert_eq!(s.reference(&Lang::ES).map(|r| r.id.as_str()), Some("long"));
        assert_eq!(s.reference(&Lang::EN), None);
    }

    #[test]
    fn a_marked_rendering_is_the_reference() {
        let mut short = rendering("short", Lang::ES, RenderingKind::Original, "Obedezcan.");
        short.reference = true;
        let s = statement(vec![rendering("long", Lang::ES, RenderingKind::Original, "Obedezcan la orden."), short]);
        assert_eq!(s.reference(&Lang::ES).map(|r| r.id.as_str()), Some("short"));
    }

    #[test]
    fn two_references_in_one_language_are_a_flaw() {
        let mut a = rendering("a", Lang::EN, RenderingKind::Translation, "Obey.");
        let mut b = rendering("b", "en-US".parse().expect("a code"), RenderingKind::Translation, "Obey!");
        (a.reference, b.reference) = (true, true);
        assert!(statement(vec![a, b]).flaw().is_some_and(|f| f.contains("reference")));
    }
}
