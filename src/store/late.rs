//! Charges for fines paid late in totals: worked out from the cases, and only
//! where they are asked for.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::engine::Row;
use super::error::Error;
use super::list::dating_number;
use super::rows::{Coder, day_number, status_number};
use super::{Store, sql};
use crate::domain::{
    By, Case, Dating, EventKind, LateCase, Members, Period, ProvinceId, Slice, Status, Tally, TimeLimits, Totals,
    TotalsQuery,
};

/// Charges added up by what they have in common, and the days for which they
/// are charged.
#[derive(Default)]
struct Charges {
    tallies: HashMap<(ProvinceId, Members, NaiveDate), Tally>,
    days: Option<Period>,
}

impl Store {
    /// Totals with what is charged for fines paid late, for each day before
    /// `today`. What is charged is in no running total: every case that may
    /// have been late is gone through, some at a time.
    pub fn totals_with_late_charges(
        &mut self,
        query: &TotalsQuery,
        limits: &TimeLimits,
        today: NaiveDate,
    ) -> Result<Totals, Error> {
        self.read(|store| {
            let mut totals = store.totals_here(query)?;
            let charges = store.charges(query, limits, today)?;
            totals.span = joined(totals.span, charges.days);
            let slice =
                |((province, members, on), tally)| Slice { province, members, on, kind: EventKind::LateCharge, tally };
            let slices: Vec<Slice> = charges.tallies.into_iter().map(slice).collect();
            totals.add(&slices, &store.reference)?;
            Ok(totals)
        })
    }

    fn charges(&mut self, query: &TotalsQuery, limits: &TimeLimits, today: NaiveDate) -> Result<Charges, Error> {
        let asked = query.period.unwrap_or(Period { from: NaiveDate::MIN, until: NaiveDate::MAX });
        let mut values = self.filter_values(&query.filter)?;
        values.extend([
            dating_number(query.dating).into(),
            day_number(asked.from).into(),
            day_number(asked.until).into(),
        ]);
        let mut charges = Charges::default();
        self.each_of(sql::MAY_BE_LATE, values, |store, row| {
            let case = store.late_case(row)?;
            let charge = case.late_charge(limits, &store.currency, today);
            let late = LateCase { case: &case, province: ProvinceId(row.int(1)?), members: members(query, row)? };
            let slices = late.slices(query, &charge)?;
            if slices.is_empty() {
                return Ok(());
            }
            let days = match query.dating {
                Dating::Happened => charge.days(),
                Dating::Detected => Some(Period::of_days(case.detected_on, case.detected_on)),
            };
            charges.days = joined(charges.days, days.map(|days| within(days, asked)));
            for Slice { province, members, on, tally, .. } in slices {
                charges.tallies.entry((province, members, on)).or_default().add(&tally)?;
            }
            Ok(())
        })?;
        Ok(charges)
    }

    /// The case of a row, with its payments.
    fn late_case(&mut self, row: &Row) -> Result<Case, Error> {
        let agency = self.agency_name(row.int(7)?)?;
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        let mut case = coder.read_case(row, agency)?;
        if row.int(37)? != status_number(Status::Decided) {
            let of_case = [row.int(0)?.into(), row.int(1)?.into()];
            case.payments = self.engine.rows(sql::PAYMENTS, &of_case, |row| coder.read_payment(&row))?;
        }
        Ok(case)
    }
}

/// What the query puts cases by, of a row.
fn members(query: &TotalsQuery, row: &Row) -> Result<Members, Error> {
    let asked = |by: &[By], column| {
        let is_asked = query.by.iter().any(|one| by.contains(one));
        if is_asked { Ok(row.opt_int(column)?.unwrap_or_default()) } else { Ok::<i64, Error>(0) }
    };
    Ok(Members {
        agency: asked(&[By::Agency], 7)?,
        force: asked(&[By::Force], 8)?,
        violation: asked(&[By::Violation, By::Group], 12)?,
        category: asked(&[By::Category], 13)?,
        status: asked(&[By::Status], 37)?,
    })
}

fn within(days: Period, asked: Period) -> Period {
    Period { from: days.from.max(asked.from), until: days.until.min(asked.until) }
}

/// The shortest period that holds both.
fn joined(one: Option<Period>, two: Option<Period>) -> Option<Period> {
    match (one, two) {
        (Some(one), Some(two)) => Some(Period { from: one.from.min(two.from), until: one.until.max(two.until) }),
        (one, two) => one.or(two),
    }
}
