//! What was answered so far, and which question is next: plain state, which
//! knows neither terminal nor casebook.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Entry, Field, Part};
use crate::text::fold;

/// A question of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// A field; of goods, that of a lot, from 1.
    Ask(Field, usize),
    /// Whether there is more to be said than most cases need.
    More,
}

/// What every case is asked first.
const HEAD: [Field; 8] = [
    Field::Province,
    Field::Commune,
    Field::Agency,
    Field::DetectedOn,
    Field::CaseNo,
    Field::Violation,
    Field::Offender,
    Field::OffenderKind,
];
/// What a few cases need besides.
const REST: [Field; 11] = [
    Field::Force,
    Field::Partners,
    Field::DetectedFrom,
    Field::CaseCount,
    Field::LegalBasis,
    Field::IllegalProfit,
    Field::Remedies,
    Field::OffenderId,
    Field::OffenderAddress,
    Field::Source,
    Field::Note,
];
/// What can't be passed over. The first lot of goods can't either.
const REQUIRED: [Field; 3] = [Field::Province, Field::Agency, Field::DetectedOn];

/// Whether Enter passes a question over.
pub(super) fn is_optional(field: Field, lot: usize) -> bool {
    !REQUIRED.contains(&field) && (field, lot) != (Field::Goods, 1)
}

/// The answers of a case on its way.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    answers: BTreeMap<(Field, usize), String>,
    /// What was typed where the user stepped back before it was taken.
    unfinished: BTreeMap<(Field, usize), String>,
    defaults: BTreeMap<Field, String>,
    answered: BTreeSet<Step>,
    more: bool,
    /// The question at hand; `None` is the review of all.
    at: Option<Step>,
    /// Whether the user came from the review, and goes back there.
    from_review: bool,
}

impl Sheet {
    /// An empty sheet; defaults are what Enter takes.
    pub(super) fn new(defaults: BTreeMap<Field, String>) -> Self {
        Self { defaults, at: Some(Step::Ask(HEAD[0], 1)), ..Self::default() }
    }

    /// The question at hand; `None` is the review of all.
    pub(super) fn at(&self) -> Option<Step> {
        self.at
    }

    /// The answer to a field; empty where it was passed over.
    pub(super) fn answer(&self, field: Field, lot: usize) -> &str {
        self.answers.get(&(field, lot)).map_or("", String::as_str)
    }

    /// What stands in a field when its question is asked: what was typed, else
    /// the answer before.
    pub(super) fn typed(&self, field: Field, lot: usize) -> &str {
        self.unfinished.get(&(field, lot)).map_or_else(|| self.answer(field, lot), String::as_str)
    }

    /// What Enter takes where nothing is typed.
    pub(super) fn default_of(&self, field: Field) -> Option<&str> {
        match field {
            Field::DecidedOn => Some(self.answer(Field::DetectedOn, 1)).filter(|day| !day.is_empty()),
            Field::PaidOn => Some(self.answer(Field::DecidedOn, 1)).filter(|day| !day.is_empty()),
            _ => self.defaults.get(&field).map(String::as_str),
        }
    }

    fn is_given(&self, field: Field, lot: usize) -> bool {
        !self.answer(field, lot).trim().is_empty()
    }

    /// Whether an amount is given that is more than nothing.
    fn is_some_amount(&self, field: Field) -> bool {
        !matches!(fold(self.answer(field, 1)).as_str(), "" | "0" | "none" | "khong")
    }

    /// How many lots of goods there are.
    pub(super) fn lots(&self) -> usize {
        (1..=self.answers.len()).take_while(|lot| self.is_given(Field::Goods, *lot)).count()
    }

    /// All questions, in their order, as the answers so far have them.
    pub(super) fn steps(&self) -> Vec<Step> {
        let once = |field: &Field| Step::Ask(*field, 1);
        let mut steps: Vec<Step> = HEAD.iter().map(once).collect();
        for lot in 1..=self.lots() {
            steps.extend([Field::Goods, Field::Category, Field::Quantity].map(|field| Step::Ask(field, lot)));
            if self.is_given(Field::Quantity, lot) {
                steps.push(Step::Ask(Field::Unit, lot));
            }
            steps.push(Step::Ask(Field::GoodsValue, lot));
        }
        steps.push(Step::Ask(Field::Goods, self.lots() + 1));
        steps.extend([Field::SeizedValue, Field::FineAmount].iter().map(once));
        let fined = self.is_some_amount(Field::FineAmount);
        if fined {
            steps.extend([Field::DecidedOn, Field::DecisionNo, Field::PaidAmount].iter().map(once));
            if self.is_some_amount(Field::PaidAmount) {
                steps.push(once(&Field::PaidOn));
            }
        }
        steps.push(Step::More);
        if self.more {
            steps.extend(REST.iter().map(once));
            let decided = self.is_some_amount(Field::IllegalProfit) || self.is_given(Field::Remedies, 1);
            if decided && !fined {
                steps.extend([Field::DecidedOn, Field::DecisionNo].iter().map(once));
            }
            for lot in 1..=self.lots() {
                steps.extend([Field::Brand, Field::Origin].map(|field| Step::Ask(field, lot)));
            }
        }
        steps
    }

    /// Takes the answer to the question at hand, and goes on to the next.
    pub(super) fn take(&mut self, text: &str) {
        let Some(Step::Ask(field, lot)) = self.at else { return };
        let text = text.trim();
        self.unfinished.remove(&(field, lot));
        if field == Field::Goods && text.is_empty() && lot <= self.lots() {
            self.remove_lot(lot);
        } else {
            self.answers.insert((field, lot), text.to_owned());
        }
        self.answered.insert(Step::Ask(field, lot));
        self.advance(Step::Ask(field, lot));
    }

    /// Takes whether there is more to be said.
    pub(super) fn take_more(&mut self, more: bool) {
        self.more = more;
        self.answered.insert(Step::More);
        self.advance(Step::More);
    }

    /// Whether more was asked for.
    pub(super) fn wants_more(&self) -> bool {
        self.more
    }

    fn advance(&mut self, from: Step) {
        let steps = self.steps();
        self.at = if self.from_review {
            // What an answer brought up is asked too.
            steps.into_iter().find(|step| !self.answered.contains(step))
        } else {
            steps.iter().position(|step| *step == from).and_then(|at| steps.get(at + 1)).copied()
        };
        self.from_review &= self.at.is_some();
    }

    /// Steps back, keeping what was typed; tells whether there was a question
    /// before.
    pub(super) fn back(&mut self, typed: &str) -> bool {
        if let Some(Step::Ask(field, lot)) = self.at
            && typed != self.answer(field, lot)
        {
            self.unfinished.insert((field, lot), typed.to_owned());
        }
        let steps = self.steps();
        let at = self.at.map_or(Some(steps.len()), |at| steps.iter().position(|step| *step == at));
        match at.and_then(|at| at.checked_sub(1)).and_then(|before| steps.get(before)) {
            Some(before) => {
                self.at = Some(*before);
                true
            }
            None => false,
        }
    }

    /// Goes to a field from the review, and from there back to it.
    pub(super) fn go_to(&mut self, field: Field, lot: usize) {
        let lot = if field.part() == Part::Goods { lot } else { 1 };
        self.more |= !self.steps().contains(&Step::Ask(field, lot));
        self.at = Some(Step::Ask(field, lot));
        self.from_review = true;
        if self.more {
            self.answered.insert(Step::More);
            self.answered.extend(REST.map(|field| Step::Ask(field, 1)));
            let lots = 1..=self.lots();
            self.answered.extend(lots.flat_map(|lot| [Field::Brand, Field::Origin].map(|field| Step::Ask(field, lot))));
        }
    }

    /// Takes a lot of goods out; those after it move up.
    fn remove_lot(&mut self, lot: usize) {
        let moved = |(field, at): (Field, usize)| match field.part() {
            Part::Goods if at == lot => None,
            Part::Goods if at > lot => Some((field, at - 1)),
            _ => Some((field, at)),
        };
        let answers = std::mem::take(&mut self.answers);
        self.answers = answers.into_iter().filter_map(|(key, text)| Some((moved(key)?, text))).collect();
        let unfinished = std::mem::take(&mut self.unfinished);
        self.unfinished = unfinished.into_iter().filter_map(|(key, text)| Some((moved(key)?, text))).collect();
    }

    /// The entry that the answers make.
    pub(super) fn entry(&self) -> Entry {
        let mut entry = Entry::default();
        for step in self.steps() {
            let Step::Ask(field, lot) = step else { continue };
            if self.is_given(field, lot) {
                // Lots follow one another, so that there is none to miss.
                let _ = entry.set(field, Some(lot), self.answer(field, lot).to_owned());
            }
        }
        entry
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet::new(BTreeMap::from([(Field::Province, "Đồng Tháp".to_owned())]))
    }

    /// Answers questions until a field is asked.
    fn until(sheet: &mut Sheet, field: Field, lot: usize, answers: &[(Field, &str)]) {
        while sheet.at() != Some(Step::Ask(field, lot)) {
            match sheet.at() {
                Some(Step::Ask(at, lot)) => {
                    let answer = answers.iter().find(|(answered, _)| *answered == at && lot == 1);
                    sheet.take(answer.map_or("", |(_, text)| text));
                }
                Some(Step::More) => sheet.take_more(false),
                None => panic!("{field} is not asked"),
            }
        }
    }

    const CASE: [(Field, &str); 4] = [
        (Field::Province, "dong thap"),
        (Field::Agency, "Đội QLTT số 10"),
        (Field::DetectedOn, "28/2/2026"),
        (Field::Goods, "bia"),
    ];

    #[test]
    fn a_step_back_keeps_what_was_typed_and_the_answer_before() {
        let mut sheet = sheet();
        assert!(!sheet.back(""), "there is none before the first");
        until(&mut sheet, Field::DetectedOn, 1, &CASE);
        assert!(sheet.back("28/"));
        assert_eq!((sheet.at(), sheet.typed(Field::Agency, 1)), (Some(Step::Ask(Field::Agency, 1)), "Đội QLTT số 10"));
        sheet.take("Đội QLTT số 3");
        assert_eq!((sheet.at(), sheet.typed(Field::DetectedOn, 1)), (Some(Step::Ask(Field::DetectedOn, 1)), "28/"));
        assert_eq!(sheet.entry().values.get(&Field::DetectedOn), None, "what was not taken is not stored");
        sheet.take("28/2/2026");
        assert_eq!(sheet.typed(Field::DetectedOn, 1), "28/2/2026");
    }

    #[test]
    fn lots_are_asked_for_until_there_is_none() {
        let mut sheet = sheet();
        until(&mut sheet, Field::Goods, 2, &[(Field::Quantity, "24"), CASE[0], CASE[1], CASE[2], CASE[3]]);
        assert!(sheet.steps().contains(&Step::Ask(Field::Unit, 1)), "a quantity has a unit");
        sheet.take("rượu");
        assert_eq!(sheet.at(), Some(Step::Ask(Field::Category, 2)));
        until(&mut sheet, Field::SeizedValue, 1, &[]);
        assert_eq!(sheet.entry().goods.len(), 2);
        sheet.go_to(Field::Goods, 1);
        sheet.take("");
        let names: Vec<_> =
            sheet.entry().goods.iter().map(|lot| lot.get(&Field::Goods).cloned().unwrap_or_default()).collect();
        assert_eq!(names, ["rượu"], "the lots after one taken out move up");
    }

    #[test]
    fn from_the_review_one_field_is_answered_and_what_it_brings_up() {
        let mut sheet = sheet();
        until(&mut sheet, Field::SeizedValue, 1, &CASE);
        sheet.take("");
        sheet.take("");
        sheet.take_more(false);
        assert_eq!(sheet.at(), None);
        sheet.go_to(Field::CaseNo, 1);
        sheet.take("12/BB");
        assert_eq!(sheet.at(), None);
        sheet.go_to(Field::FineAmount, 1);
        sheet.take("25tr");
        assert_eq!(sheet.at(), Some(Step::Ask(Field::DecidedOn, 1)));
        assert_eq!(sheet.default_of(Field::DecidedOn), Some("28/2/2026"));
        until(&mut sheet, Field::PaidAmount, 1, &[]);
        sheet.take("");
        assert_eq!(sheet.at(), None);
        assert!(sheet.back(""));
        assert_eq!(sheet.at(), Some(Step::More));
        sheet.go_to(Field::Note, 1);
        sheet.take("ghi chú");
        assert_eq!(sheet.at(), None, "the rest is not asked for one field of it");
        assert_eq!(sheet.entry().values.get(&Field::Note).map(String::as_str), Some("ghi chú"));
    }

    #[test]
    fn a_fine_of_nothing_asks_for_no_decision() {
        let mut sheet = sheet();
        until(&mut sheet, Field::FineAmount, 1, &CASE);
        for none in ["", "0", "không"] {
            sheet.at = Some(Step::Ask(Field::FineAmount, 1));
            sheet.take(none);
            assert_eq!(sheet.at(), Some(Step::More), "{none}");
        }
    }
}
