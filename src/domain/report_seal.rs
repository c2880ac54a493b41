//! What a document carries, so that its figures can be checked against the
//! casebook that they came from.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    Boundaries, By, Case, ChainHead, Counting, Cutoff, Dating, EventKind, Figures, Filter, Key, Period, Tally, Totals,
    TotalsQuery, hexadecimal,
};

/// What a document carries to be checked by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportSeal {
    /// The casebook, by the hash of its first entry.
    pub casebook: String,
    /// When the figures were read.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// What was asked, with the filter.
    pub asked: Asked,
    /// How it was set.
    pub setting: ReportSetting,
    /// How many cases and decisions its figures count.
    pub counts: [Decimal; 2],
    /// How far the journal was written: each chain with its length.
    pub journal: Vec<(i64, i64)>,
    /// The SHA-256 of the ends of these chains, in hexadecimal.
    pub head: String,
    /// The SHA-256 of the figures, in hexadecimal.
    pub figures: String,
}

/// How a document was set, so that it can be set again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportSetting {
    /// The version of the program.
    pub program: String,
    /// The language: `vi` or `en`.
    pub lang: String,
    /// The unit of money, a power of a thousand; none is one that fits.
    pub unit: Option<u32>,
    /// The place that it names, as it was asked for; nothing for the whole
    /// country. It is told, and not held to the filter.
    pub place: String,
    /// The day up to which the figures of a month went that had not ended.
    pub unfinished: Option<NaiveDate>,
}

/// What the figures of a document are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Asked {
    /// The summary of a month, with so many of its largest cases.
    Month {
        /// The month, and how it is counted.
        counting: Box<Counting>,
        /// How many cases are named.
        largest: u64,
    },
    /// Totals.
    Totals(Box<AskedTotals>),
}

/// Totals as they were asked for and laid out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "they are switches")]
pub struct AskedTotals {
    /// The codes of the keys.
    pub by: Vec<String>,
    /// Which cases are taken in.
    pub filter: Filter,
    /// The first and the last day, where there are any.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// The day on which a figure counts.
    pub dated_by: Dating,
    /// The day on which months end.
    pub cutoff: Cutoff,
    /// The provinces under which cases are counted.
    pub boundaries: Boundaries,
    /// Whether empty periods are left out.
    pub no_empty: bool,
    /// The keys of the measures that are shown.
    pub measures: Vec<String>,
    /// The key of the measure by which rows are sorted.
    pub sort: Option<String>,
    /// Whether the smallest come first.
    pub ascending: bool,
    /// How many are shown; the rest is one row.
    pub top: Option<usize>,
    /// Whether there is an average of the periods.
    pub average: bool,
    /// Whether each row's share is shown.
    pub percent: bool,
    /// Whether rows and columns change places.
    pub transpose: bool,
}

impl AskedTotals {
    /// What was asked of totals, laid out as they are by themselves.
    #[must_use]
    pub fn new(query: &TotalsQuery) -> Self {
        Self {
            by: query.by.iter().map(|by| by.code().to_owned()).collect(),
            filter: query.filter.clone(),
            period: query.period.map(|period| (period.from, period.last())),
            dated_by: query.dating,
            cutoff: query.cutoff,
            boundaries: query.boundaries,
            no_empty: query.no_empty,
            measures: Vec::new(),
            sort: None,
            ascending: false,
            top: None,
            average: false,
            percent: false,
            transpose: false,
        }
    }

    /// The same as a query; `None` where a key is not known.
    #[must_use]
    pub fn query(&self) -> Option<TotalsQuery> {
        let known = |code: &String| By::ALL.iter().copied().find(|by| by.code() == code);
        Some(TotalsQuery {
            by: self.by.iter().map(known).collect::<Option<_>>()?,
            filter: self.filter.clone(),
            period: self.period.map(|(first, last)| Period::of_days(first, last)),
            dating: self.dated_by,
            cutoff: self.cutoff,
            boundaries: self.boundaries,
            no_empty: self.no_empty,
        })
    }
}

impl ReportSeal {
    /// The name under which a file keeps it.
    pub const NAME: &'static str = "casebook-seal";

    /// It as a text.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same in parts of at most so many bytes, each with a name, for files
    /// that keep short texts.
    #[must_use]
    pub fn in_parts(&self, most: usize) -> Vec<(String, String)> {
        let mut parts: Vec<String> = Vec::new();
        for c in self.json().chars() {
            match parts.last_mut() {
                Some(part) if part.len() + c.len_utf8() <= most => part.push(c),
                _ => parts.push(c.to_string()),
            }
        }
        (1..).map(|number: usize| format!("{}-{number}", Self::NAME)).zip(parts).collect()
    }

    /// Reads it from its text.
    pub fn read(json: &str) -> Result<Self, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }
}

/// Hashes texts, each with its length before it, which keeps their borders
/// apart.
#[derive(Default)]
struct Texts(Sha256);

impl Texts {
    fn put(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text.as_bytes());
    }

    fn finish(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

/// The digest of the ends of the journal's chains.
#[must_use]
pub fn heads_digest(heads: &[ChainHead]) -> String {
    let mut texts = Texts::default();
    for ChainHead { chain, length, head } in heads.iter().filter(|head| head.length > 0) {
        texts.put(&chain.to_string());
        texts.put(&length.to_string());
        texts.put(head);
    }
    texts.finish()
}

/// The digest of figures, and of which cases are named beside them.
#[must_use]
pub fn figures_digest(totals: &[Totals], cases: &[Case]) -> String {
    let mut texts = Texts::default();
    for totals in totals {
        texts.put("totals");
        for row in &totals.rows {
            row.keys.iter().for_each(|key| texts.put(&key_text(*key)));
            put_figures(&mut texts, &row.figures);
        }
        put_figures(&mut texts, &totals.total);
    }
    for case in cases {
        texts.put(&case.id.to_string());
        texts.put(&case.revision.to_string());
    }
    texts.finish()
}

fn put_figures(texts: &mut Texts, figures: &Figures) {
    for kind in EventKind::ALL {
        let Tally { count, amount } = figures.tally(kind);
        for sum in [count, amount] {
            texts.put(&sum.value.normalize().to_string());
            for number in [sum.at_least, sum.at_most, sum.about, sum.unknown] {
                texts.put(&number.to_string());
            }
        }
    }
}

/// A key by what it is and its number in the casebook.
fn key_text(key: Key) -> String {
    let (kind, number) = match key {
        Key::Region(id) => ("region", id.0.to_string()),
        Key::Province(id) => ("province", id.0.to_string()),
        Key::Agency(id) => ("agency", id.0.to_string()),
        Key::Force(id) => ("force", id.0.to_string()),
        Key::Time(first) => ("time", first.to_string()),
        Key::Violation(id) => ("violation", id.map_or(0, |id| id.0).to_string()),
        Key::Group(group) => ("group", group.map_or("", super::Group::code).to_owned()),
        Key::Category(id) => ("category", id.map_or(0, |id| id.0).to_string()),
        Key::Status(status) => ("status", status.code().to_owned()),
        Key::Rest(n) => ("rest", n.to_string()),
    };
    format!("{kind} {number}")
}
