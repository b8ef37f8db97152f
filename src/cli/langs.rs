//! `-s/--source-lang` and `-t/--target-lang`, the same for every command that has them.

use clap::Args;

use crate::model::Lang;

/// The languages of the files.
#[derive(Args, Clone, Copy)]
pub(super) struct LangArgs {
    /// Language of the first side: a BCP-47 code such as es, es-CO or spa
    #[arg(long, short, value_name = "LANG")]
    pub(super) source_lang: Option<Lang>,
    /// Language of the second side
    #[arg(long, short, value_name = "LANG")]
    pub(super) target_lang: Option<Lang>,
}

impl LangArgs {
    /// The orientation of a new store for files of these languages: Spanish → English when the two are Spanish and English in either order,
    /// or when nothing is said.
    pub(super) fn corpus(&self) -> (Lang, Lang) {
        let (source, target) = (self.source_lang.unwrap_or(Lang::ES), self.target_lang.unwrap_or(Lang::EN));
        let english_first = source.same_language(&Lang::EN) && (target.same_language(&Lang::ES) || self.target_lang.is_none());
        let spanish_second = target.same_language(&Lang::ES) && self.source_lang.is_none();
        if english_first || spanish_second { (Lang::ES, Lang::EN) } else { (source, target) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(source: Option<&str>, target: Option<&str>) -> String {
        let parse = |code: Option<&str>| code.map(|c| c.parse().expect("a code"));
        let (s, t) = LangArgs { source_lang: parse(source), target_lang: parse(target) }.corpus();
        format!("{s} {t}")
    }

    #[test]
    fn a_new_store_is_spanish_to_english_unless_other_languages_are_named() {
        assert_eq!(corpus(None, None), "es en");
        assert_eq!(corpus(Some("en"), Some("es")), "es en");
        assert_eq!(corpus(Some("en"), None), "es en");
        assert_eq!(corpus(None, Some("es")), "es en");
        assert_eq!(corpus(Some("es"), Some("fr")), "es fr");
        assert_eq!(corpus(Some("pt"), None), "pt en");
    }
}
