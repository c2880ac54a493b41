//! Documents as workbooks: a sheet for each table, real numbers and days, the
//! spreadsheet's own charts, and totals by formula.

mod formats;
mod sheet;

use std::collections::HashSet;

use rust_xlsxwriter::{
    Chart as NativeChart, ChartFormat, ChartSolidFill, ChartType, Color, DocProperties, ExcelDateTime, Workbook,
    Worksheet, XlsxError,
};

use super::Paper;
use super::chart::{Chart, Drawing};
use super::document::{Document, Heading, Part};
use super::stamp;
use super::svg::{LAST, THIS};
use crate::domain::ReportSeal;
use crate::lang::Words;
use formats::Formats;
pub(super) use sheet::held;
use sheet::{HEIGHT, table_width, write_table};

/// The longest name that a sheet may have.
const LONGEST_NAME: usize = 31;
/// A4.
const A4: u8 = 9;
/// How many letters a line of text has where there is no table.
const LINE: f64 = 110.0;
/// The longest text of a property.
const PROPERTY: usize = 250;

pub(super) fn workbook(document: &Document, paper: &Paper, words: &Words) -> Result<Workbook, XlsxError> {
    let seal = paper.seal.as_ref();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document, seal)?);
    let mut book = Book {
        workbook,
        document,
        words,
        formats: Formats::new(document.decimals()),
        names: HashSet::new(),
        data: Vec::new(),
        data_sheet: words.charts.bars.to_owned(),
        foot: seal.map(|seal| stamp::short_line(seal, words)).unwrap_or_default(),
    };
    book.names.insert(book.data_sheet.to_lowercase());
    book.parts()?;
    book.notes(seal)?;
    book.chart_data()?;
    Ok(book.workbook)
}

fn properties(document: &Document, seal: Option<&ReportSeal>) -> Result<DocProperties, XlsxError> {
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    let mut properties = DocProperties::new().set_title(&document.subject).set_creation_datetime(&made);
    if let Some(seal) = seal {
        properties = properties.set_creation_datetime(&ExcelDateTime::from_timestamp(seal.made_at.timestamp())?);
        for (name, part) in seal.in_parts(PROPERTY) {
            properties = properties.set_custom_property(name, part);
        }
    }
    Ok(properties)
}

/// Figures of a chart, which stand on a sheet of their own.
struct Block {
    title: String,
    heads: Vec<String>,
    rows: Vec<(String, Vec<Option<f64>>)>,
}

struct Book<'a> {
    workbook: Workbook,
    document: &'a Document,
    words: &'a Words,
    formats: Formats,
    /// Names of sheets that are taken, in small letters.
    names: HashSet<String>,
    data: Vec<Block>,
    data_sheet: String,
    /// What stands at the foot of every page.
    foot: String,
}

/// What goes on one sheet.
#[derive(Default)]
struct Leaf<'a> {
    name: String,
    lines: Vec<&'a str>,
    table: Option<&'a super::Grid>,
    charts: Vec<&'a Chart>,
}

impl<'a> Book<'a> {
    /// A sheet for each table, with the sentences before it and the charts
    /// after it.
    fn parts(&mut self) -> Result<(), XlsxError> {
        let mut leaves: Vec<Leaf<'a>> = Vec::new();
        let mut heading = self.document.subject.as_str();
        for part in &self.document.parts {
            let fresh = leaves.last().is_none_or(|leaf| leaf.table.is_some());
            match part {
                Part::Heading(Heading { text, .. }) => {
                    heading = text;
                    leaves.push(Leaf { name: text.clone(), ..Leaf::default() });
                    continue;
                }
                Part::Cards(_) => continue,
                Part::Chart(chart) => {
                    if let Some(leaf) = leaves.last_mut() {
                        leaf.charts.push(chart);
                    }
                    continue;
                }
                Part::Paragraph(_) | Part::Table(_) if fresh => {
                    leaves.push(Leaf { name: heading.to_owned(), ..Leaf::default() });
                }
                Part::Paragraph(_) | Part::Table(_) => {}
            }
            let Some(leaf) = leaves.last_mut() else { continue };
            match part {
                Part::Paragraph(text) => leaf.lines.push(text),
                Part::Table(grid) => {
                    if let Some(title) = &grid.title {
                        leaf.name.clone_from(title);
                    }
                    leaf.table = Some(grid);
                }
                _ => {}
            }
        }
        leaves.retain(|leaf| leaf.table.is_some() || !leaf.lines.is_empty());
        leaves.iter().enumerate().try_for_each(|(nth, leaf)| self.leaf(leaf, nth == 0))
    }

    fn sheet(&mut self, name: &str) -> Result<Worksheet, XlsxError> {
        let name = self.free_name(name);
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.6, 0.6, 0.75, 0.75, 0.3, 0.3);
        let page = (self.words.reporting.page_of)("&P", "&N");
        sheet.set_footer(format!("&L&8 {}&R&8 {page}", plain(&self.foot)));
        Ok(sheet)
    }

    /// What stands at the head of every page: what it is about, as much as there
    /// is room for, and the unit of a table's money.
    fn head(&self, table: Option<&super::Grid>) -> String {
        const MOST: usize = 120;
        let subject: String = self.document.subject.chars().take(MOST).collect();
        let unit = table.and_then(|grid| self.document.unit_of(grid, self.words));
        let told = [subject].into_iter().chain(unit).collect::<Vec<_>>().join(" · ");
        format!("&L&8 {}&R&8 &A", plain(&told))
    }

    /// A name that no sheet has yet, of signs that it may have.
    fn free_name(&mut self, name: &str) -> String {
        let plain: String = name.chars().map(|c| if r"[]:*?/\'".contains(c) { ' ' } else { c }).collect();
        let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>().trim().to_owned();
        let mut free = cut(&plain, LONGEST_NAME);
        let mut number = 2;
        while free.is_empty() || !self.names.insert(free.to_lowercase()) {
            free = cut(&format!("{} {number}", cut(&plain, LONGEST_NAME - 4)), LONGEST_NAME);
            number += 1;
        }
        free
    }

    fn leaf(&mut self, leaf: &Leaf<'_>, is_first: bool) -> Result<(), XlsxError> {
        /// How many rows a chart covers.
        const ROWS: u32 = 18;
        /// So many rows stand on an upright page, in small letters.
        const UPRIGHT: u32 = 75;
        let mut sheet = self.sheet(&leaf.name)?;
        sheet.set_header(self.head(leaf.table));
        let mut row = 0;
        if is_first {
            sheet.write_string_with_format(row, 0, &self.document.subject, &self.formats.title)?;
            row += 2;
        }
        let columns = leaf.table.map_or(1, |grid| grid.columns.len());
        let letters = leaf.table.map_or(LINE, |grid| table_width(grid, self.words));
        if leaf.table.is_none() {
            sheet.set_column_width(0, LINE)?;
        }
        for line in &leaf.lines {
            self.sentence(&mut sheet, row, line, (columns, letters))?;
            row += 1;
        }
        row += u32::from(!leaf.lines.is_empty());
        let (mut end, mut charts) = (row, 0);
        if let Some(grid) = leaf.table {
            end = write_table(&mut sheet, grid, row, &self.formats, self.words)?;
        }
        for chart in &leaf.charts {
            if let Some(native) = self.native(chart) {
                sheet.insert_chart(end + 1, 0, &native)?;
                end += ROWS;
                charts += 1;
            }
        }
        // What is short enough stands on one page, so that none ends in a chart.
        if charts > 0 && end <= UPRIGHT {
            sheet.set_portrait().set_print_fit_to_pages(1, 1);
        }
        self.workbook.push_worksheet(sheet);
        Ok(())
    }

    /// A sentence across the columns of a table, in as many lines as it takes.
    fn sentence(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        text: &str,
        (columns, letters): (usize, f64),
    ) -> Result<(), XlsxError> {
        let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        // A little more than is counted: letters differ in width.
        let lines = (count(text.chars().count()) * 1.1 / letters).ceil().max(1.0);
        sheet.set_row_height(row, HEIGHT * lines)?;
        match u16::try_from(columns.saturating_sub(1)) {
            Ok(last @ 1..) => sheet.merge_range(row, 0, row, last, text, &self.formats.wrapped).map(drop),
            _ => sheet.write_string_with_format(row, 0, text, &self.formats.wrapped).map(drop),
        }
    }

    /// A chart of the spreadsheet's own, over figures that are kept for it.
    fn native(&mut self, chart: &Chart) -> Option<NativeChart> {
        let number = |sum: &crate::domain::Sum| sum.value.to_string().parse::<f64>().ok();
        let title = chart.heading_in(super::Unit::One, &self.document.currency, self.words);
        let (kind, heads, rows) = match &chart.drawing {
            Drawing::Columns { labels, series } => {
                let value = |at: usize| move |one: &super::chart::Series| one.values.get(at)?.as_ref().and_then(number);
                let row = |(at, label): (usize, &String)| (label.clone(), series.iter().map(value(at)).collect());
                let heads = series.iter().map(|one| one.name.clone()).collect();
                (ChartType::Column, heads, labels.iter().enumerate().map(row).collect())
            }
            Drawing::Bars(bars) => {
                let row = |bar: &super::chart::Bar| (bar.label.clone(), vec![number(&bar.sum)]);
                (ChartType::Bar, vec![chart.title.clone()], bars.iter().map(row).collect())
            }
            Drawing::Map { .. } => return None,
        };
        let block = Block { title: title.clone(), heads, rows };
        let first = self.data.iter().map(Block::height).sum::<u32>() + 2;
        let last = first + u32::try_from(block.rows.len()).ok()?.checked_sub(1)?;
        let mut native = NativeChart::new(kind);
        native.title().set_name(&title);
        native.set_width(760).set_height(340);
        let several = block.heads.len() > 1;
        for (column, _) in (1..).zip(&block.heads) {
            let sheet = self.data_sheet.as_str();
            native
                .add_series()
                .set_name((sheet, first - 1, column))
                .set_categories((sheet, first, 0, last, 0))
                .set_values((sheet, first, column, last, column))
                .set_format(
                    ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour(column, &block.heads))),
                );
        }
        // Of bars the first stands on top, and figures lie on the other axis.
        if kind == ChartType::Bar {
            native.y_axis().set_reverse();
            native.x_axis().set_num_format("#,##0").set_min(0);
        } else {
            native.y_axis().set_num_format("#,##0").set_min(0);
        }
        if !several {
            native.legend().set_hidden();
        }
        self.data.push(block);
        Some(native)
    }

    fn chart_data(&mut self) -> Result<(), XlsxError> {
        if self.data.is_empty() {
            return Ok(());
        }
        let mut sheet = Worksheet::new();
        sheet.set_name(&self.data_sheet)?.set_hidden(true);
        sheet.set_column_width(0, 36)?.set_column_width(1, 22)?.set_column_width(2, 22)?;
        let mut row = 0;
        for block in &self.data {
            sheet.write_string_with_format(row, 0, &block.title, &self.formats.title)?;
            for (column, head) in (1..).zip(&block.heads) {
                sheet.write_string_with_format(row + 1, column, head, &self.formats.header)?;
            }
            for (at, (label, values)) in (row + 2..).zip(&block.rows) {
                sheet.write_string(at, 0, label)?;
                for (column, value) in (1..).zip(values) {
                    if let Some(value) = value {
                        sheet.write_number_with_format(at, column, *value, &self.formats.count)?;
                    }
                }
            }
            row += block.height();
        }
        self.workbook.push_worksheet(sheet);
        Ok(())
    }

    fn notes(&mut self, seal: Option<&ReportSeal>) -> Result<(), XlsxError> {
        let mut sheet = self.sheet(self.words.reporting.notes_sheet)?;
        sheet.set_column_width(0, LINE)?;
        for (row, line) in (0..).zip(stamp::foot(self.document, seal, self.words)) {
            sheet.write_string_with_format(row, 0, &line, &self.formats.wrapped)?;
        }
        self.workbook.push_worksheet(sheet);
        Ok(())
    }
}

impl Block {
    /// How many rows it takes, with its title, its heads and one that is left.
    fn height(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX) + 3
    }
}

/// The colour of a series: the last is this year's, as in drawings.
fn colour(column: u16, heads: &[String]) -> Color {
    let is_last = usize::from(column) == heads.len();
    Color::from(if is_last { THIS } else { LAST })
}

/// A text at the head or foot of a page, where an ampersand begins a code.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}
