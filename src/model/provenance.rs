//! Provenance: who, where, when, how obtained, under which licence. One struct, kept for each side of a unit.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize, Serializer};

/// Where one side of a unit, or a document, comes from. Every field may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Provenance {
    /// Who said or wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The speaker's role at the time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The occasion: a speech, a session, a march.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// When it was said or published: EDTF (ISO 8601-2), such as `2025-09-26`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Through what it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medium: Option<Medium>,
    /// Who published this wording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who translated it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translator: Option<Translator>,
    /// SPDX licence identifier, or `quotation` for a short attributed quotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// What else the file said about this side, by the name it used.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, String>,
}

impl Provenance {
    /// The names that [`Provenance::fields`] has for what is not in `other`, in its order.
    pub const FIELDS: [&str; 12] = [
        "speaker",
        "role",
        "event",
        "date",
        "place",
        "medium",
        "outlet",
        "url",
        "translator-kind",
        "translator-name",
        "translator-evidence",
        "licence",
    ];

    /// True when nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == UNKNOWN
    }

    /// The same provenance, its unknown fields taken from `defaults`.
    #[must_use]
    pub fn or(self, defaults: &Provenance) -> Provenance {
        let mut other = defaults.other.clone();
        other.extend(self.other);
        Provenance {
            speaker: self.speaker.or_else(|| defaults.speaker.clone()),
            role: self.role.or_else(|| defaults.role.clone()),
            event: self.event.or_else(|| defaults.event.clone()),
            date: self.date.or_else(|| defaults.date.clone()),
            place: self.place.or_else(|| defaults.place.clone()),
            medium: self.medium.or(defaults.medium),
            outlet: self.outlet.or_else(|| defaults.outlet.clone()),
            url: self.url.or_else(|| defaults.url.clone()),
            translator: self.translator.or_else(|| defaults.translator.clone()),
            licence: self.licence.or_else(|| defaults.licence.clone()),
            other,
        }
    }

    /// Name and value of every known field, in the order of the struct; the names are those of the JSON form, translator as `translator-kind`,
    /// `translator-name` and `translator-evidence`.
    pub fn fields(&self) -> Vec<(&str, &str)> {
        let translator = self.translator.as_ref();
        let known = [
            ("speaker", self.speaker.as_deref()),
            ("role", self.role.as_deref()),
            ("event", self.event.as_deref()),
            ("date", self.date.as_deref()),
            ("place", self.place.as_deref()),
            ("medium", self.medium.map(Medium::name)),
            ("outlet", self.outlet.as_deref()),
            ("url", self.url.as_deref()),
            ("translator-kind", translator.map(|t| t.kind.name())),
            ("translator-name", translator.and_then(|t| t.name.as_deref())),
            ("translator-evidence", translator.and_then(|t| t.evidence.as_deref())),
            ("licence", self.licence.as_deref()),
        ];
        let known = known.into_iter().filter_map(|(name, value)| Some((name, value?)));
        known.chain(self.other.iter().map(|(name, value)| (name.as_str(), value.as_str()))).collect()
    }

    /// Sets the field `name` as [`Provenance::fields`] names it; a name or value it does not know goes to `other`.
    pub fn set(&mut self, name: &str, value: &str) {
        let text = || Some(value.to_string());
        match name {
            "speaker" => self.speaker = text(),
            "role" => self.role = text(),
            "event" => self.event = text(),
            "date" => self.date = text(),
            "place" => self.place = text(),
            "outlet" => self.outlet = text(),
            "url" => self.url = text(),
            "licence" => self.licence = text(),
            "translator-name" => self.translator.get_or_insert_default().name = text(),
            "translator-evidence" => self.translator.get_or_insert_default().evidence = text(),
            "medium" if Medium::from_name(value).is_some() => self.medium = Medium::from_name(value),
            "translator-kind" if TranslatorKind::from_name(value).is_some() => {
                self.translator.get_or_insert_default().kind = TranslatorKind::from_name(value).unwrap_or_default();
            }
            _ => {
                self.other.insert(name.to_string(), value.to_string());
            }
        }
    }
}

/// A [`Provenance`] that takes no room while nothing is known: units are moved about by the million, and most say nothing of where they come from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Provenance")]
pub struct BoxedProvenance(Option<Box<Provenance>>);

static UNKNOWN: Provenance = Provenance {
    speaker: None,
    role: None,
    event: None,
    date: None,
    place: None,
    medium: None,
    outlet: None,
    url: None,
    translator: None,
    licence: None,
    other: BTreeMap::new(),
};

impl From<Provenance> for BoxedProvenance {
    fn from(provenance: Provenance) -> BoxedProvenance {
        BoxedProvenance((!provenance.is_empty()).then(|| Box::new(provenance)))
    }
}

impl From<BoxedProvenance> for Provenance {
    fn from(boxed: BoxedProvenance) -> Provenance {
        boxed.0.map_or_else(Provenance::default, |provenance| *provenance)
    }
}

impl Deref for BoxedProvenance {
    type Target = Provenance;

    fn deref(&self) -> &Provenance {
        self.0.as_deref().unwrap_or(&UNKNOWN)
    }
}

impl DerefMut for BoxedProvenance {
    fn deref_mut(&mut self) -> &mut Provenance {
        self.0.get_or_insert_default()
    }
}

impl Serialize for BoxedProvenance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

/// A box around nothing is nothing.
impl PartialEq for BoxedProvenance {
    fn eq(&self, other: &BoxedProvenance) -> bool {
        **self == **other
    }
}

/// Who made a translation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Translator {
    /// What kind of translator.
    pub kind: TranslatorKind,
    /// The name, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What tells so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// An enum whose values are written as kebab-case names, with the whole list at hand for help and messages.
macro_rules! named_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name used in files and on screen.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value with that name.
            pub fn from_name(name: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|value| value.name() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}
pub(crate) use named_enum;

named_enum! {
    /// What kind of translator made a text.
    #[derive(Default)]
    TranslatorKind {
        /// A person.
        Human = "human",
        /// A person, while it was being said.
        Interpreter = "interpreter",
        /// A program.
        Machine = "machine",
        /// A news agency.
        Agency = "agency",
        /// Nobody knows.
        #[default]
        Unknown = "unknown",
    }
}

named_enum! {
    /// Through what a statement was made.
    Medium {
        /// A speech.
        Speech = "speech",
        /// A speech at the United Nations.
        UnSpeech = "un-speech",
        /// An interview.
        Interview = "interview",
        /// A press conference.
        PressConference = "press-conference",
        /// A speech through a megaphone.
        Megaphone = "megaphone",
        /// A post on a social network.
        Post = "post",
        /// A video.
        Video = "video",
        /// A decree.
        Decree = "decree",
        /// A letter.
        Letter = "letter",
        /// A leaked text.
        Leak = "leak",
        /// Something else.
        Other = "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_go_there_and_back() {
        let mut provenance = Provenance { speaker: Some("Gustavo Petro".into()), medium: Some(Medium::Megaphone), ..Provenance::default() };
        provenance.translator =
            Some(Translator { kind: TranslatorKind::Agency, name: Some("Reuters".into()), evidence: Some("byline".into()) });
        provenance.other.insert("x-project".into(), "paz".into());
        for name in Provenance::FIELDS {
            let mut one = Provenance::default();
            one.set(name, "agency");
            one.set(name, "post");
            assert!(one.other.is_empty() || ["medium", "translator-kind"].contains(&name), "{name} is a field");
            assert!(one.fields().iter().any(|(known, _)| *known == name), "{name}");
        }
        let mut again = Provenance::default();
        for (name, value) in provenance.fields() {
            again.set(name, value);
        }
        assert_eq!(again, provenance);
    }

    #[test]
    fn an_unknown_medium_is_kept_as_it_was_written() {
        let mut provenance = Provenance::default();
        provenance.set("medium", "smoke signals");
        assert_eq!(provenance.other["medium"], "smoke signals");
    }

    #[test]
    fn defaults_fill_only_what_is_unknown() {
        let defaults = Provenance { outlet: Some("Semana".into()), licence: Some("quotation".into()), ..Provenance::default() };
        let own = Provenance { outlet: Some("Reuters".into()), ..Provenance::default() };
        let both = own.or(&defaults);
        assert_eq!((both.outlet.as_deref(), both.licence.as_deref()), (Some("Reuters"), Some("quotation")));
    }
}
