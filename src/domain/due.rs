//! Deadlines of many cases, by office.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Amount, Case, Deadline, DeadlineKind, ProvinceKey, Reference, Status, TimeLimits};
use crate::text;

/// An open deadline, with what is told of its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueCase<'a> {
    /// The case's id.
    pub id: Uuid,
    /// The office's number of the file.
    pub case_no: Option<String>,
    /// Where the case stands.
    pub status: Status,
    /// The province that it was recorded in.
    pub province: ProvinceKey,
    /// The office.
    pub agency: String,
    /// What of the fine is not paid; `None` where there is none, or none that
    /// is known.
    pub unpaid: Option<Amount>,
    /// The deadline.
    pub deadline: Deadline<'a>,
}

impl<'a> DueCase<'a> {
    /// The deadlines of a case, of some kinds (all, where none is named), that
    /// nothing has ended and that end up to a day.
    #[must_use]
    pub fn of(case: &Case, kinds: &[DeadlineKind], until: NaiveDate, limits: &'a TimeLimits) -> Vec<Self> {
        let asked = |one: &Deadline<'_>| kinds.is_empty() || kinds.contains(&one.kind());
        let open = |one: &Deadline<'_>| one.ended_on.is_none() && one.due.on <= until;
        let deadlines = case.deadlines(limits).into_iter().filter(|one| asked(one) && open(one));
        let due = deadlines.map(|deadline| DueCase {
            id: case.id,
            case_no: case.case_no.clone(),
            status: case.status(),
            province: case.province.clone(),
            agency: case.agency.clone(),
            unpaid: case.unpaid_on(NaiveDate::MAX),
            deadline,
        });
        due.collect()
    }

    /// What the soonest comes first by; of one day, always in the same order.
    #[must_use]
    pub fn soonest(&self) -> (NaiveDate, Uuid, DeadlineKind) {
        (self.deadline.due.on, self.id, self.deadline.kind())
    }
}

/// Puts deadlines by office: north to south, then by name; the soonest of each
/// first.
pub fn by_office(due: &mut [DueCase<'_>], reference: &Reference) {
    let rank =
        |one: &DueCase<'_>| reference.province_of(&one.province).map(|province| reference.place_rank(province.id));
    due.sort_by(|one, two| {
        let names = || text::compare(&one.agency, &two.agency).then_with(|| one.agency.cmp(&two.agency));
        rank(one).cmp(&rank(two)).then_with(names).then_with(|| one.soonest().cmp(&two.soonest()))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ReferenceTexts, TimeLimitTexts};

    #[test]
    fn offices_stand_north_to_south_by_name_each_with_its_soonest_first() {
        let limits = TimeLimits::parse(&TimeLimitTexts::default()).unwrap();
        let case = |number: u32, province: &str, agency: &str, detected_on: &str| -> Case {
            let text = format!(
                r#"{{"id": "01950000-0000-7000-8000-00000000000{number}", "revision": 1, "agency": "{agency}",
                    "province": {{"code": "{province}", "since": "2025-07-01"}}, "detected_on": "{detected_on}",
                    "goods": [{{"name": "a"}}], "seized_value": {{"value": 0}}, "case_no": "{number}"}}"#
            );
            serde_json::from_str(&text).unwrap()
        };
        // 82 is Đồng Tháp, 46 Huế.
        let cases = [
            case(1, "82", "Đội 10", "2026-03-02"),
            case(2, "82", "Đội 2", "2026-03-05"),
            case(3, "82", "Đội 2", "2026-03-04"),
            case(4, "46", "Đội 9", "2026-03-09"),
        ];
        let until = "2026-12-31".parse().unwrap();
        let mut due: Vec<_> = cases.iter().flat_map(|case| DueCase::of(case, &[], until, &limits)).collect();
        by_office(&mut due, &Reference::parse(&ReferenceTexts::default()).unwrap());
        let order: Vec<_> = due.iter().filter_map(|one| one.case_no.as_deref()).collect();
        assert_eq!(order, ["4", "3", "2", "1"]);
        assert_eq!(due[0].unpaid, None);
    }
}
