//! Documents as PDF: laid out as Nghị định 30/2020/NĐ-CP has it where they are
//! official ones in Vietnamese, with embedded letters, and tagged for those who
//! listen to them (PDF/UA-1).

mod flow;
mod letters;
mod paint;

use super::document::{Document, Office, Part, or_dots};
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
        setter.letterhead(&office, paper);
    }
    setter.title(&office, is_official);
    for (nth, part) in document.parts.iter().enumerate() {
        setter.part(part, document.parts.get(nth + 1));
    }
    setter.flow.gap(6.0);
    for note in document.foot(words).into_iter().chain(seal.map(|seal| stamp::line(seal, words))) {
        setter.flow.paragraph(&note, NOTE);
    }
    if is_official {
        setter.signature(&office);
    }
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
    /// Two columns: of the office, and of the state.
    fn letterhead(&mut self, office: &Office, paper: &Paper) {
        const PART: f32 = 0.44;
        let centred = |cut: Cut, size: f32| Setting::new(cut, size, Side::Centre);
        let said = &self.words.reporting;
        let mut left = vec![(or_dots(&office.agency).to_uppercase(), centred(Cut::Bold, 12.0))];
        if !office.parent.is_empty() {
            left.insert(0, (office.parent.to_uppercase(), centred(Cut::Plain, 12.0)));
        }
        let right = [
            (said.motto[0].to_owned(), centred(Cut::Bold, 12.0)),
            (said.motto[1].to_owned(), centred(Cut::Bold, 13.0)),
        ];
        self.flow.beside(PART, [&left, &right]);
        self.flow.gap(3.0);
        let middle = LEFT + WIDTH * PART;
        self.flow.rule((LEFT, middle), 0.35);
        self.flow.rule((middle, LEFT + WIDTH), 0.56);
        let number = [((said.number)(&or_dots(&office.number)), centred(Cut::Plain, 13.0).above(5.0))];
        let dated = [((said.dated)(&or_dots(&office.place), paper.on), centred(Cut::Italic, 13.0).above(5.0))];
        self.flow.beside(PART, [&number, &dated]);
    }

    fn title(&mut self, office: &Office, is_official: bool) {
        let setting = Setting::new(Cut::Bold, 14.0, Side::Centre);
        match self.document.kind.as_ref().filter(|_| is_official) {
            Some(kind) => {
                self.flow.gap(18.0);
                self.flow.heading(kind, setting, 0.0);
                self.flow.paragraph(&self.document.subject, setting);
                self.flow.gap(4.0);
                self.flow.rule((LEFT, LEFT + WIDTH), 0.35);
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
            Part::Heading(text) => {
                let with = match next {
                    Some(Part::Table(grid)) => self.flow.least_of_table(grid, self.document.unit, self.words, TABLE),
                    _ => 0.0,
                };
                self.flow.heading(text, HEADING, with + WITH_HEADING);
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

    /// Who gets it on the left, who signs on the right.
    fn signature(&mut self, office: &Office) {
        let mut left =
            vec![(self.words.reporting.recipients.to_owned(), Setting::new(Cut::BoldItalic, 12.0, Side::Left))];
        left.extend(
            office.recipients.iter().map(|line| (format!("- {line}"), Setting::new(Cut::Plain, 11.0, Side::Left))),
        );
        let bold = Setting::new(Cut::Bold, 13.0, Side::Centre);
        let mut right = Vec::new();
        if !office.signed_for.is_empty() {
            right.push((office.signed_for.to_uppercase(), bold));
        }
        right.push((or_dots(&office.position).to_uppercase(), bold));
        // Room for a signature and a stamp.
        right.push((or_dots(&office.signer), bold.above(75.0)));
        self.flow.gap(18.0);
        self.flow.beside(0.5, [&left, &right]);
    }
}
