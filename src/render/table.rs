//! Pages for a terminal.

use comfy_table::{Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};
use unicode_width::UnicodeWidthStr;

use super::Style;
use super::grid::{Align, Block, Column, Grid, Page, RowKind, Unit};

/// Spaces between columns.
const GAP: usize = 2;
/// The narrowest that a column of words is made.
const NARROWEST: usize = 12;

pub(super) fn write(page: &Page, style: &Style) -> String {
    let unit = style.unit.unwrap_or_else(|| fitting_unit(page, style));
    let mut parts = vec![strong(&page.title, style)];
    for block in &page.blocks {
        match block {
            Block::Line(line) => parts.push(line.clone()),
            Block::Grid(grid) => parts.push(write_grid(grid, style, unit)),
        }
    }
    let foot = page.foot(style.words, unit);
    if !foot.is_empty() {
        parts.push(foot.join("\n"));
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
            Block::Grid(grid) => Laid::of(grid, style, unit).width() <= width,
            Block::Line(_) => true,
        })
    };
    let exact: Vec<Unit> = Unit::ALL.into_iter().filter(|unit| *unit == Unit::One || page.suits(*unit)).collect();
    let largest = exact.last().copied().unwrap_or(Unit::One);
    exact.into_iter().find(|unit| fits(*unit)).unwrap_or(largest)
}

/// A grid as text, with the widths of its columns.
struct Laid {
    columns: Vec<Column>,
    kinds: Vec<RowKind>,
    texts: Vec<Vec<String>>,
    widths: Vec<usize>,
}

impl Laid {
    fn of(grid: &Grid, style: &Style, unit: Unit) -> Self {
        let mut texts = grid.texts(style.words, unit);
        for (row, text) in grid.rows.iter().zip(&mut texts) {
            if let Some(first) = text.first_mut() {
                first.insert_str(0, &"  ".repeat(row.indent));
            }
        }
        let width = |(at, column): (usize, &Column)| {
            let cells = texts.iter().filter_map(|row| row.get(at)).map(|text| text.width());
            cells.chain([column.header.width()]).max().unwrap_or(0)
        };
        Self {
            widths: grid.columns.iter().enumerate().map(width).collect(),
            columns: grid.columns.clone(),
            kinds: grid.rows.iter().map(|row| row.kind).collect(),
            texts,
        }
    }

    fn width(&self) -> usize {
        self.widths.iter().sum::<usize>() + GAP * self.widths.len().saturating_sub(1)
    }

    /// The columns at some places, as a grid of its own.
    fn part(&self, places: &[usize]) -> Self {
        Self {
            columns: places.iter().map(|at| self.columns[*at].clone()).collect(),
            kinds: self.kinds.clone(),
            texts: self.texts.iter().map(|row| places.iter().map(|at| row[*at].clone()).collect()).collect(),
            widths: places.iter().map(|at| self.widths[*at]).collect(),
        }
    }

    /// Splits a table of figures that is too wide: each part has the first
    /// column and as many others as fit.
    fn parts(&self, width: usize) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut places = vec![0];
        let mut used = self.widths.first().copied().unwrap_or(0);
        for (at, column) in self.widths.iter().enumerate().skip(1) {
            if used + GAP + column > width && places.len() > 1 {
                parts.push(self.part(&places));
                places.truncate(1);
                used = self.widths[0];
            }
            places.push(at);
            used += GAP + column;
        }
        parts.push(self.part(&places));
        parts
    }

    fn words(&self) -> usize {
        self.columns.iter().filter(|column| column.align == Align::Left).count()
    }
}

fn write_grid(grid: &Grid, style: &Style, unit: Unit) -> String {
    let laid = Laid::of(grid, style, unit);
    let parts = match style.width {
        Some(width) if laid.width() > width && laid.words() < 2 => laid.parts(width),
        _ => vec![laid],
    };
    let count = parts.len();
    let mut written = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let named = grid.title.as_deref().map(|title| match count {
            1 => strong(title, style),
            _ => format!("{} ({})", strong(title, style), (style.words.notes.part)(at + 1, count)),
        });
        let table = write_part(part, style);
        written.push(named.map_or_else(|| table.clone(), |title| format!("{title}\n{table}")));
    }
    written.join("\n\n")
}

fn write_part(laid: &Laid, style: &Style) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    if style.color {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    table.set_header(laid.columns.iter().map(|column| bold(Cell::new(&column.header), true)));
    let narrow = style.width.filter(|width| laid.width() > *width);
    let widths = narrow.map_or_else(|| laid.widths.clone(), |width| narrowed(laid, width));
    let rule = || widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>();
    table.add_row(rule());
    for (kind, row) in laid.kinds.iter().zip(&laid.texts) {
        if *kind == RowKind::Total && laid.kinds.len() > 1 {
            table.add_row(rule());
        }
        table.add_row(row.iter().map(|text| bold(Cell::new(text), *kind != RowKind::Body)));
    }
    table.set_content_arrangement(ContentArrangement::Disabled);
    if narrow.is_some() {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(style.width.unwrap_or(0)).unwrap_or(u16::MAX));
    }
    for (at, column) in laid.columns.iter().enumerate() {
        let Some(set) = table.column_mut(at) else { continue };
        let gap = if at == 0 { 0 } else { u16::try_from(GAP).unwrap_or(0) };
        set.set_padding((gap, 0));
        set.set_constraint(ColumnConstraint::Absolute(Width::Fixed(
            u16::try_from(widths[at]).unwrap_or(u16::MAX).saturating_add(gap),
        )));
        set.set_cell_alignment(match column.align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
        });
    }
    table.trim_fmt()
}

fn bold(cell: Cell, is_bold: bool) -> Cell {
    if is_bold { cell.add_attribute(Attribute::Bold) } else { cell }
}

/// Widths that fit: figures keep theirs, the widest columns of words give
/// way.
fn narrowed(laid: &Laid, width: usize) -> Vec<usize> {
    let mut widths = laid.widths.clone();
    let gaps = GAP * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > width {
        let words = laid.columns.iter().enumerate().filter(|(_, column)| column.align == Align::Left);
        let widest = words.map(|(at, _)| at).max_by_key(|at| widths[*at]);
        match widest.filter(|at| widths[*at] > NARROWEST) {
            Some(at) => widths[at] -= 1,
            None => break,
        }
    }
    widths
}
