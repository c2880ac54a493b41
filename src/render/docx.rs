//! Documents for word processors, in the layout of Nghị định 30/2020/NĐ-CP
//! (Phụ lục I) where they are official ones in Vietnamese.

use std::fmt::Write;
use std::io::Cursor;

use docx_rs::{
    AbstractNumbering, AlignmentType, BorderType, BreakType, Docx, Footer, Header, IndentLevel, Level, LevelJc,
    LevelSuffixType, LevelText, LineSpacing, LineSpacingType, NumberFormat, Numbering, NumberingId, PageMargin,
    PageNum, Paragraph, ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, Pic, Run, RunFonts,
    SpecialIndentType, Start, Style, StyleType, Table, TableCell, TableCellBorder, TableCellBorderPosition,
    TableCellMargins, TableLayoutType, TableRow, WidthType,
};

use super::chart::Chart;
use super::document::{Document, Office, Part, SHORT};
use super::grid::{Align, Grid, RowKind};
use super::letterhead::{self, Beside, Column, Line, TITLE_RULE};
use super::picture::{Picture, picture};
use super::svg::escaped;
use super::{Paper, stamp};
use crate::domain::ReportSeal;
use crate::lang::{Lang, Words};

/// Twentieths of a point, in which Word measures: a millimetre of them.
const MM: f64 = 56.7;
/// A4, and what is left of it between the margins.
const PAGE: (f64, f64) = (210.0, 297.0);
const MARGINS: Margins = Margins { top: 20.0, bottom: 20.0, left: 30.0, right: 15.0 };
/// Letters in half points: of the text, of tables, of notes.
const TEXT: usize = 28;
const TABLE: usize = 20;
const NOTES: usize = 20;
/// The longest text of a property.
const PROPERTY: usize = 250;
/// The numbering of headings.
const HEADINGS: usize = 2;
/// A height that no row has by itself: by it rows are found that stand at the
/// top of every page, which docx-rs can't be told.
const HEADER_HEIGHT: f32 = 17.0;

struct Margins {
    top: f64,
    bottom: f64,
    left: f64,
    right: f64,
}

/// A length in twentieths of a point.
fn twips(mm: f64) -> i32 {
    // Lengths on paper are small.
    #[expect(clippy::cast_possible_truncation, reason = "no page is as wide as that")]
    let twips = (mm * MM).round() as i32;
    twips
}

fn width() -> i32 {
    twips(PAGE.0 - MARGINS.left - MARGINS.right)
}

pub(super) fn write(document: &Document, paper: &Paper, words: &Words) -> Result<Vec<u8>, String> {
    let mut writer = Writer { docx: begin(paper, words), told: Vec::new(), document, words };
    let office = paper.office.clone().unwrap_or_default();
    let is_official = document.kind.is_some() && words.lang == Lang::Vi;
    if is_official {
        writer.add_table(side_by_side(&letterhead::head(&office, paper.on, words)));
    }
    writer.title(&office, is_official);
    for part in &document.parts {
        writer.part(part)?;
    }
    writer.notes(paper, is_official);
    if is_official {
        writer.add(Paragraph::new().keep_next(true));
        writer.add_table(side_by_side(&[letterhead::foot(&office, words)]));
    }
    let who = paper.seal.as_ref().map_or("casebook", |seal| seal.by.as_str());
    pack(writer.docx, &writer.told, (&document.subject, who, words.lang.code()))
}

fn begin(paper: &Paper, words: &Words) -> Docx {
    let fonts = RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").cs("Times New Roman");
    let fonts = fonts.east_asia("Times New Roman");
    let margins = PageMargin::new().top(twips(MARGINS.top)).bottom(twips(MARGINS.bottom));
    let margins = margins.left(twips(MARGINS.left)).right(twips(MARGINS.right)).header(twips(10.0)).footer(twips(8.0));
    let size = |mm: f64| u32::try_from(twips(mm)).unwrap_or_default();
    let style = |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name).q_format(true);
    let spacing = |before: u32| LineSpacing::new().before(before).after(0).line(276);
    let number = Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new());
    let mut docx = Docx::new()
        .default_fonts(fonts)
        .default_size(TEXT)
        .page_size(size(PAGE.0), size(PAGE.1))
        .page_margin(margins)
        .add_style(style("Title", "Title").bold().size(TEXT).align(AlignmentType::Center))
        .add_style(
            style("Heading1", "heading 1").bold().size(TEXT).outline_lvl(0).next("BodyText").line_spacing(spacing(240)),
        )
        .add_style(
            style("BodyText", "Body Text")
                .align(AlignmentType::Both)
                .indent(None, Some(SpecialIndentType::FirstLine(twips(12.7))), None, None)
                .line_spacing(spacing(120)),
        )
        .add_style(style("Caption", "caption").bold().size(TABLE + 2).line_spacing(spacing(160)))
        .add_style(style("TableText", "Table Text").size(TABLE))
        .add_style(style("Note", "Note").italic().size(NOTES).line_spacing(LineSpacing::new().before(40)))
        // The number of a page stands at its top, but not on the first.
        .title_pg()
        .first_header(Header::new().add_paragraph(Paragraph::new()))
        .header(Header::new().add_paragraph(number));
    docx = docx.add_abstract_numbering(AbstractNumbering::new(HEADINGS).add_level(counting(words)));
    docx = docx.add_numbering(Numbering::new(HEADINGS, HEADINGS));
    if let Some(seal) = &paper.seal {
        for (name, part) in seal.in_parts(PROPERTY) {
            // Unlike texts, properties are written as they are given.
            docx = docx.custom_property(name, escaped(&part).into_owned());
        }
        let at = seal.made_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        docx = docx.created_at(&at).updated_at(&at);
        let foot = |seal: &ReportSeal| {
            let run = Run::new().add_text(stamp::short_line(seal, words)).size(16);
            Footer::new().add_paragraph(Paragraph::new().add_run(run))
        };
        docx = docx.footer(foot(seal)).first_footer(foot(seal));
    }
    docx
}

/// How headings are counted: as [`crate::lang::Reporting::number_of`] does.
fn counting(words: &Words) -> Level {
    let numerals = if words.lang == Lang::Vi { "upperRoman" } else { "decimal" };
    let (format, told) = (NumberFormat::new(numerals), LevelText::new("%1."));
    Level::new(0, Start::new(1), format, told, LevelJc::new("left"))
        .indent(Some(0), Some(SpecialIndentType::FirstLine(0)), None, None)
        .suffix(LevelSuffixType::Space)
}

struct Writer<'a> {
    docx: Docx,
    /// What pictures show, in their order.
    told: Vec<String>,
    document: &'a Document,
    words: &'a Words,
}

fn text(text: &str) -> Run {
    let mut run = Run::new();
    for (nth, line) in text.lines().enumerate() {
        if nth > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line);
    }
    run
}

fn centred(run: Run) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).add_run(run)
}

/// A rule in the middle of a width: an empty line with a border above it.
fn rule(width: i32, hundredths: u8) -> Paragraph {
    let side = width * (100 - i32::from(hundredths)) / 200;
    let low = LineSpacing::new().before(40).line(120).line_rule(LineSpacingType::Exact);
    let mut rule = Paragraph::new().indent(Some(side), None, Some(side), None).line_spacing(low);
    let border = ParagraphBorder::new(ParagraphBorderPosition::Top).size(6).color("000000");
    // A set that is not begun empty has all four sides.
    rule.property = rule.property.set_borders(ParagraphBorders::with_empty().set(border));
    rule
}

impl Writer<'_> {
    fn add(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn add_table(&mut self, table: Table) {
        self.docx = std::mem::take(&mut self.docx).add_table(table);
    }

    fn title(&mut self, office: &Office, is_official: bool) {
        let gap = LineSpacing::new().before(360);
        if let Some(kind) = self.document.kind.as_ref().filter(|_| is_official) {
            self.add(Paragraph::new().style("Title").line_spacing(gap).add_run(text(kind)));
            self.add(Paragraph::new().style("Title").add_run(text(&self.document.subject)));
            self.add(rule(width(), TITLE_RULE));
            if !office.to.is_empty() {
                self.add(centred(text(&(self.words.reporting.to)(&office.to))));
            }
        } else {
            self.add(Paragraph::new().style("Title").add_run(text(&self.document.subject)));
        }
    }

    fn part(&mut self, part: &Part) -> Result<(), String> {
        match part {
            Part::Heading(heading) => {
                let counted = Paragraph::new().numbering(NumberingId::new(HEADINGS), IndentLevel::new(0));
                self.add(counted.style("Heading1").keep_next(true).add_run(text(&heading.text)));
            }
            Part::Paragraph(line) => self.add(Paragraph::new().style("BodyText").add_run(text(line))),
            // They are said in sentences too.
            Part::Cards(_) => {}
            Part::Table(grid) => self.table(grid),
            Part::Chart(chart) => self.chart(chart)?,
        }
        Ok(())
    }

    fn caption(&mut self, caption: &str) {
        self.add(Paragraph::new().style("Caption").keep_next(true).add_run(text(caption)));
    }

    fn table(&mut self, grid: &Grid) {
        if let Some(title) = &grid.title {
            self.caption(title);
        }
        let unit = self.document.unit_of(grid, self.words).unwrap_or_default();
        let unit = text(&unit).italic().size(NOTES);
        self.add(Paragraph::new().align(AlignmentType::Right).keep_next(true).add_run(unit));
        let widths = grid.widths(self.words, self.document.unit, width());
        let cell = |at: usize, paragraph: Paragraph| {
            let width = usize::try_from(widths.get(at).copied().unwrap_or_default()).unwrap_or_default();
            TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph.style("TableText"))
        };
        let header = grid.columns.iter().enumerate().map(|(at, column)| {
            let paragraph = Paragraph::new().align(AlignmentType::Center).keep_next(true);
            cell(at, paragraph.add_run(text(&column.header).bold()))
        });
        let header = TableRow::new(header.collect()).row_height(HEADER_HEIGHT).cant_split();
        let texts = grid.texts(self.words, self.document.unit);
        // A short table stands on one page.
        let is_short = grid.rows.len() <= SHORT;
        let rows = grid.rows.iter().zip(&texts).enumerate().map(|(nth, (row, texts))| {
            let keep = is_short && nth + 1 < grid.rows.len();
            let cells = texts.iter().zip(&grid.columns).enumerate().map(|(at, (told, column))| {
                let run = if row.kind == RowKind::Body { text(told) } else { text(told).bold() };
                let side = if column.align == Align::Right { AlignmentType::Right } else { AlignmentType::Left };
                let indent = if at == 0 { i32::try_from(row.indent).unwrap_or_default() * twips(4.0) } else { 0 };
                let paragraph = Paragraph::new().align(side).indent(Some(indent), None, None, None).keep_next(keep);
                cell(at, paragraph.add_run(run))
            });
            TableRow::new(cells.collect()).cant_split()
        });
        let grid = widths.iter().filter_map(|width| usize::try_from(*width).ok()).collect();
        let rows = std::iter::once(header).chain(rows).collect();
        let side = usize::try_from(twips(1.0)).unwrap_or_default();
        let margins = TableCellMargins::new().margin_left(side, WidthType::Dxa).margin_right(side, WidthType::Dxa);
        self.add_table(Table::new(rows).set_grid(grid).margins(margins).layout(TableLayoutType::Fixed));
    }

    fn chart(&mut self, chart: &Chart) -> Result<(), String> {
        /// English Metric Units, in which pictures are measured: a millimetre.
        const EMU: f64 = 36_000.0;
        let currency = &self.document.currency;
        self.caption(&chart.heading(currency, self.words));
        let Picture { png, width, height } = picture(chart, currency, self.words)?;
        let across = if chart.is_map() { 120.0 } else { PAGE.0 - MARGINS.left - MARGINS.right };
        let down = across * f64::from(height) / f64::from(width);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a picture fits on a page")]
        let emu = |mm: f64| (mm * EMU).round() as u32;
        let picture = Pic::new_with_dimensions(png, width, height).size(emu(across), emu(down));
        self.told.push(chart.told(currency, self.words));
        self.add(centred(Run::new().add_image(picture)));
        Ok(())
    }

    /// What is said at the end; what is signed then stands on a page with it.
    fn notes(&mut self, paper: &Paper, is_signed: bool) {
        for line in stamp::foot(self.document, paper.seal.as_ref(), self.words) {
            self.add(Paragraph::new().style("Note").keep_next(is_signed).add_run(text(&line)));
        }
    }
}

/// Columns beside each other without lines around them, in rows that each stand
/// on one page.
fn side_by_side(rows: &[Beside]) -> Table {
    let part = |hundredths: u8| width() * i32::from(hundredths) / 100;
    let widths = |beside: &Beside| [part(beside.left), part(100 - beside.left)];
    let row = |beside: &Beside| {
        let cells = beside.columns.iter().zip(widths(beside)).map(|(column, width)| side_cell(column, width));
        TableRow::new(cells.collect()).cant_split()
    };
    let grid = rows.first().map(widths).unwrap_or_default().map(|width| usize::try_from(width).unwrap_or_default());
    Table::without_borders(rows.iter().map(row).collect()).set_grid(grid.to_vec()).layout(TableLayoutType::Fixed)
}

/// A column of lines as a cell without borders.
fn side_cell(column: &Column, width: i32) -> TableCell {
    /// What stands beside the text of a cell, on each side, unless told otherwise.
    const SIDE: i32 = 108;
    let sides = [
        TableCellBorderPosition::Top,
        TableCellBorderPosition::Bottom,
        TableCellBorderPosition::Left,
        TableCellBorderPosition::Right,
    ];
    let none = |cell: TableCell, side| cell.set_border(TableCellBorder::new(side).border_type(BorderType::Nil));
    let cell = TableCell::new().width(usize::try_from(width).unwrap_or_default(), WidthType::Dxa);
    let cell = sides.into_iter().fold(cell, none);
    let line = |line: &Line| {
        let mut run = text(&line.text).size(usize::from(line.points) * 2);
        run = if line.is_bold { run.bold() } else { run };
        run = if line.is_italic { run.italic() } else { run };
        let above = LineSpacing::new().before(u32::from(line.above) * 20);
        let side = if column.is_centred { AlignmentType::Center } else { AlignmentType::Left };
        Paragraph::new().align(side).line_spacing(above).keep_next(true).add_run(run)
    };
    let cell = column.lines.iter().map(line).fold(cell, TableCell::add_paragraph);
    if column.rule > 0 { cell.add_paragraph(rule(width - 2 * SIDE, column.rule)) } else { cell }
}

/// Puts the file together; adds what docx-rs has no words for: rows that stand
/// at the top of every page, what pictures show, the title, who made it, and
/// the language.
fn pack(docx: Docx, told: &[String], about: (&str, &str, &str)) -> Result<Vec<u8>, String> {
    let mut parts = docx.build();
    let core = String::from_utf8(std::mem::take(&mut parts.doc_props.core)).map_err(|error| error.to_string())?;
    let [title, who, lang] = [about.0, about.1, about.2].map(escaped);
    let more = format!("<dc:language>{lang}</dc:language><dc:title>{title}</dc:title></cp:coreProperties>");
    parts.doc_props.core =
        core.replace(">unknown<", &format!(">{who}<")).replace("</cp:coreProperties>", &more).into_bytes();
    let mut xml = String::from_utf8(std::mem::take(&mut parts.document)).map_err(|error| error.to_string())?;
    let mark = format!("<w:trHeight w:val=\"{HEADER_HEIGHT:.0}\"");
    xml = xml.replace(&mark, &format!("<w:tblHeader/>{mark}"));
    let mut described = String::with_capacity(xml.len());
    let mut texts = told.iter();
    for (nth, part) in xml.split("<wp:docPr ").enumerate() {
        if nth > 0 {
            let told = texts.next().map_or("", String::as_str);
            let _ = write!(described, "<wp:docPr descr=\"{}\" ", escaped(told));
        }
        described.push_str(part);
    }
    parts.document = described.into_bytes();
    let mut file = Cursor::new(Vec::new());
    parts.pack(&mut file).map_err(|error| error.to_string())?;
    Ok(file.into_inner())
}
