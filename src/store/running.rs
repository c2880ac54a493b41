//! Keeping the running totals true: every write adds the difference that it
//! makes, in its own transaction.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::error::Error;
use super::journal::{self, CASEBOOK};
use super::progress::{Progress, Work};
use super::rows::{Coder, day, status_number};
use super::sums::Sums;
use super::{Store, sql};
use crate::domain::{AgencyId, Case, Half, Members, Overflow, Period};

/// A dimension by which running totals are kept beside province and period:
/// half-months, but of the last one days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Dimension {
    Place = 0,
    Force = 1,
    Agency = 2,
    Violation = 3,
    Category = 4,
    Day = 5,
}

impl Dimension {
    pub(super) const ALL: [Self; 6] =
        [Self::Place, Self::Force, Self::Agency, Self::Violation, Self::Category, Self::Day];

    pub(super) fn member(self, members: &Members) -> i64 {
        match self {
            Self::Place | Self::Day => 0,
            Self::Force => members.force,
            Self::Agency => members.agency,
            Self::Violation => members.violation,
            Self::Category => members.category,
        }
    }

    pub(super) fn members(self, member: i64) -> Members {
        let mut members = Members::default();
        match self {
            Self::Place | Self::Day => {}
            Self::Force => members.force = member,
            Self::Agency => members.agency = member,
            Self::Violation => members.violation = member,
            Self::Category => members.category = member,
        }
        members
    }

    pub(super) fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| *dimension as i64 == number)
    }

    /// The first day of one of its periods, by its number.
    pub(super) fn first_day(self, period: i64) -> Result<NaiveDate, Error> {
        match self {
            Self::Day => day(period),
            _ => Ok(Half(period).first_day()),
        }
    }

    /// The days of one of its periods, by its number.
    pub(super) fn days(self, period: i64) -> Result<Period, Error> {
        match self {
            Self::Day => day(period).map(|day| Period::of_days(day, day)),
            _ => Ok(Half(period).period()),
        }
    }
}

impl Store {
    /// Changes the running totals by the difference that a write makes.
    pub(super) fn add_to_totals(
        &mut self,
        before: Option<(&Case, AgencyId)>,
        after: Option<(&Case, AgencyId)>,
    ) -> Result<(), Error> {
        let mut sums = Sums::default();
        if let Some((case, agency)) = before {
            sums.add(self.coder(), case, agency, true)?;
        }
        if let Some((case, agency)) = after {
            sums.add(self.coder(), case, agency, false)?;
        }
        self.write_sums(&sums)
    }

    /// Adds what writes have summed up to the running totals.
    pub(super) fn write_sums(&mut self, sums: &Sums) -> Result<(), Error> {
        let engine = self.engine.as_mut();
        sums.each_batch(|rows| engine.load(sql::ADD_TOTAL, rows))
    }

    /// Counts the running totals over again from the cases, and makes the
    /// search index anew; tells how many totals there are.
    pub fn rebuild(&mut self, told: &mut dyn FnMut(Progress)) -> Result<u64, Error> {
        self.write(|store| {
            // Whether there is an index does not change under an import.
            journal::hold(store.engine.as_mut(), CASEBOOK)?;
            store.engine.hold_derived()?;
            let beside = store.beside()?;
            store.fill_index(beside, told)?;
            told(Progress::begin(Work::Totals));
            store.engine.execute(sql::CLEAR_TOTALS, &[])?;
            store.engine.execute(sql::RECOUNT, &[])
        })
    }
}

impl Coder<'_> {
    /// The members of the dimensions to which a case belongs.
    pub(super) fn members(&self, case: &Case, agency: AgencyId) -> Result<Members, Error> {
        let violation = case.violation.as_deref().and_then(|code| self.reference.violation(code));
        let category = case.category().and_then(|code| self.reference.category(code));
        Ok(Members {
            agency: agency.0,
            force: self.force(case.force.as_deref().unwrap_or_default())?,
            violation: violation.map_or(0, |row| row.id.0),
            category: category.map_or(0, |row| row.id.0),
            status: status_number(case.status()),
        })
    }

    /// A sum in smallest units; unlike a single amount it has no limit but
    /// what is exact.
    pub(super) fn sum_minor(&self, value: Decimal) -> Result<i64, Overflow> {
        let scale = Decimal::from(10_i64.pow(self.currency.decimals()));
        whole(value.checked_mul(scale).ok_or(Overflow)?)
    }
}

/// A sum as the whole number that is stored.
pub(super) fn whole(value: Decimal) -> Result<i64, Overflow> {
    i64::try_from(value).map_err(|_| Overflow)
}
