//! A frozen list of numbers as people write them, with what each is worth: `tests/numbers/expressions.tsv`, whose first lines tell its form.

use bitexto::text::Lang;
use bitexto::text::numbers::{Dimension, Kind, Quantity, Style, Value, parse};

const EXPRESSIONS: &str = include_str!("numbers/expressions.tsv");

/// A line of the list: language, style, text, expected quantities.
fn lines() -> impl Iterator<Item = (usize, [&'static str; 4])> {
    let lines = EXPRESSIONS.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines.map(|(n, line)| {
        let fields: Vec<&str> = line.split('\t').collect();
        (n + 1, fields.try_into().unwrap_or_else(|fields| panic!("line {}: {fields:?}", n + 1)))
    })
}

fn style(name: &str, lang: &Lang) -> Style {
    match name {
        "comma" => Style { decimal_comma: true, certain: true },
        "point" => Style { decimal_comma: false, certain: true },
        "" => Style::of(lang),
        other => panic!("no style `{other}`"),
    }
}

fn shown(text: &str, lang: &Lang, style: Style) -> String {
    parse(text, lang, style).iter().map(show).collect::<Vec<_>>().join("; ")
}

fn show(quantity: &Quantity<'_>) -> String {
    let value = value(&quantity.value);
    let mut shown = match quantity.kind {
        Kind::Cardinal => value,
        Kind::Magnitude => format!("×{value}"),
        Kind::Percent => format!("{value}%"),
        Kind::Ordinal => format!("#{value}"),
        Kind::Year => format!("y{value}"),
        Kind::Time => format!("@{value}"),
        Kind::DatePart => format!("d{value}"),
        Kind::Reference => format!("§{value}"),
    };
    if quantity.approximate {
        shown.insert(0, '~');
    }
    if let Some(currency) = quantity.currency {
        shown.push_str(&format!(" {}", currency.0));
    }
    if let (Some(unit), Some(value)) = (quantity.unit, quantity.value.readings().next()) {
        let common = (unit.common(value.to_f64()) * 100.0).round() / 100.0;
        shown.push_str(&format!(" ={common}{}", symbol(unit.dimension)));
    }
    if quantity.is_soft() { format!("({shown})") } else { shown }
}

fn value(value: &Value) -> String {
    match value {
        Value::Number(value) => value.to_string(),
        Value::Either(likely, other) => format!("{likely}|{other}"),
        Value::Time { seconds, any_half } => {
            let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
            let second = if second > 0 { format!(":{second:02}") } else { String::new() };
            format!("{hour}:{minute:02}{second}{}", if *any_half { "?" } else { "" })
        }
        Value::Text(id) => id.clone(),
    }
}

fn symbol(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Length => "m",
        Dimension::Area => "m²",
        Dimension::Mass => "kg",
        Dimension::Volume => "l",
        Dimension::Duration => "h",
        Dimension::Temperature => "°C",
    }
}

#[test]
fn every_expression_has_its_value() {
    let mut wrong = Vec::new();
    for (n, [lang, name, text, expected]) in lines() {
        let lang: Lang = lang.parse().unwrap_or_else(|_| panic!("line {n}: no language `{lang}`"));
        let found = shown(text, &lang, style(name, &lang));
        if found != expected {
            wrong.push(format!("{n}: `{text}` is `{found}`, not `{expected}`"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_list_is_long_and_has_both_languages() {
    let of = |code: &str| lines().filter(|(_, fields)| fields[0].starts_with(code)).count();
    assert!(of("es") >= 150 && of("en") >= 150, "{} Spanish, {} English", of("es"), of("en"));
}
