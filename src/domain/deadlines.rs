//! The deadlines of a case: which there are, when they end, and what ended
//! them.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Amount, Case, DeadlineKind, DeadlineRule, LimitEnd, LimitStart, TimeLimits};

/// A deadline of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline<'a> {
    /// The rule that sets it.
    pub rule: &'a DeadlineRule,
    /// The day that it is counted from, which does not count.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub due: LimitEnd,
    /// When it would end by longer variants of the rule, which hold in cases
    /// that the casebook does not tell apart.
    pub variants: Vec<(&'a DeadlineRule, LimitEnd)>,
    /// The day on which what had to happen did, or the deadline came to
    /// nothing.
    pub ended_on: Option<NaiveDate>,
}

/// Where a deadline stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadlineState {
    /// It was met on this day.
    Met(NaiveDate),
    /// What had to happen did on this day, after every variant had ended.
    Late(NaiveDate),
    /// It has not ended.
    Open,
    /// It has ended, and nothing happened.
    Overdue,
}

impl DeadlineState {
    /// The word in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Met(_) => "met",
            Self::Late(_) => "late",
            Self::Open => "open",
            Self::Overdue => "overdue",
        }
    }

    /// The day on which what had to happen did.
    #[must_use]
    pub fn on(self) -> Option<NaiveDate> {
        match self {
            Self::Met(day) | Self::Late(day) => Some(day),
            Self::Open | Self::Overdue => None,
        }
    }
}

impl Deadline<'_> {
    /// What must happen.
    #[must_use]
    pub fn kind(&self) -> DeadlineKind {
        self.rule.kind
    }

    /// Where it stands on a day.
    #[must_use]
    pub fn state(&self, today: NaiveDate) -> DeadlineState {
        match self.ended_on {
            Some(day) if day <= self.latest_on().unwrap_or(self.due.on) => DeadlineState::Met(day),
            Some(day) => DeadlineState::Late(day),
            None if today > self.due.on => DeadlineState::Overdue,
            None => DeadlineState::Open,
        }
    }

    /// How many days are left; below zero, how many it is overdue.
    #[must_use]
    pub fn days_left(&self, today: NaiveDate) -> i64 {
        (self.due.on - today).num_days()
    }

    /// Its longest variant, where one ends later.
    #[must_use]
    pub fn latest(&self) -> Option<(&DeadlineRule, LimitEnd)> {
        let longer = self.variants.iter().filter(|(_, end)| end.on > self.due.on);
        longer.max_by_key(|(_, end)| end.on).map(|(rule, end)| (*rule, *end))
    }

    /// The end of its longest variant, where one ends later.
    #[must_use]
    pub fn latest_on(&self) -> Option<NaiveDate> {
        self.latest().map(|(_, end)| end.on)
    }

    /// Whether its rule and all days that it rests on were checked.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.rule.is_verified() && self.due.is_sure
    }
}

impl Case {
    /// Its deadlines, open and ended; none of a case that is void.
    #[must_use]
    pub fn deadlines<'a>(&self, limits: &'a TimeLimits) -> Vec<Deadline<'a>> {
        if self.void.is_some() {
            return Vec::new();
        }
        DeadlineKind::ALL.into_iter().filter_map(|kind| self.deadline(kind, limits)).collect()
    }

    /// Its deadline of a kind, if it has one.
    pub(super) fn deadline<'a>(&self, kind: DeadlineKind, limits: &'a TimeLimits) -> Option<Deadline<'a>> {
        if !self.has_deadline(kind) {
            return None;
        }
        let starts_on = |at: LimitStart| match at {
            LimitStart::Detected => Some(self.detected_on),
            LimitStart::Decided => self.decision.as_ref().map(|decision| decision.decided_on),
        };
        let rules = limits.rules_for(kind, self.violation.as_deref(), starts_on);
        let ends = rules.into_iter().map(|(rule, day)| (rule, day, limits.calendar().end(day, rule.term)));
        let mut ends = ends.collect::<Vec<_>>().into_iter();
        let (rule, starts_on, due) = ends.next()?;
        let ended_on = self.ended_on(kind);
        if ended_on.is_some_and(|day| day < starts_on) {
            return None;
        }
        let variants = ends.map(|(rule, _, end)| (rule, end)).collect();
        Some(Deadline { rule, starts_on, due, variants, ended_on })
    }

    /// Where nothing was seized nothing need be given free, and a decision
    /// without a fine need not be paid.
    fn has_deadline(&self, kind: DeadlineKind) -> bool {
        let is_nothing = |amount: Option<Amount>| amount.is_some_and(|amount| amount.value.is_zero());
        match kind {
            DeadlineKind::Decision | DeadlineKind::Statute => true,
            DeadlineKind::Seizure => !is_nothing(self.seized_value),
            DeadlineKind::Payment | DeadlineKind::Lapse => {
                self.decision.as_ref().is_some_and(|decision| !is_nothing(decision.fine_amount))
            }
        }
    }

    /// The first day on which something ended the deadline of a kind: what had
    /// to happen, or a transfer or the closing of the file, after which the
    /// office that keeps it need do nothing more.
    fn ended_on(&self, kind: DeadlineKind) -> Option<NaiveDate> {
        let decided = self.decision.as_ref().map(|decision| decision.decided_on);
        let own = match kind {
            DeadlineKind::Decision | DeadlineKind::Statute => decided,
            DeadlineKind::Seizure => decided.into_iter().chain(self.goods_gone_on()).min(),
            DeadlineKind::Payment | DeadlineKind::Lapse => self.paid_in_full_on(),
        };
        own.into_iter().chain(self.left_on(kind)).min()
    }

    /// The day on which the case left the office: transferred, or closed. One
    /// that came back and was decided after that is to be paid.
    pub(super) fn left_on(&self, kind: DeadlineKind) -> Option<NaiveDate> {
        let decided = self.decision.as_ref().map(|decision| decision.decided_on);
        let since = decided.filter(|_| matches!(kind, DeadlineKind::Payment | DeadlineKind::Lapse));
        let transferred = self.transfer.as_ref().map(|transfer| transfer.transferred_on);
        let left = transferred.into_iter().chain(self.closed_on);
        left.filter(|day| since.is_none_or(|since| *day >= since)).min()
    }

    /// The day on which the payments reached the fine, by their figures, as
    /// for [`Case::status`].
    fn paid_in_full_on(&self) -> Option<NaiveDate> {
        let fine = self.decision.as_ref()?.fine_amount?.value;
        let mut payments: Vec<_> = self.payments.iter().map(|paid| (paid.paid_on, paid.amount.value)).collect();
        payments.sort_unstable();
        let mut sum = Decimal::ZERO;
        payments.into_iter().find_map(|(day, amount)| {
            sum += amount;
            (sum >= fine).then_some(day)
        })
    }

    /// What of the fine was not paid up to and on a day: by its bound and
    /// those of the payments a bound itself. `None` where there is no fine, or
    /// none that is known.
    #[must_use]
    pub fn unpaid_on(&self, day: NaiveDate) -> Option<Amount> {
        let fine = self.decision.as_ref()?.fine_amount?;
        let paid = self.payments.iter().filter(|payment| payment.paid_on <= day);
        let unpaid = paid.fold(fine, |left, payment| Amount {
            value: left.value - payment.amount.value,
            bound: left.bound.and(payment.amount.bound.flipped()),
        });
        Some(Amount { value: unpaid.value.max(Decimal::ZERO), ..unpaid })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Bound, TimeLimitTexts};

    fn on(day: &str) -> NaiveDate {
        day.parse().unwrap()
    }

    fn limits() -> TimeLimits {
        TimeLimits::parse(&TimeLimitTexts::default()).unwrap()
    }

    /// A case found on Monday 9 February 2026, with some fields more.
    fn case(more: &str) -> Case {
        let text = format!(
            r#"{{"id": "01950000-0000-7000-8000-000000000000", "revision": 1, "agency": "a",
                "province": {{"code": "82", "since": "2025-07-01"}}, "detected_on": "2026-02-09",
                "goods": [{{"name": "a", "quantity": {{"value": 10}}}}, {{"name": "b"}}]{more}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    fn told(case: &Case, today: &str) -> Vec<String> {
        let limits = limits();
        let told = |one: &Deadline<'_>| {
            let latest = one.latest_on().map(|day| format!(" to {day}")).unwrap_or_default();
            format!("{} {}{latest} {}", one.kind().code(), one.due.on, one.state(on(today)).code())
        };
        case.deadlines(&limits).iter().map(told).collect()
    }

    #[test]
    fn a_case_that_was_found_must_be_decided() {
        // Two months from 9 February: 9 April.
        let open = [
            "decision 2026-02-25 to 2026-04-09 open",
            "seizure 2026-02-25 to 2026-04-09 open",
            "statute 2027-02-09 open",
        ];
        assert_eq!(told(&case(""), "2026-02-25"), open);
        assert_eq!(told(&case(""), "2026-02-26")[0], "decision 2026-02-25 to 2026-04-09 overdue");
        assert_eq!(case("").deadlines(&limits())[0].days_left(on("2026-02-26")), -1);
    }

    #[test]
    fn nothing_seized_is_nothing_to_give_free() {
        let none = case(r#", "seized_value": {"value": 0}"#);
        assert_eq!(told(&none, "2026-02-10").len(), 2);
        let some = case(r#", "seized_value": {"value": 5}"#);
        assert_eq!(told(&some, "2026-02-10").len(), 3);
    }

    #[test]
    fn a_decision_ends_some_and_begins_others() {
        let decided = case(r#", "decision": {"decided_on": "2026-02-24", "fine_amount": {"value": 1000}}"#);
        let all = [
            "decision 2026-02-25 to 2026-04-09 met",
            "seizure 2026-02-25 to 2026-04-09 met",
            "payment 2026-03-06 open",
            "lapse 2027-02-24 open",
            "statute 2027-02-09 met",
        ];
        assert_eq!(told(&decided, "2026-03-06"), all);
        assert_eq!(told(&decided, "2026-03-07")[2], "payment 2026-03-06 overdue");
        // Within a longer variant is not late, after it is.
        let late = case(r#", "decision": {"decided_on": "2026-04-10", "fine_amount": {"value": 1000}}"#);
        assert_eq!(told(&late, "2026-04-10")[0], "decision 2026-02-25 to 2026-04-09 late");
        let unknown = case(r#", "decision": {"decided_on": "2026-02-24"}"#);
        assert_eq!(told(&unknown, "2026-03-06")[2..4], all[2..4]);
        let none = case(r#", "decision": {"decided_on": "2026-02-24", "fine_amount": {"value": 0}}"#);
        assert_eq!(told(&none, "2026-03-06").len(), 3);
    }

    #[test]
    fn a_payment_ends_it_on_the_day_on_which_it_reaches_the_fine() {
        let paid = case(
            r#", "decision": {"decided_on": "2026-02-24", "fine_amount": {"value": 1000}},
            "payments": [{"paid_on": "2026-03-09", "amount": {"value": 400}},
                         {"paid_on": "2026-02-25", "amount": {"value": 600}}]"#,
        );
        assert_eq!(told(&paid, "2026-03-20")[2..4], ["payment 2026-03-06 late", "lapse 2027-02-24 met"]);
        let unpaid = ["2026-02-24", "2026-02-25", "2026-03-09"].map(|day| paid.unpaid_on(on(day)).unwrap().value);
        assert_eq!(unpaid, [1000, 400, 0].map(Decimal::from));
    }

    #[test]
    fn a_transfer_and_the_closing_of_the_file_end_all() {
        for more in [r#", "transfer": {"transferred_on": "2026-02-20"}"#, r#", "closed_on": "2026-02-20""#] {
            assert!(told(&case(more), "2026-09-01").iter().all(|one| one.ends_with(" met")), "{more}");
        }
        // One that came back and was decided is to be paid.
        let back = case(
            r#", "transfer": {"transferred_on": "2026-02-20"},
            "decision": {"decided_on": "2026-02-24", "fine_amount": {"value": 1000}}"#,
        );
        let open = told(&back, "2026-09-01").into_iter().filter(|one| !one.ends_with(" met"));
        let open: Vec<String> = open.map(|one| one.split(' ').next().unwrap_or_default().to_owned()).collect();
        assert_eq!(open, ["payment", "lapse"]);
        let void = case(r#", "void": {"voided_on": "2026-02-20", "reason": "a"}"#);
        assert!(told(&void, "2026-09-01").is_empty());
    }

    #[test]
    fn a_seizure_ends_when_all_goods_are_gone() {
        let seizure = |disposals: &str| {
            let case = case(&format!(r#", "disposals": [{disposals}]"#));
            case.deadlines(&limits())[1].ended_on.map(|day| day.to_string())
        };
        let all = r#"{"disposed_on": "2026-02-20", "how": "destroyed"}"#;
        let first = r#"{"disposed_on": "2026-02-21", "how": "sold", "lot": 1, "quantity": {"value": 6}}"#;
        let rest = r#"{"disposed_on": "2026-02-22", "how": "sold", "lot": 1, "quantity": {"value": 4}}"#;
        let second = r#"{"disposed_on": "2026-02-19", "how": "returned", "lot": 2}"#;
        assert_eq!(seizure(all), Some("2026-02-20".into()));
        assert_eq!(seizure(&format!("{first},{second}")), None);
        assert_eq!(seizure(&format!("{first},{second},{rest}")), Some("2026-02-22".into()));
    }

    #[test]
    fn the_statute_is_by_the_violation() {
        let statute = |violation: &str, limits: &TimeLimits| {
            let case = case(&format!(r#", "violation": "{violation}""#));
            case.deadlines(limits).last().map(|one| (one.due.on.to_string(), one.is_verified()))
        };
        let limits = limits();
        assert_eq!(statute("hang_gia", &limits), Some(("2028-02-09".into(), true)));
        assert_eq!(statute("attp", &limits), Some(("2027-02-09".into(), true)));
        assert_eq!(statute("nhan", &limits), Some(("2028-02-09".into(), false)));
        // The row that nobody checked is switched off, and the shorter holds.
        assert_eq!(statute("nhan", &limits.only_verified()), Some(("2027-02-09".into(), true)));
    }

    #[test]
    fn what_a_bound_is_taken_from_is_a_bound() {
        let unpaid = |fine: &str, paid: &str| {
            let case = case(&format!(
                r#", "decision": {{"decided_on": "2026-02-24", "fine_amount": {{"value": 9, "bound": "{fine}"}}}},
                "payments": [{{"paid_on": "2026-02-25", "amount": {{"value": 4, "bound": "{paid}"}}}}]"#
            ));
            case.unpaid_on(on("2026-02-25")).unwrap().bound
        };
        assert_eq!(unpaid("exact", "exact"), Bound::Exact);
        assert_eq!(unpaid("at_least", "exact"), Bound::AtLeast);
        assert_eq!(unpaid("exact", "at_least"), Bound::AtMost);
        assert_eq!(unpaid("exact", "at_most"), Bound::AtLeast);
        assert_eq!(unpaid("at_least", "at_least"), Bound::About);
        assert_eq!(unpaid("at_least", "at_most"), Bound::AtLeast);
    }

    #[test]
    fn before_the_rule_there_is_no_deadline() {
        let mut old = case("");
        old.detected_on = on("2021-12-31");
        let limits = limits();
        let kinds: Vec<_> = old.deadlines(&limits).iter().map(Deadline::kind).collect();
        assert_eq!(kinds, [DeadlineKind::Statute]);
    }
}
