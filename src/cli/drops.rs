//! What was dropped, for people: a table, the warnings, and on request the examples.

use super::console::{Console, count, plural, table, table_left};
use crate::quality::drops::{Drops, OTHER_SOURCES};
use crate::quality::filtering::Effective;

/// Characters of a line on a terminal that is not wide.
const WIDTH: usize = 80;

/// Tells what a person should not overlook.
pub(super) fn warn(drops: &Drops, console: &Console) {
    for warning in drops.warnings() {
        console.warn(&format!("`{}` drops {:.0} % of `{}`", warning.reason, warning.share * 100.0, warning.source));
    }
}

/// The table of what was dropped, a line for each reason; empty if nothing was. Sources have columns as far as there is room.
pub(super) fn drops_table(drops: &Drops) -> String {
    if drops.total() == 0 {
        return String::new();
    }
    let mut rows = vec![["dropped by", "by itself", "alone", "in turn"].map(String::from).to_vec()];
    for (reason, dropped) in drops.reasons() {
        let of = dropped.count;
        rows.push(vec![reason.to_string(), count(of.all), count(of.only), count(of.first)]);
    }
    rows.push(vec!["together".into(), String::new(), String::new(), count(drops.total())]);
    let room = WIDTH.saturating_sub(table(&rows).lines().map(|line| line.chars().count()).max().unwrap_or(0));
    add_sources(&mut rows, drops, room);
    set_right(&mut rows);
    table(&rows)
}

/// A column for each source, those with the most records first, as long as there is room; the others are added up.
fn add_sources(rows: &mut [Vec<String>], drops: &Drops, room: usize) {
    let mut sources: Vec<(&str, u64)> = drops.sources.iter().map(|(name, of)| (name.as_str(), of.records)).collect();
    if sources.len() < 2 {
        return;
    }
    sources.sort_by_key(|(name, records)| (std::cmp::Reverse(*records), *name));
    let width = |name: &str, records: u64| name.chars().count().max(count(records).len()) + 2;
    let mut left = room.saturating_sub(width(OTHERS, drops.records));
    let all: usize = sources.iter().map(|(name, records)| width(name, *records)).sum();
    let shown = if all <= room {
        sources.len()
    } else {
        let fits = |(name, records): &&(&str, u64)| {
            let fits = width(name, *records) <= left;
            left = left.saturating_sub(width(name, *records));
            fits
        };
        sources.iter().take_while(fits).count()
    };
    let (shown, others) = sources.split_at(shown);
    let cells = |of: &dyn Fn(&str) -> u64| {
        let own = shown.iter().map(|(name, _)| count(of(name)));
        let rest = (!others.is_empty()).then(|| count(others.iter().map(|(name, _)| of(name)).sum()));
        own.chain(rest).collect::<Vec<_>>()
    };
    let names = shown.iter().map(|(name, _)| (*name).to_string()).chain((!others.is_empty()).then(|| OTHERS.to_string()));
    rows[0].extend(names);
    for (row, (_, dropped)) in rows[1..].iter_mut().zip(drops.reasons()) {
        row.extend(cells(&|name| dropped.sources.get(name).map_or(0, |of| of.count.all)));
    }
    if let Some(sums) = rows.last_mut() {
        sums.extend(cells(&|name| drops.sources.get(name).map_or(0, |of| of.records - of.kept)));
    }
}

/// The head of the column in which the sources are added up that have none.
const OTHERS: &str = "others";

/// Heads of columns of numbers stand over their numbers.
fn set_right(rows: &mut [Vec<String>]) {
    let columns = rows[0].len();
    for column in 1..columns {
        let width = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
        let head = &mut rows[0][column];
        *head = format!("{head:>width$}");
    }
}

/// The examples of what was dropped, each with its place, its score and everything it is dropped for.
pub(super) fn examples(drops: &Drops) -> String {
    let mut text = String::new();
    for (reason, dropped) in drops.reasons() {
        text += &format!("\n{reason}: {} dropped, such as\n", plural(dropped.count.all, "records"));
        for (of, example) in dropped.examples() {
            let score = example.score.map_or(String::new(), |score| format!(", score {score:.2}"));
            let of = if of == OTHER_SOURCES { String::new() } else { format!("{of} ") };
            text += &format!("  {of}{}{score}: {}\n", example.id, example.reasons.join(", "));
            for side in [&example.source, &example.target].into_iter().filter(|side| !side.is_empty()) {
                text += &format!("    {}\n", one_line(side));
            }
        }
    }
    text
}

/// At most so many characters of a text are shown.
const SHOWN: usize = 200;

/// The beginning of a text on one line.
pub(super) fn one_line(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let cut: String = line.chars().take(SHOWN).collect();
    if cut.len() < line.len() { cut + "…" } else { cut }
}

/// What is kept: a line for each filter, check and score, a column for what is different in a source.
pub(super) fn effective_table(effective: &Effective) -> String {
    let ids = effective.ids();
    if ids.is_empty() {
        return String::new();
    }
    let sources: Vec<_> = effective.sources.iter().collect();
    let mut rows = vec![vec!["kept".to_string(), "every source".to_string()]];
    rows[0].extend(sources.iter().map(|(name, _)| (*name).clone()));
    for id in ids {
        let mut row = vec![id.to_string(), effective.value(id).to_string()];
        row.extend(sources.iter().map(|(_, own)| own.get(id).cloned().unwrap_or_default()));
        rows.push(row);
    }
    table_left(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::drops::Example;

    fn drops(sources: usize) -> Drops {
        let mut drops = Drops::default();
        for n in 0..sources * 10 {
            let source = format!("source-{}", n % sources);
            if n % 4 == 0 {
                drops.add_kept(&source);
            } else {
                drops.add_dropped(&source, &n.to_string(), &["translation".into()], Example::default);
            }
        }
        drops
    }

    #[test]
    fn the_table_fits_a_terminal_however_many_sources_there_are() {
        for sources in [1, 2, 5, 40] {
            let text = drops_table(&drops(sources));
            assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
            assert_eq!(text.contains("others"), sources >= 5, "{text}");
            assert_eq!(text.contains("source-0"), sources > 1, "{text}");
        }
        assert_eq!(drops_table(&Drops::default()), "");
    }

    #[test]
    fn a_long_text_is_cut_and_stays_on_its_line() {
        assert_eq!(one_line("a\tb\nc"), "a b c");
        assert_eq!(one_line(&"ñ".repeat(300)).chars().count(), SHOWN + 1);
    }
}
