//! What the HTML report shows of what was dropped.

use std::collections::BTreeMap;

use crate::formats::report::{Message, ReportDropped, ReportDrops, ReportExample, ReportRule, ReportSource};
use crate::quality::CHECKS;
use crate::quality::drops::{self, Dropped, Drops, Kept, Warning};
use crate::quality::filtering::Effective;
use crate::quality::filters::FILTERS;

/// Columns for sources; those with the most records have one of their own.
const COLUMNS: usize = 6;

/// The section on what was dropped; none if nothing was and no filter is on.
pub(super) fn shown(drops: &Drops, effective: &Effective) -> Option<ReportDrops> {
    let ids = effective.ids();
    if drops.total() == 0 && ids.is_empty() {
        return None;
    }
    let names = columns(drops);
    let column = |name: &str| names.iter().position(|known| known == name).unwrap_or(names.len() - 1);
    let mut sources: Vec<ReportSource> = names.iter().map(|name| ReportSource { name: name.clone(), records: 0, kept: 0 }).collect();
    for (name, Kept { records, kept }) in &drops.sources {
        let source = &mut sources[column(name)];
        (source.records, source.kept) = (source.records + records, source.kept + kept);
    }
    let dropped = drops.reasons().into_iter().map(|(id, dropped)| {
        let mut by_source = vec![0; names.len()];
        dropped.sources.iter().for_each(|(name, of)| by_source[column(name)] += of.count.all);
        let drops::Count { all, only, first } = dropped.count;
        ReportDropped { id: id.to_string(), name: name(id), all, only, first, by_source, examples: examples(dropped) }
    });
    let ruled_sources: Vec<String> = effective.sources.keys().cloned().collect();
    let rules = ids.into_iter().map(|id| ReportRule {
        id: id.to_string(),
        name: name(id),
        every: effective.value(id).to_string(),
        sources: ruled_sources.iter().map(|source| differing(&effective.sources[source], id)).collect(),
    });
    Some(ReportDrops {
        records: drops.records,
        kept: drops.kept,
        dropped: dropped.collect(),
        warnings: drops.warnings().iter().map(warning).collect(),
        rules: rules.collect(),
        sources,
        ruled_sources,
    })
}

/// The sources that have a column, by name; the last is for all others if there are too many.
fn columns(drops: &Drops) -> Vec<String> {
    let mut sources: Vec<(&String, u64)> = drops.sources.iter().map(|(name, kept)| (name, kept.records)).collect();
    let is_much = sources.len() > COLUMNS;
    if is_much {
        sources.sort_by_key(|(name, records)| (std::cmp::Reverse(*records), *name));
        sources.truncate(COLUMNS - 1);
        sources.sort();
    }
    sources.into_iter().map(|(name, _)| name.clone()).chain(is_much.then(|| drops::OTHER_SOURCES.to_string())).collect()
}

fn examples(dropped: &Dropped) -> Vec<ReportExample> {
    let example = |(of, example): (&str, &drops::Example)| ReportExample {
        of: of.to_string(),
        id: example.id.clone(),
        source: example.source.clone(),
        target: example.target.clone(),
        score: example.score,
        reasons: example.reasons.clone(),
    };
    dropped.examples().into_iter().map(example).collect()
}

fn differing(of_source: &BTreeMap<String, String>, id: &str) -> String {
    of_source.get(id).cloned().unwrap_or_default()
}

fn warning(warning: &Warning) -> Message {
    let Warning { reason, source, share } = warning;
    let per_cent = share * 100.0;
    Message::new(format!("`{reason}` drops {per_cent:.0} % of `{source}`"), format!("`{reason}` descarta el {per_cent:.0} % de `{source}`"))
}

/// What a filter or check is about; a reason that is neither has the name that is given here, a score none but its own.
fn name(id: &str) -> Message {
    let filter = FILTERS.iter().find(|filter| filter.id == id).map(|filter| filter.about);
    let about = filter.or_else(|| CHECKS.iter().find(|check| check.id == id).map(|check| check.about));
    match (about, id) {
        (Some(about), _) => Message::new(about.en, about.es),
        (_, drops::REVIEW) => Message::new("Rejected in review", "Rechazado en la revisión"),
        (_, drops::CONFIDENCE) => Message::new("Below the confidence asked for", "Por debajo de la confianza pedida"),
        (_, drops::DUPLICATE) => Message::new("Duplicate", "Duplicado"),
        (_, drops::UNREADABLE) => Message::new("Unreadable", "Ilegible"),
        _ => Message::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_beyond_the_columns_are_added_up() {
        let mut drops = Drops::default();
        for n in 0..10 {
            (0..=n).for_each(|_| drops.add_kept(&format!("s{n}")));
            drops.add_dropped(&format!("s{n}"), "1", &["length".into()], drops::Example::default);
        }
        let shown = shown(&drops, &Effective::default()).expect("something was dropped");
        let names: Vec<_> = shown.sources.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, ["s5", "s6", "s7", "s8", "s9", drops::OTHER_SOURCES]);
        assert_eq!(shown.sources.iter().map(|source| source.records).sum::<u64>(), drops.records);
        assert_eq!(shown.dropped[0].by_source, [1, 1, 1, 1, 1, 5]);
        assert_eq!(super::shown(&Drops::default(), &Effective::default()), None);
    }
}
