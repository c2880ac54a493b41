//! Pages for a terminal.

use comfy_table::{Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};
use unicode_width::UnicodeWidthStr;

use super::Style;
use super::grid::{Align, Block, Grid, Page, RowKind, Unit};
use super::laid::{Fit, GAP, Laid};
use crate::text::shown;

pub(super) fn write(page: &Page, style: &Style) -> String {
    let unit = style.unit.unwrap_or_else(|| fitting_unit(page, style));
    let mut parts = vec![strong(&shown(&page.title), style)];
    for block in &page.blocks {
        match block {
            Block::Line(line) => parts.push(shown(line)),
            Block::Grid(grid) => parts.push(write_grid(grid, style, unit)),
        }
    }
    let foot = page.foot(style.words, unit);
    if !foot.is_empty() {
        parts.push(foot.iter().map(|note| shown(note)).collect::<Vec<_>>().join("\n"));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn strong(text: &str, style: &Style) -> String {
    if style.color && !text.is_empty() { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// The currency's own unit where all tables fit, else the smallest that makes
/// them fit, or the largest that is exact to one decimal.
fn fitting_unit(page: &Page, style: &Style) -> Unit {
    let Some(width) = style.width else { return Unit::One };
    let fits = |unit: Unit| {
        page.blocks.iter().all(|block| match block {
            Block::Grid(grid) => Laid::of(grid, style, unit).fits(width),
            Block::Line(_) => true,
        })
    };
    let exact: Vec<Unit> = Unit::ALL.into_iter().filter(|unit| *unit == Unit::One || page.suits(*unit)).collect();
    let largest = exact.last().copied().unwrap_or(Unit::One);
    exact.into_iter().find(|unit| fits(*unit)).unwrap_or(largest)
}

fn write_grid(grid: &Grid, style: &Style, unit: Unit) -> String {
    let title = grid.title.as_deref().map(|title| strong(title, style));
    let under = |title: Option<String>, body: String| match title {
        Some(title) => format!("{title}\n{body}"),
        None => body,
    };
    match Laid::of(grid, style, unit).fit(style.width) {
        Fit::Table(laid) => under(title, write_table(&laid, style)),
        Fit::Rows(laid) => under(title, write_rows(&laid, style)),
        Fit::Parts(parts) => {
            let named = |at: usize| {
                let part = (style.words.notes.part)(at + 1, parts.len());
                title.as_ref().map_or_else(|| part.clone(), |title| format!("{title} ({part})"))
            };
            let tables = parts.iter().enumerate().map(|(at, part)| under(Some(named(at)), write_table(part, style)));
            tables.collect::<Vec<_>>().join("\n\n")
        }
    }
}

fn write_table(laid: &Laid, style: &Style) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    if style.color {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    table.set_header(laid.columns.iter().map(|column| bold(Cell::new(&column.header), true)));
    let rule = || laid.widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>();
    table.add_row(rule());
    for (kind, row) in laid.kinds.iter().zip(&laid.texts) {
        if *kind == RowKind::Total && laid.kinds.len() > 1 {
            table.add_row(rule());
        }
        table.add_row(row.iter().map(|text| bold(Cell::new(text), *kind != RowKind::Body)));
    }
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(laid.width()).unwrap_or(u16::MAX));
    for (at, (column, width)) in laid.columns.iter().zip(&laid.widths).enumerate() {
        let Some(set) = table.column_mut(at) else { continue };
        let gap = if at == 0 { 0 } else { GAP };
        set.set_padding((u16::try_from(gap).unwrap_or(0), 0));
        let width = u16::try_from(width + gap).unwrap_or(u16::MAX);
        set.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        set.set_cell_alignment(match column.align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
        });
    }
    table.trim_fmt()
}

/// Each row as lines of a label and a text, its first two cells as a heading.
fn write_rows(laid: &Laid, style: &Style) -> String {
    const HEADING: usize = 2;
    let labels = laid.columns.iter().skip(HEADING).map(|column| column.header.width()).max().unwrap_or(0);
    let line = |header: &str, text: &str| {
        let gap = " ".repeat(labels.saturating_sub(header.width()) + GAP);
        format!("  {header}{gap}{text}")
    };
    let row = |row: &Vec<String>| {
        let heading = row.iter().take(HEADING).filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
        let cells = laid.columns.iter().zip(row).skip(HEADING).filter(|(_, text)| !text.is_empty());
        let lines = cells.map(|(column, text)| line(&column.header, text));
        std::iter::once(strong(&heading, style)).chain(lines).collect::<Vec<_>>().join("\n")
    };
    laid.texts.iter().map(row).collect::<Vec<_>>().join("\n\n")
}

fn bold(cell: Cell, is_bold: bool) -> Cell {
    if is_bold { cell.add_attribute(Attribute::Bold) } else { cell }
}
