//! `filter-rates FILE.tsv`: how many pairs each filter alone would drop by the presets `training` and `strict`, and what a measurement costs. The file is labelled pairs with a
//! line of names (id, ok, label, detail, source, Spanish, English), or two columns, Spanish and English, all of them good. Prints Markdown.

use std::error::Error;
use std::time::Instant;

use bitexto::quality::filters::{FILTERS, Filter, Interval, Record};
use bitexto::quality::{Context, Pair, Reading};
use bitexto::text::Lang;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("filter-rates FILE.tsv")?;
    let text = std::fs::read_to_string(file)?;
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    let pairs: Vec<(bool, &str, Pair<'_>)> = rows.iter().filter_map(|row| labelled(row)).collect();
    let context = Context::default();
    let readings: Vec<Reading<'_>> = pairs.iter().map(|(_, _, pair)| Reading::new(*pair, &context)).collect();
    let records: Vec<Record<'_, '_>> = readings.iter().map(|reading| Record { reading, score: None }).collect();
    let bad = pairs.iter().filter(|(good, ..)| !good).count();
    println!("{} good pairs, {bad} bad ones\n", pairs.len() - bad);
    println!("| filter | training: good | bad | strict: good | bad | of these, most | µs |\n|---|---|---|---|---|---|---|");
    for filter in FILTERS {
        let started = Instant::now();
        let values: Vec<Option<[f64; 2]>> = records.iter().map(|record| (filter.measure)(record)).collect();
        let cost = started.elapsed().as_secs_f64() * 1e6 / records.len().max(1) as f64;
        let [training, strict] = [filter.presets.training, filter.presets.strict].map(|interval| dropped(&pairs, &values, interval));
        let most = most(&pairs, &values, filter);
        println!("| `{}` | {} | {} | {} | {} | {most} | {cost:.2} |", filter.id, training[0], training[1], strict[0], strict[1]);
    }
    Ok(())
}

fn labelled<'a>(row: &[&'a str]) -> Option<(bool, &'a str, Pair<'a>)> {
    let (good, label, source, target) = match row {
        ["id", ..] => return None,
        [_, ok, label, _, _, source, target] => (*ok == "1", *label, *source, *target),
        [source, target, ..] => (true, "good", *source, *target),
        _ => return None,
    };
    Some((good, label, Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN }))
}

fn is_dropped(values: Option<[f64; 2]>, interval: Interval) -> bool {
    values.is_some_and(|values| values.iter().any(|value| !interval.holds(*value)))
}

/// How many good and how many bad ones are dropped.
fn dropped(pairs: &[(bool, &str, Pair<'_>)], values: &[Option<[f64; 2]>], interval: Interval) -> [usize; 2] {
    let dropped = |good: bool| pairs.iter().zip(values).filter(|(pair, values)| pair.0 == good && is_dropped(**values, interval)).count();
    [dropped(true), dropped(false)]
}

/// The labels of which the preset `strict` drops the most.
fn most(pairs: &[(bool, &str, Pair<'_>)], values: &[Option<[f64; 2]>], filter: &Filter) -> String {
    let mut labels = std::collections::BTreeMap::<&str, usize>::new();
    for ((_, label, _), values) in pairs.iter().zip(values) {
        *labels.entry(label).or_default() += usize::from(is_dropped(*values, filter.presets.strict));
    }
    let mut labels: Vec<_> = labels.into_iter().filter(|(_, count)| *count > 0).collect();
    labels.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    labels.iter().take(3).map(|(label, count)| format!("{label} {count}")).collect::<Vec<_>>().join(", ")
}
