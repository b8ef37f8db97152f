//! `wordalign`: which words of two segments translate each other.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::console::{Console, plural};
use super::langs::LangArgs;
use super::pairs::read_pairs;
use crate::error::{Error, Result};
use crate::formats::Input;
use crate::model::Lang;
use crate::parallel::Pool;
use crate::semantics::Lexicon;
use crate::semantics::hmm::Jumps;
use crate::semantics::links::{Linker, WordAlignment, comparable};
use crate::train::lexicon::{Corpus, Learned, Options, train};

/// Link the words of segment pairs: for each pair a line `0-0 1-2`, places in the source and in the target, from 0
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct WordalignArgs {
    /// Segment pairs, one a line, source and target separated by a tab, their tokens by blanks; or with TARGET the source side alone
    #[arg(default_value = "-")]
    file: PathBuf,
    /// The target side, one segment a line
    target: Option<PathBuf>,
    #[command(flatten)]
    langs: LangArgs,
    /// Learn from these pairs first, on top of the lexicon: better from some hundred pairs on, and the links of a pair then depend on the others
    #[arg(long)]
    train: bool,
    /// A glossary on top of the shipped lexicon (Spanish, tab, English), or a lexicon made by `train lexicon`
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  bitexto wordalign pairs.tsv
  bitexto wordalign tokens.es tokens.en --train >links.pharaoh";

/// Segment pairs that one worker links at a time.
const PORTION: usize = 64;

pub(super) fn run(args: &WordalignArgs, console: &Console) -> Result<Outcome> {
    let langs = (args.langs.source_lang.unwrap_or(Lang::ES), args.langs.target_lang.unwrap_or(Lang::EN));
    let lexicon = match &args.lexicon {
        Some(path) => super::lexicon::open(path, langs.0, langs.1)?,
        None => super::lexicon::base(langs.0, langs.1),
    };
    let pairs = args.pairs()?;
    let pool = console.pool()?;
    let learned = match args.train {
        true => learn(&pairs, langs, &lexicon, &pool, console),
        false => Learned { lexicon, jumps: [Jumps::default(); 2] },
    };
    let linker = Linker { lexicon: &learned.lexicon, langs, jumps: learned.jumps };
    let mut out = BufWriter::new(std::io::stdout().lock());
    pool.map_ordered(
        pairs.chunks(PORTION).map(Ok::<_, Error>),
        |pairs| pairs.iter().map(|(source, target)| linker.links(&tokens(source), &tokens(target))).collect::<Vec<WordAlignment>>(),
        |links| links.iter().try_for_each(|links| Ok(writeln!(out, "{links}")?)),
    )?;
    out.flush()?;
    console.say(&format!("words of {} linked", plural(pairs.len() as u64, "segment pairs")));
    Ok(Outcome::Done)
}

fn learn(pairs: &[(String, String)], langs: (Lang, Lang), lexicon: &Lexicon, pool: &Pool, console: &Console) -> Learned {
    let forms = |text: &str| tokens(text).into_iter().map(comparable).collect::<Vec<_>>();
    let mut corpus = Corpus::default();
    for (source, target) in pairs {
        corpus.add(&forms(source), &forms(target));
    }
    let progress = console.progress("learning, round");
    let options = Options { least_probability: 0.001, ..Options::default() };
    train(&corpus, langs, Some(lexicon), &options, pool, |round, _| progress.set(round as u64))
}

fn tokens(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

impl WordalignArgs {
    fn pairs(&self) -> Result<Vec<(String, String)>> {
        let mut pairs = Vec::new();
        let Some(target) = &self.target else {
            read_pairs(&self.file, &[], |source, target| pairs.push((source.to_string(), target.to_string())))?;
            return Ok(pairs);
        };
        let (source_lines, target_lines) = (lines(&self.file)?, lines(target)?);
        if source_lines.len() != target_lines.len() {
            let cause = format!("{} lines, but {} has {}", target_lines.len(), self.file.display(), source_lines.len());
            return Err(Error::new(cause).in_file(target));
        }
        Ok(source_lines.into_iter().zip(target_lines).collect())
    }
}

fn lines(path: &Path) -> Result<Vec<String>> {
    let text = Input::open(path, None)?.text()?;
    Ok(text.split_terminator('\n').map(str::to_string).collect())
}
