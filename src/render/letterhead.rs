//! The head and the foot of an official document (Nghị định 30/2020/NĐ-CP, Phụ
//! lục I): what stands side by side there. Each format sets it in its own way.

use chrono::NaiveDate;

use super::document::Office;
use crate::lang::Words;

/// Two columns beside each other.
pub(super) struct Beside {
    /// How many hundredths of the width the left one takes.
    pub(super) left: u8,
    /// The left one and the right one.
    pub(super) columns: [Column; 2],
}

/// Lines under each other.
#[derive(Default)]
pub(super) struct Column {
    /// The lines.
    pub(super) lines: Vec<Line>,
    /// Whether they stand in its middle, and not at its left.
    pub(super) is_centred: bool,
    /// How many hundredths of its width the rule under them takes; 0 is none.
    pub(super) rule: u8,
}

/// A line.
pub(super) struct Line {
    pub(super) text: String,
    /// The size of its letters, in points.
    pub(super) points: u8,
    pub(super) is_bold: bool,
    pub(super) is_italic: bool,
    /// What is left free above it, in points.
    pub(super) above: u8,
}

impl Line {
    fn new(text: impl Into<String>, points: u8) -> Self {
        Self { text: text.into(), points, is_bold: false, is_italic: false, above: 0 }
    }

    fn bold(self) -> Self {
        Self { is_bold: true, ..self }
    }

    fn italic(self) -> Self {
        Self { is_italic: true, ..self }
    }

    fn above(self, above: u8) -> Self {
        Self { above, ..self }
    }
}

impl Column {
    fn centred(lines: Vec<Line>) -> Self {
        Self { lines, is_centred: true, rule: 0 }
    }

    fn ruled(self, rule: u8) -> Self {
        Self { rule, ..self }
    }
}

/// What is told, or dots for a pen.
fn or_dots(text: &str) -> &str {
    if text.is_empty() { "……………………" } else { text }
}

/// The rule under a title, in hundredths of the width: between a third and a
/// half.
pub(super) const TITLE_RULE: u8 = 35;

/// At the head: the office beside the state, then the number of the document
/// beside the place and the day.
pub(super) fn head(office: &Office, on: NaiveDate, words: &Words) -> [Beside; 2] {
    /// Of the columns: between a third and a half, and about as long as the
    /// motto.
    const RULES: [u8; 2] = [35, 57];
    let said = &words.reporting;
    let parent = Some(&office.parent).filter(|parent| !parent.is_empty());
    let mut names: Vec<Line> = parent.map(|parent| Line::new(parent.to_uppercase(), 12)).into_iter().collect();
    names.push(Line::new(or_dots(&office.agency).to_uppercase(), 12).bold());
    let state = vec![Line::new(said.motto[0], 12).bold(), Line::new(said.motto[1], 13).bold()];
    let number = Line::new((said.number)(or_dots(&office.number)), 13).above(5);
    let dated = Line::new((said.dated)(or_dots(&office.place), on), 13).italic().above(5);
    let columns = [Column::centred(names).ruled(RULES[0]), Column::centred(state).ruled(RULES[1])];
    [
        Beside { left: LEFT, columns },
        Beside { left: LEFT, columns: [Column::centred(vec![number]), Column::centred(vec![dated])] },
    ]
}

/// How much of the head's width is the office's.
const LEFT: u8 = 42;

/// At the foot: who gets it beside who signs, with room for a signature and a
/// stamp.
pub(super) fn foot(office: &Office, words: &Words) -> Beside {
    let mut recipients = vec![Line::new(words.reporting.recipients, 12).bold().italic()];
    // Each ends with a semicolon, the last with a full stop.
    let last = office.recipients.len().saturating_sub(1);
    recipients.extend(office.recipients.iter().enumerate().map(|(nth, line)| {
        let end = if nth == last { '.' } else { ';' };
        Line::new(format!("- {}{end}", line.trim_end_matches(['.', ';', ' '])), 11)
    }));
    let signed_for = Some(&office.signed_for).filter(|text| !text.is_empty());
    let mut signs: Vec<Line> = signed_for.map(|text| Line::new(text.to_uppercase(), 13).bold()).into_iter().collect();
    signs.push(Line::new(or_dots(&office.position).to_uppercase(), 13).bold());
    signs.push(Line::new(or_dots(&office.signer), 13).bold().above(75));
    Beside { left: 50, columns: [Column { lines: recipients, ..Column::default() }, Column::centred(signs)] }
}
