//! `--lexicon FILE`: a glossary on top of the shipped lexicon, or a lexicon of the user's own.

use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result};
use crate::formats::Input;
use crate::formats::input::not_utf8;
use crate::model::Lang;
use crate::semantics::{Glossary, LEXICON_MAGIC, Lexicon};

/// The lexicon for two languages that a file asks for: by its first bytes a trained one, else a glossary.
///
/// The columns of a glossary are Spanish and English, in whichever direction these languages are used; for other languages, source and target.
pub(super) fn open(path: &Path, source: Lang, target: Lang) -> Result<Lexicon> {
    let mut input = Input::open(path, None)?;
    let mut bytes = Vec::new();
    input.reader.read_to_end(&mut bytes).map_err(|e| Error::io(path, &e))?;
    if bytes.starts_with(LEXICON_MAGIC) {
        return Lexicon::from_bytes(&bytes).map_err(|cause| Error::new(cause).in_file(path));
    }
    let text = std::str::from_utf8(&bytes).map_err(|e| not_utf8(&bytes, e.valid_up_to()).in_file(path))?;
    let glossary = Glossary::parse(text).map_err(|e| e.in_file(path))?;
    Ok(base(source, target).with_glossary(&glossary))
}

/// The shipped lexicon if it is for these languages, else an empty one.
pub(super) fn base(source: Lang, target: Lang) -> Lexicon {
    let shipped = Lexicon::shipped();
    let has = |lang: &Lang| [shipped.languages().0, shipped.languages().1].iter().any(|own| own.same_language(lang));
    if has(&source) && has(&target) { shipped } else { Lexicon::empty(source, target) }
}
