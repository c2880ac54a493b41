//! Keeping the running totals true: every write adds the difference that it
//! makes, in its own transaction.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::engine::Value;
use super::error::Error;
use super::list::dating_number;
use super::rows::{Coder, status_number};
use super::{Store, sql};
use crate::domain::{AgencyId, Case, Dating, EventKind, Half, Members, Overflow, Tally};

/// A dimension by which running totals are kept beside province and half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dimension {
    Place = 0,
    Force = 1,
    Agency = 2,
    Violation = 3,
    Category = 4,
}

impl Dimension {
    const ALL: [Self; 5] = [Self::Place, Self::Force, Self::Agency, Self::Violation, Self::Category];

    fn member(self, members: &Members) -> i64 {
        match self {
            Self::Place => 0,
            Self::Force => members.force,
            Self::Agency => members.agency,
            Self::Violation => members.violation,
            Self::Category => members.category,
        }
    }

    pub(super) fn members(self, member: i64) -> Members {
        let mut members = Members::default();
        match self {
            Self::Place => {}
            Self::Force => members.force = member,
            Self::Agency => members.agency = member,
            Self::Violation => members.violation = member,
            Self::Category => members.category = member,
        }
        members
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
        self.write_sums(sums)
    }

    /// Adds what writes have summed up to the running totals.
    pub(super) fn write_sums(&mut self, sums: Sums) -> Result<(), Error> {
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        for (key, tally) in sums.0 {
            if !tally.is_zero() {
                let values = key.values(&tally, coder)?;
                self.engine.execute(sql::ADD_TOTAL, &values)?;
            }
        }
        Ok(())
    }

    /// Counts the running totals over again from the cases, and makes the
    /// search index anew; tells how many totals there are.
    pub fn rebuild(&mut self) -> Result<u64, Error> {
        self.write(|store| {
            store.engine.hold_derived()?;
            store.fill_index()?;
            store.engine.execute(sql::CLEAR_TOTALS, &[])?;
            store.engine.execute(sql::RECOUNT, &[])
        })
    }
}

/// The key of a row of `total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct TotalKey {
    dimension: Dimension,
    dating: i64,
    half: Half,
    province: i64,
    member: i64,
    kind: EventKind,
}

impl TotalKey {
    fn values(&self, tally: &Tally, coder: Coder<'_>) -> Result<Vec<Value>, Error> {
        let Tally { count, amount } = tally;
        let numbers = [
            self.dimension as i64,
            self.dating,
            self.half.0,
            self.province,
            self.member,
            self.kind.number(),
            i64::try_from(count.value).map_err(|_| Overflow)?,
            count.at_least,
            count.at_most,
            count.about,
            if self.kind.is_money() { coder.sum_minor(amount.value)? } else { whole(amount.value)? },
            amount.at_least,
            amount.at_most,
            amount.about,
            amount.unknown,
        ];
        Ok(numbers.into_iter().map(Value::Int).collect())
    }
}

fn whole(value: Decimal) -> Result<i64, Overflow> {
    i64::try_from(value).map_err(|_| Overflow)
}

/// What some writes add to the running totals.
#[derive(Default)]
pub(super) struct Sums(BTreeMap<TotalKey, Tally>);

impl Sums {
    /// Adds the events of a case, or takes them away.
    pub(super) fn add(&mut self, coder: Coder<'_>, case: &Case, agency: AgencyId, away: bool) -> Result<(), Error> {
        let members = coder.members(case, agency)?;
        let province = coder.province(&case.province)?;
        for event in case.events() {
            let tally = Tally::of(&event);
            let tally = if away { tally.negated() } else { tally };
            for dimension in Dimension::ALL {
                for dating in Dating::ALL {
                    let counted_on = event.counted_on(*dating, case);
                    let key = TotalKey {
                        dimension,
                        dating: dating_number(*dating),
                        half: Half::of(counted_on),
                        province,
                        member: dimension.member(&members),
                        kind: event.kind,
                    };
                    self.0.entry(key).or_default().add(&tally)?;
                }
            }
        }
        Ok(())
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
    fn sum_minor(&self, value: Decimal) -> Result<i64, Overflow> {
        let scale = Decimal::from(10_i64.pow(self.currency.decimals()));
        whole(value.checked_mul(scale).ok_or(Overflow)?)
    }
}
