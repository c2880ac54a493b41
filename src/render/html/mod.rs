//! Documents as one web page that stands by itself: it needs no network and
//! runs without scripts.

use std::fmt::Write;

use super::Paper;
use super::chart::Chart;
use super::document::{Card, Document, Office, Part};
use super::grid::{Align, Cell, Grid, GridRow, RowKind, Unit};
use super::stamp;
use super::svg::{draw, escaped};
use crate::domain::ReportSeal;
use crate::lang::Words;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// Nothing is fetched, and nothing runs but what is in the page.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

pub(super) fn write(document: &Document, paper: &Paper, words: &Words) -> String {
    let lang = words.lang.code();
    let seal = paper.seal.as_ref();
    let mut page = Page { html: String::new(), words, document, office: paper.office.as_ref() };
    let title = escaped(&document.subject).into_owned();
    let _ = write!(
        page.html,
        concat!(
            "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<title>{title}</title>\n"
        ),
        lang = lang,
        policy = POLICY,
        title = title,
    );
    if let Some(seal) = seal {
        let _ = writeln!(page.html, "<meta name=\"{}\" content=\"{}\">", ReportSeal::NAME, escaped(&seal.json()));
    }
    let _ = write!(page.html, "<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n");
    page.head();
    // Charts next to each other stand side by side where there is room.
    let is_chart = |part: &Part| matches!(part, Part::Chart(_));
    for parts in document.parts.chunk_by(|one, two| is_chart(one) && is_chart(two)) {
        page.group(parts);
    }
    page.foot(seal);
    let _ = write!(page.html, "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    page.html
}

struct Page<'a> {
    html: String,
    words: &'a Words,
    document: &'a Document,
    office: Option<&'a Office>,
}

impl Page<'_> {
    fn head(&mut self) {
        let document = self.document;
        if let Some(office) = self.office {
            let lines = [&office.parent, &office.agency].map(|line| escaped(line).into_owned());
            let _ = writeln!(self.html, "<p class=\"office\">{}<br><b>{}</b></p>", lines[0], lines[1]);
        }
        let _ = writeln!(self.html, "<h1>{}</h1>", escaped(&document.subject));
    }

    fn group(&mut self, parts: &[Part]) {
        let several = parts.len() > 1;
        self.html.push_str(if several { "<div class=\"charts\">\n" } else { "" });
        for part in parts {
            self.part(part);
        }
        self.html.push_str(if several { "</div>\n" } else { "" });
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Heading(heading) => {
                let _ = writeln!(self.html, "<h2>{}</h2>", escaped(&heading.numbered()));
            }
            Part::Paragraph(text) => {
                let _ = writeln!(self.html, "<p>{}</p>", escaped(text));
            }
            Part::Cards(cards) => self.cards(cards),
            Part::Table(grid) => self.table(grid),
            Part::Chart(chart) => self.chart(chart),
        }
    }

    fn cards(&mut self, cards: &[Card]) {
        self.html.push_str("<ul class=\"cards\">\n");
        for Card { label, figure, change } in cards {
            let [label, figure, change] = [label, figure, change].map(|text| escaped(text).into_owned());
            let _ = writeln!(self.html, "<li><span>{label}</span><b>{figure}</b><small>{change}</small></li>");
        }
        self.html.push_str("</ul>\n");
    }

    fn chart(&mut self, chart: &Chart) {
        let (currency, words) = (self.document.currency.as_str(), self.words);
        let heading = chart.heading(currency, words);
        let kind = if chart.is_map() { " class=\"map\"" } else { "" };
        let drawing = draw(chart, currency, words);
        let _ =
            writeln!(self.html, "<figure{kind}>\n<figcaption>{}</figcaption>\n{drawing}\n</figure>", escaped(&heading));
    }

    fn table(&mut self, grid: &Grid) {
        let is_flat = grid.rows.iter().all(|row| row.kind != RowKind::Group && row.indent == 0);
        let sorts = if is_flat && grid.rows.len() > 2 { " class=\"sorts\"" } else { "" };
        let _ = writeln!(self.html, "<div class=\"wide\"><table{sorts}>");
        let unit = self.document.unit_of(grid, self.words).unwrap_or_default();
        let title = grid.title.as_deref().unwrap_or_default();
        if !(unit.is_empty() && title.is_empty()) {
            let [title, unit] = [title, &unit].map(|text| escaped(text).into_owned());
            let _ = writeln!(self.html, "<caption>{title}<small>{unit}</small></caption>");
        }
        self.html.push_str("<thead><tr>");
        for column in &grid.columns {
            let _ = write!(self.html, "<th scope=\"col\"{}>{}</th>", side(column.align), escaped(&column.header));
        }
        self.html.push_str("</tr></thead>\n<tbody>\n");
        let texts = grid.texts(self.words, self.document.unit);
        let mut rows: Vec<(&GridRow, &Vec<String>)> = grid.rows.iter().zip(&texts).collect();
        let total = rows.pop_if(|(row, _)| row.kind == RowKind::Total);
        for (row, texts) in rows {
            self.row(grid, row, texts);
        }
        self.html.push_str("</tbody>\n");
        if let Some((row, texts)) = total {
            self.html.push_str("<tfoot>\n");
            self.row(grid, row, texts);
            self.html.push_str("</tfoot>\n");
        }
        self.html.push_str("</table></div>\n");
    }

    fn row(&mut self, grid: &Grid, row: &GridRow, texts: &[String]) {
        let kind = match row.kind {
            RowKind::Body => "",
            RowKind::Group => " class=\"group\"",
            RowKind::Total => " class=\"total\"",
        };
        let _ = write!(self.html, "<tr{kind}>");
        for (nth, ((text, cell), column)) in texts.iter().zip(&row.cells).zip(&grid.columns).enumerate() {
            let value = sort_value(cell).map(|value| format!(" data-value=\"{value}\"")).unwrap_or_default();
            let text = escaped(text);
            let _ = if nth == 0 {
                let indent = if row.indent > 0 { format!(" class=\"in{}\"", row.indent) } else { String::new() };
                write!(self.html, "<th scope=\"row\"{indent}>{text}</th>")
            } else {
                write!(self.html, "<td{}{value}>{text}</td>", side(column.align))
            };
        }
        self.html.push_str("</tr>\n");
    }

    fn foot(&mut self, seal: Option<&ReportSeal>) {
        let words = self.words;
        self.html.push_str("<footer>\n");
        for note in stamp::foot(self.document, seal, words) {
            let _ = writeln!(self.html, "<p>{}</p>", escaped(&note));
        }
        self.html.push_str("</footer>\n");
    }
}

fn side(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Right => " class=\"n\"",
    }
}

/// What a cell is sorted by, where that is not its text.
fn sort_value(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Date(day) => Some(day.to_string()),
        Cell::Empty | Cell::Text(_) => None,
        other => other.number(Unit::One).map(|number| number.to_string()),
    }
}
