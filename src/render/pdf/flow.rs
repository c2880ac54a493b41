//! Text, tables and charts down the page, and over pages.

use super::letters::{Cut, Letters};
use crate::lang::Words;
use crate::render::document::SHORT;
use crate::render::grid::{Align, Grid, RowKind, Unit};

/// A4 and its margins in points (Nghị định 30/2020/NĐ-CP, Phụ lục I).
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
pub(super) const LEFT: f32 = 85.04;
const RIGHT: f32 = 42.52;
pub(super) const TOP: f32 = 56.69;
pub(super) const BOTTOM: f32 = 56.69;
/// What is left between the margins.
pub(super) const WIDTH: f32 = PAGE.0 - LEFT - RIGHT;
/// What stands around the text of a cell.
const CELL: (f32, f32) = (3.0, 2.6);
/// How far a row is set in under its group.
const INDENT: f32 = 11.0;

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) cut: Cut,
    pub(super) size: f32,
    pub(super) stands: Side,
    /// How far the first line is set in.
    pub(super) indent: f32,
    /// What is left above.
    pub(super) above: f32,
}

/// Where lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Centre,
    Both,
}

impl Setting {
    pub(super) const fn new(cut: Cut, size: f32, stands: Side) -> Self {
        Self { cut, size, stands, indent: 0.0, above: 0.0 }
    }

    pub(super) const fn above(self, above: f32) -> Self {
        Self { above, ..self }
    }

    /// The height of a line.
    fn line(self) -> f32 {
        self.size * 1.25
    }
}

/// What a mark on a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// An element of the document, by its number.
    Element(usize),
    /// A cell of a table: its row, from its header, and its column.
    Cell(usize, usize, usize),
    /// None: a line, or a header that is there again.
    Nothing,
}

/// A mark on a page.
#[derive(Debug)]
pub(super) enum Mark {
    Text { x: f32, base: f32, text: String, cut: Cut, size: f32, gap: f32, place: Place },
    Line { from: (f32, f32), to: (f32, f32) },
    Drawing { x: f32, y: f32, width: f32, height: f32, svg: String, place: Place },
}

/// An element, for those who listen.
#[derive(Debug)]
pub(super) enum Element {
    /// With its page and how far down it stands there.
    Heading(String, usize, f32),
    Paragraph,
    /// A table with so many rows and columns, its header among them.
    Table(usize, usize),
    Figure(String),
}

/// Pages on their way.
pub(super) struct Flow<'a> {
    letters: &'a Letters,
    pub(super) sheets: Vec<Vec<Mark>>,
    pub(super) elements: Vec<Element>,
    y: f32,
}

impl<'a> Flow<'a> {
    pub(super) fn new(letters: &'a Letters) -> Self {
        Self { letters, sheets: vec![Vec::new()], elements: Vec::new(), y: TOP }
    }

    fn room(&self) -> f32 {
        PAGE.1 - BOTTOM - self.y
    }

    fn put(&mut self, mark: Mark) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.push(mark);
        }
    }

    fn next_page(&mut self) {
        self.sheets.push(Vec::new());
        self.y = TOP;
    }

    /// Begins a page where less room than this is left.
    pub(super) fn need(&mut self, height: f32) {
        let fits_a_page = height <= PAGE.1 - TOP - BOTTOM;
        if self.room() < height && fits_a_page && self.y > TOP {
            self.next_page();
        }
    }

    pub(super) fn gap(&mut self, height: f32) {
        self.y += height;
    }

    fn element(&mut self, element: Element) -> Place {
        self.elements.push(element);
        Place::Element(self.elements.len() - 1)
    }

    /// A heading, which does not stand alone at the end of a page.
    pub(super) fn heading(&mut self, text: &str, setting: Setting, with: f32) {
        let lines = self.letters.lines(setting.cut, setting.size, text, WIDTH, 0.0);
        self.need(setting.above + setting.line() * count(lines.len()) + with);
        self.y += setting.above;
        let place = self.element(Element::Heading(text.to_owned(), self.sheets.len() - 1, self.y));
        self.set(&lines, setting, (LEFT, WIDTH), place);
    }

    /// A paragraph; no line of it stands alone on a page.
    pub(super) fn paragraph(&mut self, text: &str, setting: Setting) {
        let lines = self.letters.lines(setting.cut, setting.size, text, WIDTH, setting.indent);
        let place = self.element(Element::Paragraph);
        self.y += setting.above;
        let mut rest = lines.as_slice();
        let mut first = true;
        while !rest.is_empty() {
            let fit = (0..rest.len()).take_while(|n| setting.line() * count(n + 1) <= self.room()).count();
            let fit = match rest.len() - fit {
                // The last line takes one with it, and so does the first.
                1 if fit > 2 => fit - 1,
                0 => fit,
                _ if fit == 1 => 0,
                _ => fit,
            };
            if fit == 0 && self.y > TOP {
                self.next_page();
                continue;
            }
            let (here, there) = rest.split_at(fit.max(1));
            let last = there.is_empty();
            let set = Setting { indent: if first { setting.indent } else { 0.0 }, ..setting };
            self.set_part(here, set, (LEFT, WIDTH), place, last);
            rest = there;
            first = false;
        }
    }

    /// Lines from here on, which have room.
    fn set(&mut self, lines: &[String], setting: Setting, column: (f32, f32), place: Place) {
        self.set_part(lines, setting, column, place, true);
    }

    fn set_part(&mut self, lines: &[String], setting: Setting, (x, width): (f32, f32), place: Place, ends: bool) {
        for (nth, line) in lines.iter().enumerate() {
            let indent = if nth == 0 { setting.indent } else { 0.0 };
            let own = self.letters.width(setting.cut, setting.size, line);
            let left = width - indent - own;
            let gaps = line.matches(' ').count();
            let is_last = ends && nth + 1 == lines.len();
            let (shift, gap) = match setting.stands {
                Side::Left => (0.0, 0.0),
                Side::Right => (left, 0.0),
                Side::Centre => (left / 2.0, 0.0),
                Side::Both if is_last || gaps == 0 => (0.0, 0.0),
                Side::Both => (0.0, left / count(gaps)),
            };
            // Liberation Serif rises 0.89 of its size above the base.
            let base = self.y + (setting.line() - setting.size) / 2.0 + setting.size * 0.89;
            let text = line.clone();
            let Setting { cut, size, .. } = setting;
            self.put(Mark::Text { x: x + indent + shift, base, text, cut, size, gap, place });
            self.y += setting.line();
        }
    }

    /// How high a paragraph is.
    pub(super) fn height(&self, text: &str, setting: Setting) -> f32 {
        let lines = self.letters.lines(setting.cut, setting.size, text, WIDTH, setting.indent);
        setting.above + setting.line() * count(lines.len())
    }

    /// How high two columns are beside each other.
    pub(super) fn height_beside(&self, part: f32, columns: [&[Block]; 2]) -> f32 {
        columns_of(self.letters, part, columns).iter().map(SetColumn::height).fold(0.0, f32::max)
    }

    /// Two columns beside each other on one page, the left of which takes a
    /// part of the width; tells where each ends.
    pub(super) fn beside(&mut self, part: f32, columns: [&[Block]; 2]) -> [f32; 2] {
        let columns = columns_of(self.letters, part, columns);
        let tallest = columns.iter().map(SetColumn::height).fold(0.0, f32::max);
        self.need(tallest);
        let top = self.y;
        let ends = columns.map(|column| {
            self.y = top;
            for (lines, setting) in &column.lines {
                self.y += setting.above;
                let place = self.element(Element::Paragraph);
                self.set(lines, *setting, (column.x, column.width), place);
            }
            self.y
        });
        self.y = top + tallest;
        ends
    }

    /// How far down the page it is.
    pub(super) fn y(&self) -> f32 {
        self.y
    }

    /// A line across, so many hundredths of the width of a column long, in its
    /// middle.
    pub(super) fn rule(&mut self, (from, to): (f32, f32), hundredths: u8, y: f32) {
        if hundredths == 0 {
            return;
        }
        let (width, middle) = ((to - from) * f32::from(hundredths) / 100.0, f32::midpoint(from, to));
        self.put(Mark::Line { from: (middle - width / 2.0, y), to: (middle + width / 2.0, y) });
    }

    /// A drawing under its heading, both on one page.
    pub(super) fn figure(&mut self, caption: (&str, Setting), svg: (String, f32, f32), part: f32, told: String) {
        let (svg, across, down) = svg;
        let (text, setting) = caption;
        // One that is higher than a page is drawn smaller.
        let most = PAGE.1 - TOP - BOTTOM - setting.above - setting.line() * 2.0 - 8.0;
        let height = (WIDTH * part * down / across).min(most);
        let width = height * across / down;
        self.need(setting.above + setting.line() * 2.0 + height);
        self.paragraph(text, setting);
        let place = self.element(Element::Figure(told));
        let x = LEFT + (WIDTH - width) / 2.0;
        let y = self.y + 3.0;
        self.put(Mark::Drawing { x, y, width, height, svg, place });
        self.y = y + height + 4.0;
    }

    /// How much of a table stands on the page on which it begins, at least.
    pub(super) fn least_of_table(&self, grid: &Grid, unit: Unit, words: &Words, size: f32) -> f32 {
        Rows::of(self.letters, grid, unit, words, size).least()
    }

    /// A table; its header stands at the top of each page that it goes on to.
    pub(super) fn table(&mut self, grid: &Grid, unit: Unit, words: &Words, above: &[(String, Setting)], size: f32) {
        let rows = Rows::of(self.letters, grid, unit, words, size);
        let heads: f32 = above.iter().map(|(_, setting)| setting.above + setting.line()).sum();
        self.need(heads + rows.least());
        for (text, setting) in above {
            self.paragraph(text, *setting);
        }
        let Place::Element(table) = self.element(Element::Table(rows.heights.len(), grid.columns.len())) else {
            return;
        };
        for row in 0..rows.heights.len() {
            if self.room() < rows.heights[row] && self.y > TOP && row > 0 {
                self.next_page();
                self.row(&rows, 0, None);
            }
            self.row(&rows, row, Some(table));
        }
        self.y += 6.0;
    }

    /// A row of a table; one that is there again belongs to nothing.
    fn row(&mut self, rows: &Rows, row: usize, table: Option<usize>) {
        let (top, height) = (self.y, rows.heights[row]);
        let mut x = LEFT;
        for (column, cell) in rows.cells[row].iter().enumerate() {
            let width = rows.widths[column];
            let place = table.map_or(Place::Nothing, |table| Place::Cell(table, row, column));
            self.y = top + CELL.1;
            let room = (x + CELL.0 + cell.indent, width - 2.0 * CELL.0 - cell.indent);
            self.set(&cell.lines, cell.setting, room, place);
            self.put(Mark::Line { from: (x, top), to: (x, top + height) });
            x += width;
        }
        self.put(Mark::Line { from: (x, top), to: (x, top + height) });
        for y in [top, top + height] {
            self.put(Mark::Line { from: (LEFT, y), to: (x, y) });
        }
        self.y = top + height;
    }
}

/// A text of a column, and how it is set.
pub(super) type Block = (String, Setting);

/// A column beside another, its texts broken into lines.
struct SetColumn {
    x: f32,
    width: f32,
    lines: Vec<(Vec<String>, Setting)>,
}

impl SetColumn {
    fn height(&self) -> f32 {
        self.lines.iter().map(|(lines, setting)| setting.above + setting.line() * count(lines.len())).sum()
    }
}

fn columns_of(letters: &Letters, part: f32, columns: [&[Block]; 2]) -> [SetColumn; 2] {
    let [left, right] = columns;
    let column = |blocks: &[Block], x: f32, width: f32| {
        let broken = |(text, setting): &Block| (letters.lines(setting.cut, setting.size, text, width, 0.0), *setting);
        SetColumn { x, width, lines: blocks.iter().map(broken).collect() }
    };
    let middle = WIDTH * part;
    [column(left, LEFT, middle), column(right, LEFT + middle, WIDTH - middle)]
}

/// The rows of a table, broken into lines; the first is its header.
struct Rows {
    widths: Vec<f32>,
    cells: Vec<Vec<SetCell>>,
    heights: Vec<f32>,
}

struct SetCell {
    lines: Vec<String>,
    setting: Setting,
    indent: f32,
}

impl Rows {
    /// What stands together: a short table, or the beginning of a long one.
    fn least(&self) -> f32 {
        let together = if self.heights.len() <= SHORT + 1 { self.heights.len() } else { 3 };
        self.heights.iter().take(together).sum()
    }

    fn of(letters: &Letters, grid: &Grid, unit: Unit, words: &Words, size: f32) -> Self {
        const PARTS: i16 = 10_000;
        let widths = grid.widths(words, unit, PARTS.into());
        let width = |part: i32| WIDTH * f32::from(i16::try_from(part).unwrap_or(PARTS)) / f32::from(PARTS);
        let widths: Vec<f32> = widths.into_iter().map(width).collect();
        let cell = |at: usize, text: &str, setting: Setting, indent: f32| {
            let room = widths[at] - 2.0 * CELL.0 - indent;
            SetCell { lines: letters.lines(setting.cut, setting.size, text, room, 0.0), setting, indent }
        };
        let header = grid.columns.iter().enumerate();
        let header =
            header.map(|(at, column)| cell(at, &column.header, Setting::new(Cut::Bold, size, Side::Centre), 0.0));
        let mut cells: Vec<Vec<SetCell>> = vec![header.collect()];
        for (row, texts) in grid.rows.iter().zip(grid.texts(words, unit)) {
            let cut = if row.kind == RowKind::Body { Cut::Plain } else { Cut::Bold };
            let set = texts.iter().zip(&grid.columns).enumerate().map(|(at, (text, column))| {
                let stands = if column.align == Align::Right { Side::Right } else { Side::Left };
                let indent = if at == 0 { INDENT * count(row.indent) } else { 0.0 };
                cell(at, text, Setting::new(cut, size, stands), indent)
            });
            cells.push(set.collect());
        }
        let cells: Vec<Vec<SetCell>> = cells.iter().flat_map(|row| pieces(row)).collect();
        let height = |row: &Vec<SetCell>| {
            let lines = row.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
            Setting::new(Cut::Plain, size, Side::Left).line() * count(lines) + 2.0 * CELL.1
        };
        let heights = cells.iter().map(height).collect();
        Self { widths, cells, heights }
    }
}

/// A row in pieces of so many lines that each stands on a page.
fn pieces(row: &[SetCell]) -> Vec<Vec<SetCell>> {
    const MOST: usize = 48;
    let of = row.iter().map(|cell| cell.lines.len().div_ceil(MOST)).max().unwrap_or(0).max(1);
    let piece = |nth: usize| {
        let part = |cell: &SetCell| {
            let lines = cell.lines.chunks(MOST).nth(nth).unwrap_or_default().to_vec();
            SetCell { lines, setting: cell.setting, indent: cell.indent }
        };
        row.iter().map(part).collect()
    };
    (0..of).map(piece).collect()
}

/// A small number of things as a factor.
fn count(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}
