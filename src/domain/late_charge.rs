//! The charge on a fine that is paid late (law on handling administrative
//! violations, article 78(1); circular 18/2023/TT-BTC, article 5): for each
//! day, days of rest included, from the day after the last one for paying to
//! the day before the payment, a part of what is unpaid.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{
    Amount, Bound, Case, Currency, Dating, DeadlineKind, EventKind, Members, Month, Overflow, Period, ProvinceId,
    Slice, Sum, Tally, TimeLimits, TimeUnit, TotalsQuery,
};

/// Days for each of which the same is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    days: Period,
    unpaid: Amount,
    rate: Decimal,
}

/// What a case is charged for paying late, day by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LateCharge {
    /// Nothing: no fine, or none that is late.
    None,
    /// It is late, and nobody knows the fine.
    Unknown(Period),
    /// It is late.
    Known(LateDays),
}

/// The days for which a known fine is late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateDays {
    /// In the order of their days, none of them empty.
    spans: Vec<Span>,
    decimals: u32,
}

impl Case {
    /// What it is charged for the days before `until`: the charge of a day is
    /// due when the day has passed without a payment. It stops when the fine
    /// is paid, by its figures, and when the case is transferred or its file
    /// closed. A case that is void is charged nothing.
    #[must_use]
    pub fn late_charge(&self, limits: &TimeLimits, currency: &Currency, until: NaiveDate) -> LateCharge {
        let Some(days) = self.late_days(limits, until).filter(|days| !days.is_empty()) else {
            return LateCharge::None;
        };
        if self.unpaid_on(days.from).is_none() {
            return LateCharge::Unknown(days);
        }
        let spans = limits.spans(self, days);
        if spans.is_empty() {
            LateCharge::None
        } else {
            LateCharge::Known(LateDays { spans, decimals: currency.decimals() })
        }
    }

    /// The days after the last one for paying, paid or not.
    fn late_days(&self, limits: &TimeLimits, until: NaiveDate) -> Option<Period> {
        if self.void.is_some() {
            return None;
        }
        let due = self.deadline(DeadlineKind::Payment, limits)?.due.on;
        Some(Period {
            from: due.succ_opt()?,
            until: self.left_on(DeadlineKind::Payment).map_or(until, |left| left.min(until)),
        })
    }
}

impl TimeLimits {
    /// Days, cut where a payment or another rate changes what is charged,
    /// without those for which nothing is.
    fn spans(&self, case: &Case, days: Period) -> Vec<Span> {
        let rates = self.rates().iter().flat_map(|rate| {
            let after = rate.valid_to.and_then(|last| last.succ_opt());
            [Some(rate.valid_from), after].into_iter().flatten()
        });
        let paid = case.payments.iter().map(|payment| payment.paid_on);
        let mut cuts: Vec<NaiveDate> = rates.chain(paid).filter(|day| days.contains(*day)).collect();
        cuts.extend([days.from, days.until]);
        cuts.sort_unstable();
        cuts.dedup();
        let span = |ends: &[NaiveDate]| {
            let (days, unpaid) = (Period { from: ends[0], until: ends[1] }, case.unpaid_on(ends[0])?);
            let rate = self.rate_on(days.from)?;
            (!unpaid.value.is_zero() && !rate.is_zero()).then_some(Span { days, unpaid, rate })
        };
        cuts.windows(2).filter_map(span).collect()
    }
}

impl LateDays {
    /// The first and the last day charged.
    fn days(&self) -> Period {
        let from = self.spans.first().map_or(NaiveDate::MAX, |span| span.days.from);
        Period { from, until: self.spans.last().map_or(from, |span| span.days.until) }
    }

    /// What is charged for all days before one, not rounded.
    fn before(&self, day: NaiveDate) -> Result<Decimal, Overflow> {
        self.spans.iter().try_fold(Decimal::ZERO, |sum, span| {
            let days = (span.days.until.min(day) - span.days.from).num_days().max(0);
            let charge = span.unpaid.value.checked_mul(span.rate).and_then(|charge| charge.checked_mul(days.into()));
            charge.and_then(|charge| sum.checked_add(charge)).ok_or(Overflow)
        })
    }

    fn rounded_before(&self, day: NaiveDate) -> Result<Decimal, Overflow> {
        Ok(self.before(day)?.round_dp_with_strategy(self.decimals, RoundingStrategy::MidpointAwayFromZero))
    }

    /// What is charged for the days of a period: the rounded charge up to its
    /// end less that up to its start, so that parts always add up. `None` if
    /// it charges none of its days.
    fn over(&self, period: Period) -> Result<Option<Amount>, Overflow> {
        let within = self.spans.iter().filter(|span| span.days.from < period.until && period.from < span.days.until);
        let bound = within.clone().fold(Bound::Exact, |bound, span| bound.and(span.unpaid.bound));
        if within.count() == 0 {
            return Ok(None);
        }
        let value = self.rounded_before(period.until)? - self.rounded_before(period.from)?;
        Ok(Some(Amount { value, bound }))
    }
}

/// All days there are.
const ALWAYS: Period = Period { from: NaiveDate::MIN, until: NaiveDate::MAX };

impl LateCharge {
    /// The charge for all its days; `None` is unknown.
    pub fn total(&self) -> Result<Option<Amount>, Overflow> {
        match self {
            Self::None => Ok(Some(Amount::default())),
            Self::Unknown(_) => Ok(None),
            Self::Known(days) => days.over(ALWAYS),
        }
    }

    /// The days that it charges.
    #[must_use]
    pub fn days(&self) -> Option<Period> {
        match self {
            Self::None => None,
            Self::Unknown(days) => Some(*days),
            Self::Known(days) => Some(days.days()),
        }
    }

    /// The sum of it over a period, if it charges any day there.
    fn over(&self, period: Period, cases: i64) -> Result<Option<Sum>, Overflow> {
        match self {
            Self::Known(days) => Ok(days.over(period)?.map(|amount| Sum::of(Some(amount), cases))),
            _ => Ok(None),
        }
    }
}

/// A case of which late charges are counted.
#[derive(Debug, Clone, Copy)]
pub struct LateCase<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its province as recorded.
    pub province: ProvinceId,
    /// What else it has in common with others.
    pub members: Members,
}

impl LateCase<'_> {
    /// The slices by which its late charge counts in totals: each day's charge
    /// in the period of that day, or all of it on the day of detection. Where
    /// the fine is unknown the case counts as unknown once, on the first day
    /// of the period that is charged.
    pub fn slices(&self, query: &TotalsQuery, charge: &LateCharge) -> Result<Vec<Slice>, Overflow> {
        let asked = query.period.unwrap_or(ALWAYS);
        let cases = i64::from(self.case.case_count.n);
        let slice = |on: NaiveDate, amount: Sum| Slice {
            province: self.province,
            members: self.members,
            on,
            kind: EventKind::LateCharge,
            tally: Tally { count: Sum::default(), amount },
        };
        let Some(days) = charge.days() else { return Ok(Vec::new()) };
        if query.dating == Dating::Detected {
            let on = self.case.detected_on;
            let sum = charge.over(ALWAYS, cases)?.unwrap_or(Sum::of(None, cases));
            return Ok(if asked.contains(on) { vec![slice(on, sum)] } else { Vec::new() });
        }
        let days = Period { from: days.from.max(asked.from), until: days.until.min(asked.until) };
        if days.is_empty() {
            return Ok(Vec::new());
        }
        if matches!(charge, LateCharge::Unknown(_)) {
            return Ok(vec![slice(days.from, Sum::of(None, cases))]);
        }
        let parts = parts(days, query).into_iter();
        let slices =
            parts.filter_map(|part| Some(charge.over(part, cases).transpose()?.map(|sum| slice(part.from, sum))));
        slices.collect()
    }
}

/// Days, cut where a period of the query ends.
fn parts(days: Period, query: &TotalsQuery) -> Vec<Period> {
    let Some(unit) = query.time_unit() else { return vec![days] };
    let next = |from: NaiveDate| {
        let start = TimeUnit::start(unit, Month::of(from, query.cutoff));
        start.plus(unit.months()).period(query.cutoff).from
    };
    let mut parts = Vec::new();
    let mut from = days.from;
    while from < days.until {
        let until = next(from).min(days.until);
        parts.push(Period { from, until });
        from = until;
    }
    parts
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Boundaries, By, Cutoff, Filter, TimeLimitTexts};

    fn on(day: &str) -> NaiveDate {
        day.parse().unwrap()
    }

    fn limits() -> TimeLimits {
        TimeLimits::parse(&TimeLimitTexts::default()).unwrap()
    }

    /// A case decided on Tuesday 3 March 2026, so to be paid until Friday 13.
    fn case(fine: &str, payments: &[(&str, u32, &str)], more: &str) -> Case {
        let payment = |(day, amount, bound): &(&str, u32, &str)| {
            format!(r#"{{"paid_on": "{day}", "amount": {{"value": {amount}, "bound": "{bound}"}}}}"#)
        };
        let payments: Vec<String> = payments.iter().map(payment).collect();
        let text = format!(
            r#"{{"id": "01950000-0000-7000-8000-000000000000", "revision": 1, "agency": "a", "goods": [{{"name": "a"}}],
                "province": {{"code": "82", "since": "2025-07-01"}}, "detected_on": "2026-02-28",
                "decision": {{"decided_on": "2026-03-03"{fine}}}, "payments": [{}]{more}}}"#,
            payments.join(",")
        );
        serde_json::from_str(&text).unwrap()
    }

    const MILLION: &str = r#", "fine_amount": {"value": 1000000}"#;

    fn charge(case: &Case, until: &str) -> Option<(String, &'static str)> {
        let charge = case.late_charge(&limits(), &Currency::vnd(), on(until)).total().unwrap();
        charge.map(|amount| (amount.value.to_string(), amount.bound.code()))
    }

    fn exact(value: &str) -> (String, &'static str) {
        (value.to_owned(), "exact")
    }

    #[test]
    fn every_day_that_has_passed_unpaid_is_charged() {
        let unpaid = case(MILLION, &[], "");
        assert_eq!(charge(&unpaid, "2026-03-14"), Some(exact("0")));
        // Saturday 14: one day, 0.05 % of a million.
        assert_eq!(charge(&unpaid, "2026-03-15"), Some(exact("500")));
        assert_eq!(charge(&unpaid, "2026-03-24"), Some(exact("5000")));
    }

    #[test]
    fn the_day_of_a_payment_is_not_charged() {
        let paid = case(MILLION, &[("2026-03-16", 1_000_000, "exact")], "");
        assert_eq!(charge(&paid, "2026-09-01"), Some(exact("1000")));
        let in_time = case(MILLION, &[("2026-03-13", 1_000_000, "exact")], "");
        assert_eq!(charge(&in_time, "2026-09-01"), Some(exact("0")));
        // Two days on a million, three on 400,000, in whatever order they stand.
        let parts = [("2026-03-19", 400_000, "exact"), ("2026-03-16", 600_000, "exact")];
        assert_eq!(charge(&case(MILLION, &parts, ""), "2026-09-01"), Some(exact("1600")));
    }

    #[test]
    fn it_is_rounded_at_its_end_away_from_zero() {
        let small = case(r#", "fine_amount": {"value": 1000}"#, &[], "");
        // Half a đồng a day.
        let days = ["2026-03-15", "2026-03-16", "2026-03-17"].map(|day| charge(&small, day));
        assert_eq!(days, ["1", "1", "2"].map(|value| Some(exact(value))));
        let usd = Currency::new("USD").unwrap();
        let cents = small.late_charge(&limits(), &usd, on("2026-03-15")).total().unwrap().unwrap();
        assert_eq!(cents.value, Decimal::new(50, 2));
    }

    #[test]
    fn unknown_is_unknown_and_none_is_none() {
        let unknown = case("", &[("2026-03-20", 5, "exact")], "");
        assert_eq!(charge(&unknown, "2026-03-14"), Some(exact("0")));
        assert_eq!(charge(&unknown, "2026-03-15"), None);
        let void = case(MILLION, &[], r#", "void": {"voided_on": "2026-03-30", "reason": "a"}"#);
        assert_eq!(charge(&void, "2026-09-01"), Some(exact("0")));
        let closed = case(MILLION, &[], r#", "closed_on": "2026-03-15""#);
        assert_eq!(charge(&closed, "2026-09-01"), Some(exact("500")));
    }

    #[test]
    fn bounds_carry_over() {
        let fine = |bound: &str| format!(r#", "fine_amount": {{"value": 1000000, "bound": "{bound}"}}"#);
        let bound = |bound: &str, payments: &[_]| charge(&case(&fine(bound), payments, ""), "2026-09-01").unwrap().1;
        assert_eq!(bound("at_least", &[]), "at_least");
        assert_eq!(bound("about", &[]), "about");
        assert_eq!(bound("exact", &[("2026-03-20", 5, "at_least")]), "at_most");
        assert_eq!(bound("at_least", &[("2026-03-20", 5, "at_least")]), "about");
        // What was paid only when no day was charged any more changes nothing.
        assert_eq!(bound("exact", &[("2026-03-20", 1_000_000, "at_least")]), "exact");
    }

    #[test]
    fn a_rate_is_that_of_the_day() {
        let texts = TimeLimitTexts {
            late_charges: "rate_per_day,article,valid_from,valid_to,confidence,source,note\n\
                0.0005,a,2013-07-01,2026-03-15,verified,b,\n0.001,a,2026-03-16,,verified,b,\n"
                .to_owned(),
            ..TimeLimitTexts::default()
        };
        let limits = TimeLimits::parse(&texts).unwrap();
        let charge = case(MILLION, &[], "").late_charge(&limits, &Currency::vnd(), on("2026-03-18"));
        // Two days at 500, two at 1,000.
        assert_eq!(charge.total(), Ok(Some(Amount::exact(3000.into()))));
    }

    fn query(by: Vec<By>, period: Option<Period>, dating: Dating, cutoff: u32) -> TotalsQuery {
        TotalsQuery {
            by,
            filter: Filter::default(),
            period,
            dating,
            cutoff: Cutoff::new(cutoff).unwrap_or_default(),
            boundaries: Boundaries::Today,
            no_empty: false,
        }
    }

    proptest! {
        /// Whatever is cut into periods adds up, and the charge is what is
        /// counted day by day.
        #[test]
        fn parts_add_up(
            fine in 1_u32..3_000_000,
            payments in prop::collection::vec((0_u64..200, 1_u32..1_000_000), 0..5),
            days in 0_u64..400,
            cutoff in 0_u32..=28,
            cut in 0_u64..400,
            detected in any::<bool>(),
        ) {
            let payments: Vec<(String, u32)> =
                payments.iter().map(|(after, amount)| ((on("2026-03-03") + Days::new(*after)).to_string(), *amount)).collect();
            let listed: Vec<_> = payments.iter().map(|(day, amount)| (day.as_str(), *amount, "exact")).collect();
            let case = case(&format!(r#", "fine_amount": {{"value": {fine}}}"#), &listed, "");
            let until = on("2026-03-03") + Days::new(days);
            let charge = case.late_charge(&limits(), &Currency::vnd(), until);
            let total = charge.total().unwrap().unwrap().value;

            let mut by_day = Decimal::ZERO;
            for day in on("2026-03-14").iter_days().take_while(|day| *day < until) {
                let paid: u32 = payments.iter().filter(|(paid, _)| on(paid) <= day).map(|(_, amount)| amount).sum();
                by_day += Decimal::from(fine.saturating_sub(paid)) * Decimal::new(5, 4);
            }
            prop_assert_eq!(by_day.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero), total);

            let late = LateCase { case: &case, province: ProvinceId(1), members: Members::default() };
            let dating = if detected { Dating::Detected } else { Dating::Happened };
            let sum = |period: Option<Period>, by: &[By]| {
                let slices = late.slices(&query(by.to_vec(), period, dating, cutoff), &charge).unwrap();
                slices.iter().map(|slice| slice.tally.amount.value).sum::<Decimal>()
            };
            let cut = on("2026-02-01") + Days::new(cut);
            let (before, after) = (Period { from: NaiveDate::MIN, until: cut }, Period { from: cut, until: NaiveDate::MAX });
            for by in [vec![], vec![By::Month], vec![By::Year], vec![By::Quarter, By::Month]] {
                prop_assert_eq!(sum(None, &by), total);
                prop_assert_eq!(sum(Some(before), &by) + sum(Some(after), &by), total);
            }
        }
    }
}
