//! Published months: what the journal keeps of them, and what became of their
//! figures since.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    AgencyId, Boundaries, Case, Cutoff, Dating, Event, EventKind, Figures, Filter, JournalEntry, Month, Overflow,
    Period, Tally,
};

/// How the figures of a month are counted, and of which cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counting {
    /// The month.
    pub month: Month,
    /// The day on which it ends.
    #[serde(default)]
    pub cutoff: Cutoff,
    /// The day on which a figure counts.
    pub dated_by: Dating,
    /// The provinces under which its filter was read.
    pub boundaries: Boundaries,
    /// Which cases it takes in.
    #[serde(default)]
    pub filter: Filter,
}

impl Counting {
    /// The days of the month.
    #[must_use]
    pub fn period(&self) -> Period {
        self.month.period(self.cutoff)
    }

    /// The figures that a case adds to the month, whether the filter takes it
    /// in or not.
    pub fn figures(&self, case: &Case) -> Result<Figures, Overflow> {
        let period = self.period();
        let mut figures = Figures::default();
        let events = case.events();
        for event in events.iter().filter(|event| period.contains(event.counted_on(self.dated_by, case))) {
            figures.add_tally(event.kind, &Tally::of(event))?;
        }
        Ok(figures)
    }
}

impl Event {
    /// The day on which it counts.
    #[must_use]
    pub fn counted_on(&self, dating: Dating, case: &Case) -> chrono::NaiveDate {
        match dating {
            Dating::Happened => self.on,
            Dating::Detected => case.detected_on,
        }
    }
}

/// The end of a chain of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainHead {
    /// The chain, which is a province's row; 0 is the casebook's own.
    pub chain: i64,
    /// How many entries it had.
    pub length: i64,
    /// The hash of the last of them.
    pub head: String,
}

/// The figures of a month as they were published, as the journal keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationBody {
    /// What was counted, and how.
    pub counting: Counting,
    /// The heading: the place, and whatever else the cases were filtered by.
    pub place: String,
    /// The figures, by what happened; what is not there did not happen.
    pub figures: Vec<(EventKind, Tally)>,
    /// How many records they rest on.
    pub records: u64,
    /// A SHA-256 over the ids and revisions of these records, in hexadecimal.
    pub digest: String,
    /// The journal as it was then.
    pub chains: Vec<ChainHead>,
}

impl PublicationBody {
    /// The figures.
    pub fn total(&self) -> Result<Figures, Overflow> {
        let mut figures = Figures::default();
        for (kind, tally) in &self.figures {
            figures.add_tally(*kind, tally)?;
        }
        Ok(figures)
    }
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its place among the casebook's own entries of the journal.
    pub number: i64,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// By whom.
    pub who: String,
    /// Why, where one replaces another.
    pub reason: String,
    /// What was published.
    pub body: PublicationBody,
}

/// A case that moved published figures, or counts in another row of the
/// summary: of another province, force, group or category.
#[derive(Debug, Clone, PartialEq)]
pub struct Mover {
    /// The case, as it is now.
    pub case: Case,
    /// Its agency.
    pub agency: AgencyId,
    /// What it adds to the figures now, less what it added to those that were
    /// published.
    pub difference: Figures,
    /// What was done to it since, oldest first.
    pub changes: Vec<JournalEntry>,
}

/// Published figures beside those of today. Those published and all moves
/// together are those of today.
#[derive(Debug, Clone, PartialEq)]
pub struct Restatement {
    /// What was published.
    pub publication: Publication,
    /// The figures that were published.
    pub published: Figures,
    /// The same counted today.
    pub now: Figures,
    /// The cases that make the difference, by the day of detection and id.
    pub moves: Vec<Mover>,
}

impl Restatement {
    /// What the figures have changed by.
    pub fn difference(&self) -> Result<Figures, Overflow> {
        let mut difference = self.now.clone();
        difference.add(&self.published.negated())?;
        Ok(difference)
    }
}
