//! Charges for fines paid late in totals: worked out from the cases, and only
//! where they are asked for.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::cases::Loaded;
use super::engine::Row;
use super::error::Error;
use super::list::dating_number;
use super::rows::{Coder, day_number, status_number};
use super::{Store, sql};
use crate::domain::{
    Case, Currency, Dating, EventKind, LateCase, Members, Period, ProvinceId, Slice, Status, Tally, TimeLimits, Totals,
    TotalsQuery,
};

/// Charges added up by what they have in common, and the days for which they
/// are charged.
#[derive(Default)]
struct Charges {
    tallies: HashMap<(ProvinceId, Members, NaiveDate), Tally>,
    days: Option<Period>,
}

/// That late charges are asked for: for each day before `today`.
#[derive(Debug, Clone, Copy)]
pub struct Late<'a> {
    /// When payments are due, and what is charged.
    pub limits: &'a TimeLimits,
    /// The day from which on nothing is charged yet.
    pub today: NaiveDate,
}

/// The cases that were not what they are.
#[derive(Default)]
pub(super) struct Past {
    /// Those that have changed.
    pub(super) moved: HashSet<Uuid>,
    /// Those that were known, as they were.
    pub(super) known: Vec<Loaded>,
}

impl Store {
    /// Totals, with what is charged for fines paid late where that is asked
    /// for. It is in no running total: every case that may have been late is
    /// gone through, some at a time.
    pub fn totals_with(&mut self, query: &TotalsQuery, late: Option<Late<'_>>) -> Result<Totals, Error> {
        self.read(|store| {
            let totals = store.totals_here(query)?;
            match late {
                Some(late) => store.add_charges(totals, late, &Past::default()),
                None => Ok(totals),
            }
        })
    }

    /// Adds what is charged for fines paid late.
    pub(super) fn add_charges(&mut self, mut totals: Totals, late: Late<'_>, past: &Past) -> Result<Totals, Error> {
        let charges = self.charges(&totals.query, late, past)?;
        totals.span = joined(totals.span, charges.days);
        let slice =
            |((province, members, on), tally)| Slice { province, members, on, kind: EventKind::LateCharge, tally };
        let slices: Vec<Slice> = charges.tallies.into_iter().map(slice).collect();
        let names = self.names_for(&totals.query)?;
        Ok(totals.add(&slices, names, &self.reference)?)
    }

    fn charges(&mut self, query: &TotalsQuery, late: Late<'_>, past: &Past) -> Result<Charges, Error> {
        let asked = query.period.unwrap_or(Period { from: NaiveDate::MIN, until: NaiveDate::MAX });
        let mut values = self.filter_values(&query.filter)?;
        values.extend([
            dating_number(query.dating).into(),
            day_number(asked.from).into(),
            day_number(asked.until).into(),
        ]);
        let mut charges = Charges::default();
        self.each_of(sql::MAY_BE_LATE, values, |store, row| {
            if past.moved.contains(&row.id(2)?) {
                return Ok(());
            }
            let case = store.late_case(row)?;
            let of = LateCase { case: &case, province: ProvinceId(row.int(1)?), members: members(query, row)? };
            charges.add(query, late, of, &store.currency)
        })?;
        for Loaded { case, agency, .. } in &past.known {
            let coder = self.coder();
            let province = ProvinceId(coder.province(&case.province)?);
            let members = coder.members(case, *agency)?.asked_by(query);
            charges.add(query, late, LateCase { case, province, members }, &self.currency)?;
        }
        Ok(charges)
    }

    /// The case of a row, with its payments.
    fn late_case(&mut self, row: &Row) -> Result<Case, Error> {
        let agency = self.agency_name(row.int(7)?)?;
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        let mut case = coder.read_case(row, agency)?;
        if row.int(37)? != status_number(Status::Decided) {
            let of_case = [row.int(0)?.into(), row.int(1)?.into()];
            case.payments = self.engine.rows(sql::PAYMENTS, &of_case, |row| coder.read_payment(row))?;
        }
        Ok(case)
    }
}

impl Charges {
    fn add(&mut self, query: &TotalsQuery, late: Late<'_>, of: LateCase<'_>, currency: &Currency) -> Result<(), Error> {
        let charge = of.case.late_charge(late.limits, currency, late.today);
        let slices = of.slices(query, &charge)?;
        if slices.is_empty() {
            return Ok(());
        }
        let days = match query.dating {
            Dating::Happened => charge.days(),
            Dating::Detected => Some(Period::of_days(of.case.detected_on, of.case.detected_on)),
        };
        let asked = |days: Period| query.period.map_or(days, |asked| within(days, asked));
        self.days = joined(self.days, days.map(asked));
        for Slice { province, members, on, tally, .. } in slices {
            self.tallies.entry((province, members, on)).or_default().add(&tally)?;
        }
        Ok(())
    }
}

/// What the query puts cases by, of a row.
fn members(query: &TotalsQuery, row: &Row) -> Result<Members, Error> {
    let member = |column| Ok::<i64, Error>(row.opt_int(column)?.unwrap_or_default());
    let members = Members {
        agency: member(7)?,
        force: member(8)?,
        violation: member(12)?,
        category: member(13)?,
        status: member(37)?,
    };
    Ok(members.asked_by(query))
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
