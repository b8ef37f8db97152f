//! The table that tells languages: a row of small numbers for each feature. How it was learned is the business of `train`.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use super::features::{ROW_BITS, Words, features, features_until};
use super::{Guess, LANGS, NAMED};
use crate::text::Lang;

/// First bytes of a model file, and version of its form.
const MAGIC: &[u8; 8] = b"BTXLID\x00\x01";
/// Bytes of the checksum (BLAKE3) that follows, over all that comes after it.
const CHECKSUM: usize = 32;
/// Then what one step of a number is worth in log-odds (f32), and a code of 8 bytes for each language.
const HEADER: usize = MAGIC.len() + CHECKSUM + 4 + 8 * NAMED;
const ROWS: usize = 1 << ROW_BITS;

/// The model shipped with the program; `models/README.md` tells what it was made from.
const SHIPPED: &[u8] = include_bytes!("../../../models/langid.bin");

/// A linear classifier over hashed features (multinomial logistic regression): a text's score for a language is the sum of what its features
/// say. Languages outside [`LANGS`] are the class that all others are measured against; its numbers are zero and not kept.
#[derive(Debug, Clone)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    step: f32,
}

/// What a model is made of: log-odds for each row and language, before they are quantised.
pub struct Table {
    /// Rows in order, 2 to the power of [`ROW_BITS`].
    pub rows: Vec<[f32; NAMED]>,
}

impl Model {
    /// The model built in. Its bytes are not copied, and its checksum is compared by a test only.
    pub fn shipped() -> &'static Model {
        static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(Cow::Borrowed(SHIPPED)).expect("a test reads it"));
        &MODEL
    }

    /// The model in the bytes of a file. Damaged or foreign bytes are refused with the cause.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Model, String> {
        let model = Model::read(bytes.into())?;
        if checksum(&model.bytes) != model.bytes[MAGIC.len()..MAGIC.len() + CHECKSUM] {
            return Err("the language model is damaged: its checksum does not fit".into());
        }
        Ok(model)
    }

    /// Reads the header; the checksum is not looked at.
    fn read(bytes: Cow<'static, [u8]>) -> Result<Model, String> {
        if bytes.len() < HEADER || bytes[..6] != MAGIC[..6] {
            return Err("not a language model".into());
        }
        if &bytes[..MAGIC.len()] != MAGIC || bytes[HEADER - 8 * NAMED..HEADER] != codes() {
            return Err("a language model of a form that this version does not know".into());
        }
        let at = MAGIC.len() + CHECKSUM;
        let step = f32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        if bytes.len() != HEADER + ROWS * NAMED || !step.is_finite() {
            return Err("the language model is damaged: its size does not fit its header".into());
        }
        Ok(Model { bytes, step })
    }

    /// The model as bytes; the same content always gives the same bytes.
    pub fn to_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the model makes of `text`, in any case and Unicode form. A text without words gives every class the same probability.
    ///
    /// ```
    /// use bitexto::text::{Lang, langid::Model};
    /// let guess = Model::shipped().identify("Os pobos teñen dereito a falar na súa lingua.");
    /// assert_eq!(guess.lang().unwrap().as_str(), "gl");
    /// assert!(guess.log_odds_against(&Lang::ES) > 5.0);
    /// ```
    pub fn identify(&self, text: &str) -> Guess {
        let (mut plain, mut names) = ([0; NAMED], [0; NAMED]);
        let words = features(text, |word| {
            let sums = if word.is_name { &mut names } else { &mut plain };
            self.add(word.rows, sums);
            self.add(word.accents, sums);
        });
        if words.are_mostly_capitalised() {
            plain.iter_mut().zip(names).for_each(|(sum, more)| *sum += more);
        }
        let mut scores = [0.0; NAMED + 1];
        scores.iter_mut().zip(plain).for_each(|(score, sum)| *score = sum as f32 * self.step);
        Guess { scores, words }
    }

    /// What one word shows, for each of [`LANGS`], in [`Model::steps`]: the numbers of the words of a text add up.
    pub fn word(&self, word: &str) -> [i16; NAMED] {
        let mut sums = [0; NAMED];
        features(word, |word| {
            self.add(word.rows, &mut sums);
            self.add(word.accents, &mut sums);
        });
        sums.map(|sum| sum.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16)
    }

    /// How many steps make so much in natural log-odds.
    pub fn steps(&self, log_odds: f32) -> i32 {
        (log_odds / self.step).ceil() as i32
    }

    /// True if the beginning of `text` is enough to tell: `lang` explains its words, names aside, better than every other language by `lead` in natural
    /// log-odds. It reads no further than it must.
    ///
    /// ```
    /// use bitexto::text::{Lang, langid::Model};
    /// let model = Model::shipped();
    /// assert!(model.begins_in(&Lang::ES, "Los vecinos tenían miedo de la lluvia y se quedaron.", 10.0));
    /// assert!(!model.begins_in(&Lang::ES, "Os veciños tiñan medo da choiva e quedaron na casa.", 10.0));
    /// ```
    pub fn begins_in(&self, lang: &Lang, text: &str, lead: f32) -> bool {
        let Some(own) = place(lang) else { return false };
        let enough = self.steps(lead);
        let mut sums = [0; NAMED];
        let read = features_until(text, &mut Words::default(), |word| {
            if word.is_name {
                return ControlFlow::Continue(());
            }
            self.add(word.rows, &mut sums);
            self.add(word.accents, &mut sums);
            if lead_of(own, &sums) >= enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        read.is_break()
    }

    /// Adds the rows of a word, at most 256 of them, so that sixteen bits take the sum: a processor adds eight such at once.
    #[inline]
    fn add(&self, rows: &[u16], sums: &mut [i32; NAMED]) {
        let (table, _) = self.bytes[HEADER..].as_chunks::<NAMED>();
        let mut short = [0_i16; NAMED];
        for row in rows {
            for (sum, value) in short.iter_mut().zip(&table[usize::from(*row)]) {
                *sum += i16::from(value.cast_signed());
            }
        }
        sums.iter_mut().zip(short).for_each(|(sum, more)| *sum += i32::from(more));
    }
}

/// Which of [`LANGS`] it is.
pub fn place(lang: &Lang) -> Option<usize> {
    LANGS.iter().position(|named| named.same_language(lang))
}

/// By how much one of [`LANGS`] leads the best of all others, those without a name included, which have 0.
pub fn lead_of(own: usize, sums: &[i32; NAMED]) -> i32 {
    let best_other = sums.iter().enumerate().filter(|(n, _)| *n != own).map(|(_, sum)| *sum).fold(0, i32::max);
    sums[own] - best_other
}

impl Table {
    /// The table as a model, one byte for each number. The few numbers beyond the greatest of a thousand (in thousand) are cut.
    pub fn quantised(&self) -> Model {
        let mut sizes: Vec<f32> = self.rows.iter().flatten().map(|value| value.abs()).filter(|size| *size > 0.0).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        let largest = sizes.get(sizes.len() * 9995 / 10_000).copied().unwrap_or(1.0);
        let step = largest / 127.0;
        let mut bytes = Vec::with_capacity(HEADER + ROWS * NAMED);
        bytes.extend(MAGIC);
        bytes.extend([0; CHECKSUM]);
        bytes.extend(step.to_le_bytes());
        bytes.extend(codes());
        bytes.extend(self.rows.iter().flatten().map(|value| ((value / step).round().clamp(-127.0, 127.0) as i8).cast_unsigned()));
        let sum = checksum(&bytes);
        bytes[MAGIC.len()..MAGIC.len() + CHECKSUM].copy_from_slice(&sum);
        Model { bytes: Cow::Owned(bytes), step }
    }
}

fn codes() -> [u8; 8 * NAMED] {
    let mut codes = [0; 8 * NAMED];
    for (code, lang) in codes.chunks_exact_mut(8).zip(LANGS) {
        let lang: &Lang = &lang;
        code[..lang.as_str().len()].copy_from_slice(lang.as_str().as_bytes());
    }
    codes
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    *blake3::hash(&bytes[MAGIC.len() + CHECKSUM..]).as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn best(text: &str) -> String {
        Model::shipped().identify(text).best().0.map_or("other".to_string(), |lang| lang.to_string())
    }

    #[test]
    fn the_shipped_model_is_whole() {
        let model = Model::from_bytes(SHIPPED).expect("the shipped model is sound");
        assert_eq!(model.to_bytes(), SHIPPED);
        let mut damaged = SHIPPED.to_vec();
        damaged[HEADER + 99] ^= 1;
        assert!(Model::from_bytes(damaged).expect_err("refused").contains("checksum"));
        assert!(Model::from_bytes(&SHIPPED[..HEADER + 99]).is_err());
        assert!(Model::from_bytes(&b"BITEXLEX"[..]).is_err());
    }

    #[test]
    fn spanish_and_those_mistaken_for_it_are_told_apart() {
        for (lang, text) in [
            ("es", "La vecina dijo que no había leche en la tienda."),
            ("gl", "A veciña dixo que non había leite na tenda."),
            ("pt", "A vizinha disse que não havia leite na loja."),
            ("ca", "La veïna va dir que no hi havia llet a la botiga."),
            ("it", "La vicina ha detto che non c’era latte nel negozio."),
            ("fr", "La voisine a dit qu’il n’y avait pas de lait au magasin."),
            ("de", "Die Nachbarin sagte, es gebe im Laden keine Milch."),
            ("en", "The neighbour said there was no milk in the shop."),
            ("other", "De buurvrouw zei dat er geen melk in de winkel was."),
            ("other", "Соседка сказала, что в магазине нет молока."),
            ("other", "隣の人は店に牛乳がないと言った。"),
        ] {
            assert_eq!(best(text), lang, "{text}");
        }
    }

    #[test]
    fn spanish_without_accents_in_capitals_or_decomposed_is_spanish() {
        for text in
            ["¿Qué pasó ayer en la montaña?", "que paso ayer en la montaña", "QUE PASO AYER EN LA MONTANA", "jajaja q bueno verte x aqui"]
        {
            assert_eq!(best(text), "es", "{text}");
            assert_eq!(best(&text.nfd().collect::<String>()), "es", "{text}");
        }
    }

    #[test]
    fn a_text_with_little_language_is_undecided() {
        for text in ["", "1234", "Hotel Central", "Gustavo Petro", "https://example.org/una-nota-de-la-prensa", "Radio Nacional"] {
            assert_eq!(Model::shipped().identify(text).lang(), None, "{text}");
        }
    }

    #[test]
    fn a_long_text_does_not_overflow() {
        let guess = Model::shipped().identify(&"la orden de la humanidad ".repeat(100_000));
        assert_eq!(guess.lang(), Some(Lang::ES));
    }
}
