//! One number everywhere: the figures taken back out of every format.

use casebook::domain::{Boundaries, Cutoff, Dating, Filter, Measure, Month};
use casebook::exchange::read_report;
use casebook::lang::{Lang, Words};
use casebook::render::{Format, MonthView, Paper, Style, Unit, document_rows, render, render_document};
use casebook::report::{MAIN_MEASURES, MonthReport, MonthRequest, Place};
use casebook::store::Store;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

use super::laws::{after, steps};
use super::support::{day, list_query, pdf_text};

/// The column of the headline that has the change.
const CHANGE: usize = 3;

fn report(store: &mut Store, month: Month) -> MonthReport {
    let request = MonthRequest {
        month,
        filter: Filter::default(),
        place: Place::default(),
        dating: Dating::Happened,
        cutoff: Cutoff::default(),
        boundaries: Boundaries::Today,
    };
    let list = list_query(Filter::default());
    let (totals, cases) = store.summary(&request.document_queries(), Some(&list)).unwrap();
    MonthReport::new(request, totals, cases).unwrap().unwrap()
}

fn view<'a>(report: &'a MonthReport, store: &'a Store) -> MonthView<'a> {
    MonthView::new(report, store.reference(), store.currency())
}

fn style(lang: Lang, unit: Option<Unit>) -> Style {
    Style { words: lang.words(), width: None, color: false, unit }
}

fn paper() -> Paper {
    Paper { office: None, seal: None, on: day("2026-11-01") }
}

/// The number that is written in a language, without the sign of its bound;
/// `None` where it is not known.
fn number(text: &str, words: &Words) -> Option<Decimal> {
    let plain = text.trim_start_matches(['≥', '≤', '≈']);
    let (group, decimal) = if words.lang == Lang::Vi { ('.', ',') } else { (',', '.') };
    let plain: String = plain.chars().filter(|c| *c != group).map(|c| if c == decimal { '.' } else { c }).collect();
    plain.parse::<Decimal>().ok().map(|number| number.normalize())
}

/// Rows that have the main figures, by their labels.
fn main_rows(rows: &[Vec<String>]) -> Vec<&Vec<String>> {
    let is_figure = |cell: &String| cell == "?" || cell.chars().any(|c| c.is_ascii_digit());
    rows.iter().filter(|row| row.len() == MAIN_MEASURES.len() + 1 && row[1..].iter().all(is_figure)).collect()
}

fn trimmed(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The figures of each row of the breakdowns, by JSON.
fn told(json: &Value) -> Vec<Vec<Option<Decimal>>> {
    let parts = ["by_region", "by_force", "by_group", "by_category"];
    let rows = parts.into_iter().flat_map(|part| json[part].as_array().unwrap());
    let figures = |row: &Value| {
        let figure = |measure: casebook::domain::Measure| {
            let value: Decimal = row[measure.key()].to_string().parse().unwrap();
            let unknown = row[measure.unknown_key()].as_i64().unwrap_or(0);
            (!(value.is_zero() && unknown > 0)).then(|| value.normalize())
        };
        MAIN_MEASURES.map(figure).to_vec()
    };
    // What happened to a row may be none of these figures: it is not shown.
    rows.map(figures).filter(|row| row.iter().any(|figure| *figure != Some(Decimal::ZERO))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn one_number_everywhere(steps in steps(), pick in any::<prop::sample::Index>(), vietnamese in any::<bool>()) {
        let mut store = after(&steps);
        let all = store.list(&list_query(Filter::default())).unwrap().cases;
        let month = match all.len() {
            0 => Month::new(2026, 2).unwrap(),
            n => Month::of(all[pick.index(n)].detected_on, Cutoff::default()),
        };
        let lang = if vietnamese { Lang::Vi } else { Lang::En };
        let words = lang.words();
        let report = report(&mut store, month);
        let view = view(&report, &store);
        let one = style(lang, Some(Unit::One));
        let json: Value = serde_json::from_str(&render(&view, Format::Json, &one).unwrap()).unwrap();

        // The page has the figures of JSON, and JSON those of CSV.
        let html = read_report(&render_document(&view, Format::Html, &one, &paper()).unwrap(), "none").unwrap();
        let html = html.rows.unwrap();
        // JSON does not tell of every measure how much of it is not known.
        let tells = MAIN_MEASURES.map(|measure| json["by_region"][0].get(measure.unknown_key()).is_some());
        let figures = |row: &Vec<String>| {
            let figure = |(cell, tells): (&String, bool)| {
                number(cell, words).or_else(|| (cell == "?" && !tells).then_some(Decimal::ZERO))
            };
            row[1..].iter().zip(tells).map(figure).collect::<Vec<_>>()
        };
        let shown: Vec<Vec<Option<Decimal>>> = main_rows(&html).into_iter().map(figures).collect();
        let mut there = shown.iter();
        for row in told(&json) {
            prop_assert!(there.any(|found| *found == row), "{:?} is not in its turn in {:?}", row, shown);
        }
        let csv = render(&view, Format::Csv, &one).unwrap();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let headers = reader.headers().unwrap().clone();
        let at = |key: &str| headers.iter().position(|header| header == key).unwrap();
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let parts = ["by_region", "by_force", "by_group", "by_category"];
        let rows = parts.iter().flat_map(|part| json[part].as_array().unwrap());
        let written = records.iter().filter(|record| parts.contains(&&record[at("section")]));
        for (row, record) in rows.zip(written) {
            for measure in MAIN_MEASURES {
                prop_assert_eq!(row[measure.key()].to_string(), &record[at(measure.key())]);
            }
        }

        // A terminal's tables and Markdown's have the rows of the page.
        let rows = trimmed(&html);
        let table = render(&view, Format::Table, &one).unwrap();
        let lines = table.lines().map(|line| {
            line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        });
        let markdown = render(&view, Format::Markdown, &one).unwrap();
        let marked = markdown.lines().filter(|line| line.starts_with("| ")).map(|line| {
            let plain = line.replace("**", "").replace("&emsp;", "").replace('\\', "");
            plain.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
        });
        let both: Vec<Vec<String>> = lines.chain(marked).collect();
        let both = main_rows(&both);
        prop_assert!(both.len() >= 2 * told(&json).len());
        for row in both {
            prop_assert!(rows.contains(row), "{:?} is not among {:?}", row, rows);
        }

        // Files for people have the same rows, in whatever unit; a workbook
        // the bare numbers.
        for (unit, format) in [
            (None, Format::Html),
            (Some(Unit::Thousand), Format::Html),
            (Some(Unit::Million), Format::Docx),
            (Some(Unit::One), Format::Xlsx),
        ] {
            let style = style(lang, unit);
                let file = read_report(&render_document(&view, format, &style, &paper()).unwrap(), "none").unwrap();
                let mut found = trimmed(&file.rows.unwrap()).into_iter();
                for row in trimmed(&document_rows(&view, format, &style)) {
                    let end = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
                    let here = found.any(|other| other.iter().take(end).eq(row.iter().take(end)));
                    prop_assert!(here, "{:?}: {:?}", format, row);
                }
        }
        let tables = |format: Format| {
            let rows = document_rows(&view, format, &one).into_iter();
            rows.filter(|row| row.len() == MAIN_MEASURES.len() + 1).collect::<Vec<_>>()
        };
        let (shown, held) = (tables(Format::Html), tables(Format::Xlsx));
        prop_assert_eq!(shown.len(), held.len());
        for (row, bare) in shown.iter().zip(&held) {
            let is_headline = Measure::ALL.into_iter().any(|measure| (words.measure)(measure) == row[0]);
            for (at, (text, bare)) in row.iter().zip(bare).enumerate().skip(1) {
                // A change in hundredths is a part of one in a workbook.
                let times = if is_headline && at == CHANGE { Decimal::ONE_HUNDRED } else { Decimal::ONE };
                let bare = bare.parse::<Decimal>().ok().map(|number| (number * times).normalize());
                prop_assert_eq!(number(text, words), bare, "{}", text);
            }
        }
    }

    #[test]
    fn a_printed_page_has_the_same_numbers(steps in steps(), vietnamese in any::<bool>()) {
        let mut store = after(&steps);
        let all = store.list(&list_query(Filter::default())).unwrap().cases;
        let month = all.first().map_or(Month::new(2026, 2).unwrap(), |case| Month::of(case.detected_on, Cutoff::default()));
        let report = report(&mut store, month);
        let view = view(&report, &store);
        let style = style(if vietnamese { Lang::Vi } else { Lang::En }, None);
        let pdf = render_document(&view, Format::Pdf, &style, &paper()).unwrap();
        let Some(text) = pdf_text(&pdf) else { return Ok(()) };
        let lines: Vec<String> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        for row in main_rows(&document_rows(&view, Format::Pdf, &style)) {
            let figures = row[1..].join(" ");
            prop_assert!(lines.iter().any(|line| line.ends_with(&figures)), "{:?} is not in {}", row, text);
        }
    }
}
