//! Documents as PDF: laid out as Nghị định 30/2020/NĐ-CP has it where they are
//! official ones in Vietnamese, with embedded letters, and tagged for those who
//! listen to them (PDF/UA-1).

mod flow;
mod letters;
mod paint;

use super::document::{Document, Office, Part};
use super::letterhead::{self, Beside, Line, TITLE_RULE};
use super::svg::{draw, size_of};
use super::{Paper, stamp};
use crate::lang::{Lang, Words};
use flow::{Flow, LEFT, Setting, Side, WIDTH};
use letters::{Cut, Letters};
use paint::{About, paint};

/// Letters of the text, of headings, of tables and of notes.
const TEXT: Setting = Setting { indent: 36.0, ..Setting::new(Cut::Plain, 13.0, Side::Both).above(6.0) };
const HEADING: Setting = Setting::new(Cut::Bold, 13.0, Side::Left).above(14.0);
const CAPTION: Setting = Setting::new(Cut::Bold, 12.0, Side::Left).above(10.0);
const UNIT: Setting = Setting::new(Cut::Italic, 10.0, Side::Right).above(4.0);
const TABLE: f32 = 10.0;
const NOTE: Setting = Setting::new(Cut::Italic, 10.0, Side::Left).above(2.0);
/// How much stands with a heading on its page, at least.
const WITH_HEADING: f32 = 70.0;

pub(super) fn write(document: &Document, paper: &Paper, words: &Words) -> Result<Vec<u8>, String> {
    let letters = Letters::new().ok_or("the letters can't be read")?;
    let seal = paper.seal.as_ref();
    let mut setter = Setter { flow: Flow::new(&letters), letters: &letters, document, words };
    let office = paper.office.clone().unwrap_or_default();
    let is_official = document.kind.is_some() && words.lang == Lang::Vi;
    if is_official {
        for beside in &letterhead::head(&office, paper.on, words) {
            setter.beside(beside);
        }
    }
    setter.title(&office, is_official);
    for (nth, part) in document.parts.iter().enumerate() {
        setter.part(part, document.parts.get(nth + 1));
    }
    let signature = is_official.then(|| letterhead::foot(&office, words));
    setter.notes(&stamp::foot(document, seal, words), signature.as_ref());
    let foot = seal.map(|seal| stamp::short_line(seal, words)).unwrap_or_default();
    let about = About { title: &document.subject, lang: words.lang.code(), foot, seal };
    paint(&letters, &setter.flow.sheets, &setter.flow.elements, &about)
}

struct Setter<'a> {
    flow: Flow<'a>,
    letters: &'a Letters,
    document: &'a Document,
    words: &'a Words,
}

impl Setter<'_> {
    /// Two columns, each with the rule under it.
    fn beside(&mut self, beside: &Beside) {
        let part = part(beside);
        let [left, right] = blocks(beside);
        let ends = self.flow.beside(part, [&left, &right]);
        let middle = LEFT + WIDTH * part;
        for ((column, y), sides) in beside.columns.iter().zip(ends).zip([(LEFT, middle), (middle, LEFT + WIDTH)]) {
            self.flow.rule(sides, column.rule, y + 3.0);
        }
        self.flow.gap(3.0);
    }

    fn height(&self, beside: &Beside) -> f32 {
        let [left, right] = blocks(beside);
        self.flow.height_beside(part(beside), [&left, &right])
    }

    /// What is said at the end, the last of it on the page of the signature.
    fn notes(&mut self, notes: &[String], signature: Option<&Beside>) {
        const GAP: f32 = 18.0;
        self.flow.gap(6.0);
        let signed = signature.map_or(0.0, |signature| self.height(signature) + GAP);
        for (nth, note) in notes.iter().enumerate() {
            if nth + 1 == notes.len() {
                self.flow.need(self.flow.height(note, NOTE) + signed);
            }
            self.flow.paragraph(note, NOTE);
        }
        if let Some(signature) = signature {
            self.flow.gap(GAP);
            self.beside(signature);
        }
    }

    fn title(&mut self, office: &Office, is_official: bool) {
        let setting = Setting::new(Cut::Bold, 14.0, Side::Centre);
        match self.document.kind.as_ref().filter(|_| is_official) {
            Some(kind) => {
                self.flow.gap(18.0);
                self.flow.heading(kind, setting, 0.0);
                self.flow.paragraph(&self.document.subject, setting);
                self.flow.gap(4.0);
                let y = self.flow.y();
                self.flow.rule((LEFT, LEFT + WIDTH), TITLE_RULE, y);
                if !office.to.is_empty() {
                    let to = (self.words.reporting.to)(&office.to);
                    self.flow.paragraph(&to, Setting::new(Cut::Plain, 13.0, Side::Centre).above(10.0));
                }
            }
            None => self.flow.heading(&self.document.subject, setting, 0.0),
        }
        self.flow.gap(4.0);
    }

    /// A part; a heading stands on the page on which what follows it begins.
    fn part(&mut self, part: &Part, next: Option<&Part>) {
        let currency = &self.document.currency;
        match part {
            Part::Heading(heading) => {
                let with = match next {
                    Some(Part::Table(grid)) => self.flow.least_of_table(grid, self.document.unit, self.words, TABLE),
                    _ => 0.0,
                };
                self.flow.heading(&heading.numbered(), HEADING, with + WITH_HEADING);
            }
            Part::Paragraph(text) => self.flow.paragraph(text, TEXT),
            // They are said in sentences too.
            Part::Cards(_) => {}
            Part::Table(grid) => {
                let title = grid.title.iter().map(|title| (title.clone(), CAPTION));
                let unit = self.document.unit_of(grid, self.words).map(|unit| (unit, UNIT));
                let mut above: Vec<(String, Setting)> = title.chain(unit).collect();
                if above.is_empty() {
                    above.push((String::new(), UNIT));
                }
                self.flow.table(grid, self.document.unit, self.words, &above, TABLE);
            }
            Part::Chart(chart) => {
                let svg = self.letters.with_shapes(&draw(chart, currency, self.words));
                let (width, height) = size_of(&svg);
                let part = if chart.is_map() { 0.72 } else { 1.0 };
                let heading = chart.heading(currency, self.words);
                let told = chart.told(currency, self.words);
                self.flow.figure((&heading, CAPTION), (svg, width, height), part, told);
            }
        }
    }
}

/// The part of the width that the left column takes.
fn part(beside: &Beside) -> f32 {
    f32::from(beside.left) / 100.0
}

/// The lines of two columns, as they are set.
fn blocks(beside: &Beside) -> [Vec<(String, Setting)>; 2] {
    let set = |line: &Line, is_centred: bool| {
        let cut = match (line.is_bold, line.is_italic) {
            (false, false) => Cut::Plain,
            (true, false) => Cut::Bold,
            (false, true) => Cut::Italic,
            (true, true) => Cut::BoldItalic,
        };
        let side = if is_centred { Side::Centre } else { Side::Left };
        (line.text.clone(), Setting::new(cut, line.points.into(), side).above(line.above.into()))
    };
    beside.columns.each_ref().map(|column| column.lines.iter().map(|line| set(line, column.is_centred)).collect())
}
