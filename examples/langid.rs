//! Makes and measures the model that tells languages. Lines of the text: train|test, language, source, text, with tabs between.
//!
//! `langid train OUT TEXT…`: learns from the lines marked `train`, writes the model.
//! `langid bench MODEL TEXT…`: accuracy on the lines marked `test`, by language and number of words, what Spanish is taken for, how well
//! probabilities fit, and speed.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use bitexto::text::Lang;
use bitexto::text::langid::{LANGS, Model, NAMED};
use bitexto::train::langid::{Options, Source, learn};
use bitexto::{Error, Result};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match &args[..] {
        [command, out, texts @ ..] if command == "train" => train(Path::new(out), texts),
        [command, model, texts @ ..] if command == "bench" => bench(Path::new(model), texts),
        _ => Err(Error::new("usage: langid train OUT TEXT… | langid bench MODEL TEXT…")),
    }
}

/// Source, then class, then lines; held-out lines at most 2,000 of each source and language.
type Lines = BTreeMap<(String, usize), Vec<String>>;

const MOST_HELD_OUT: usize = 2000;

fn lines(split: &str, texts: &[String]) -> Result<Lines> {
    let mut found = Lines::new();
    for path in texts {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(Path::new(path), &e))?;
        for line in text.lines() {
            let fields: Vec<&str> = line.splitn(4, '\t').collect();
            let [kind, lang, source, text] = fields[..] else { continue };
            if kind == split && !text.trim().is_empty() {
                found.entry((source.to_string(), class(lang))).or_default().push(text.to_string());
            }
        }
    }
    Ok(found)
}

fn class(lang: &str) -> usize {
    LANGS.iter().position(|named| named.as_str() == lang).unwrap_or(NAMED)
}

fn name(class: usize) -> &'static str {
    ["es", "en", "pt", "ca", "gl", "it", "fr", "de", "other"][class]
}

fn train(out: &Path, texts: &[String]) -> Result<()> {
    let sources: Vec<Source> = lines("train", texts)?.into_iter().map(|((_, class), lines)| Source { class, lines }).collect();
    let model = learn(&sources, &Options::default()).quantised();
    std::fs::write(out, model.to_bytes()).map_err(|e| Error::io(out, &e))
}

fn bench(path: &Path, texts: &[String]) -> Result<()> {
    let bytes = std::fs::read(path).map_err(|e| Error::io(path, &e))?;
    let model = Model::from_bytes(bytes).map_err(|cause| Error::new(cause).in_file(path))?;
    let mut held_out = lines("test", texts)?;
    for lines in held_out.values_mut() {
        let step = lines.len().div_ceil(MOST_HELD_OUT);
        *lines = lines.iter().step_by(step).cloned().collect();
    }
    accuracy(&model, &held_out);
    confusion(&model, &held_out);
    calibration(&model, &held_out);
    speed(&model, &held_out);
    Ok(())
}

/// Up to 5, 6 to 15, and more than 15 words.
fn bin(text: &str) -> usize {
    match text.split_whitespace().count() {
        0..=5 => 0,
        6..=15 => 1,
        _ => 2,
    }
}

fn best(model: &Model, text: &str) -> usize {
    model.identify(text).best().0.map_or(NAMED, |lang| class(lang.as_str()))
}

fn accuracy(model: &Model, held_out: &Lines) {
    println!("\n| source | language | ≤ 5 words | 6–15 | > 15 |\n|---|---|---|---|---|");
    let mut totals: BTreeMap<usize, [[usize; 2]; 3]> = BTreeMap::new();
    for ((source, class), lines) in held_out {
        let mut counts = [[0; 2]; 3];
        for text in lines {
            let right = usize::from(best(model, text) == *class);
            let total = totals.entry(*class).or_default();
            for counts in [&mut counts, total] {
                counts[bin(text)][0] += right;
                counts[bin(text)][1] += 1;
            }
        }
        print_row(source, *class, &counts);
    }
    for (class, counts) in totals {
        print_row("all", class, &counts);
    }
}

fn print_row(source: &str, class: usize, counts: &[[usize; 2]; 3]) {
    let cells =
        counts.map(|[right, all]| if all < 20 { "–".to_string() } else { format!("{:.1} ({all})", 100.0 * right as f64 / all as f64) });
    println!("| {source} | {} | {} |", name(class), cells.join(" | "));
}

fn confusion(model: &Model, held_out: &Lines) {
    println!("\n| held out | {} |\n|---|{}", (0..=NAMED).map(name).collect::<Vec<_>>().join(" | "), "---|".repeat(NAMED + 1));
    for class in 0..=NAMED {
        let mut counts = [0; NAMED + 1];
        for text in held_out.iter().filter(|((_, of), _)| *of == class).flat_map(|(_, lines)| lines) {
            counts[best(model, text)] += 1;
        }
        println!("| {} | {} |", name(class), counts.map(|n| n.to_string()).join(" | "));
    }
}

/// Of the guesses with a probability in each bin, how many are right; and the mean log loss.
fn calibration(model: &Model, held_out: &Lines) {
    println!("\n| probability | guesses | mean | right |\n|---|---|---|---|");
    let edges = [0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.1];
    let mut bins = vec![(0, 0.0, 0); edges.len() - 1];
    let (mut loss, mut all) = (0.0, 0);
    for ((_, class), lines) in held_out {
        for text in lines {
            let guess = model.identify(text);
            let (lang, probability) = guess.best();
            let right = lang.map_or(NAMED, |lang| self::class(lang.as_str())) == *class;
            let bin = &mut bins[edges.iter().rposition(|edge| f64::from(probability) >= *edge).unwrap_or(0)];
            *bin = (bin.0 + 1, bin.1 + f64::from(probability), bin.2 + usize::from(right));
            let truth = LANGS.get(*class).copied().unwrap_or_default();
            loss -= f64::from(guess.probability(&truth).max(1e-9)).ln();
            all += 1;
        }
    }
    for (n, (count, sum, right)) in bins.iter().enumerate().filter(|(_, bin)| bin.0 > 0) {
        let count_f = f64::from(*count);
        println!("| {}–{} | {count} | {:.3} | {:.3} |", edges[n], edges[n + 1].min(1.0), sum / count_f, *right as f64 / count_f);
    }
    println!("\nmean log loss {:.4}", loss / f64::from(all));
}

fn speed(model: &Model, held_out: &Lines) {
    let texts: Vec<&String> = held_out.iter().filter(|((source, _), _)| source == "leipzig").flat_map(|(_, lines)| lines).collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let mut spanish = 0;
    let begun = Instant::now();
    let rounds = 10;
    for _ in 0..rounds {
        spanish += texts.iter().filter(|text| model.identify(text).lang() == Some(Lang::ES)).count();
    }
    let seconds = begun.elapsed().as_secs_f64();
    let rate = (rounds * texts.len()) as f64 / seconds;
    println!("\n{rate:.0} segments a second on one thread ({} bytes on average; {spanish} Spanish)", bytes / texts.len().max(1));
}
