//! What documents carry to be checked by, and what their figures were when it
//! was made.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::Store;
use super::error::Error;
use super::list::ListQuery;
use super::past::Mark;
use super::verify::Finding;
use crate::domain::{
    Asked, Case, ChainHead, Measure, ReportSeal, ReportSetting, Stamp, Totals, TotalsQuery, figures_digest,
    heads_digest,
};

/// What the summary of a seal was.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryOfSeal {
    /// The totals, in the order of the queries.
    pub totals: Vec<Totals>,
    /// The cases of the list.
    pub cases: Vec<Case>,
    /// Whether the same figures would be given now.
    pub still_holds: bool,
}

/// Several totals and a list, with what a document says of where they came
/// from.
#[derive(Debug, Clone, PartialEq)]
pub struct SealedSummary {
    /// The totals, in the order of the queries.
    pub totals: Vec<Totals>,
    /// The cases of the list.
    pub cases: Vec<Case>,
    /// What is to be carried.
    pub seal: ReportSeal,
}

/// How many cases and decisions the first of some totals counts.
fn counts(totals: &[Totals]) -> [Decimal; 2] {
    let counted = totals.first().map(|totals| &totals.total);
    [Measure::Cases, Measure::Decisions].map(|measure| counted.map(|total| total.value(measure)).unwrap_or_default())
}

impl Store {
    /// What [`Store::summary`] gives, or gave before a moment, and its seal,
    /// all of one state of the casebook.
    pub fn sealed_summary(
        &mut self,
        (queries, list): (&[TotalsQuery], Option<&ListQuery>),
        known_before: Option<DateTime<Utc>>,
        (asked, setting): (Asked, ReportSetting),
        stamp: &Stamp,
    ) -> Result<SealedSummary, Error> {
        self.read(|store| {
            let (heads, (totals, cases)) = match known_before {
                None => (store.heads()?, store.summary_here(queries, list)?),
                Some(before) => {
                    let mark = store.mark_before(before)?;
                    (store.heads_at(&mark)?, store.known(queries, list, &mark)?)
                }
            };
            let seal = ReportSeal {
                casebook: store.identity()?,
                made_at: stamp.at,
                by: stamp.who.clone(),
                asked,
                setting,
                counts: counts(&totals),
                journal: heads.iter().map(|head| (head.chain, head.length)).collect(),
                head: heads_digest(&heads),
                figures: figures_digest(&totals, &cases),
            };
            Ok(SealedSummary { totals, cases, seal })
        })
    }

    /// What the summary of a seal is by the journal as far as it was written
    /// then; what is found wrong where that is not what was sealed.
    pub fn summary_of_seal(
        &mut self,
        seal: &ReportSeal,
        queries: &[TotalsQuery],
        list: Option<&ListQuery>,
    ) -> Result<Result<SummaryOfSeal, Finding>, Error> {
        self.read(|store| {
            if store.identity()? != seal.casebook {
                return Ok(Err(Finding::OtherCasebook(seal.made_at)));
            }
            let mark = Mark::of_lengths(&seal.journal);
            let heads = store.heads_at(&mark)?;
            let known: Vec<(i64, i64)> = heads.iter().map(|head| (head.chain, head.length)).collect();
            // Chains that are not there are no part of this journal.
            let sealed: Vec<(i64, i64)> = seal.journal.iter().copied().filter(|(_, length)| *length > 0).collect();
            if heads_digest(&heads) != seal.head || known != sealed {
                return Ok(Err(Finding::OtherJournal(seal.made_at)));
            }
            let (totals, cases) = store.known(queries, list, &mark)?;
            if figures_digest(&totals, &cases) != seal.figures || counts(&totals) != seal.counts {
                return Ok(Err(Finding::OtherFigures(seal.made_at)));
            }
            let (now, listed) = store.summary_here(queries, list)?;
            let still_holds = figures_digest(&now, &listed) == seal.figures;
            Ok(Ok(SummaryOfSeal { totals, cases, still_holds }))
        })
    }

    /// How many entries the journal has that a seal does not know of.
    pub fn entries_since(&mut self, seal: &ReportSeal) -> Result<i64, Error> {
        let now: i64 = self.heads()?.iter().map(|head| head.length).sum();
        let then = seal.journal.iter().fold(0_i64, |sum, (_, length)| sum.saturating_add(*length));
        Ok(now.saturating_sub(then))
    }

    /// The ends of the chains as far as a mark knows them.
    fn heads_at(&mut self, mark: &Mark) -> Result<Vec<ChainHead>, Error> {
        let mut heads = Vec::new();
        for ChainHead { chain, .. } in self.heads()? {
            let length = mark.length(chain);
            if let Some(head) = self.hash_at(chain, length)? {
                heads.push(ChainHead { chain, length, head });
            }
        }
        Ok(heads)
    }
}
