//! What must hold between the fields of a case.

use chrono::NaiveDate;

use super::{Case, Field, FieldError, Reason};

/// No case is older than this: a date before it is a slip of the pen.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1950, 1, 1).unwrap_or_default()
}

impl Case {
    /// The rules that the case breaks as a whole, field by field.
    pub(super) fn broken_rules(&self, today: NaiveDate) -> Vec<FieldError> {
        let mut broken = Vec::new();
        for (field, line, date) in self.dates() {
            let reason = if date > today {
                Reason::Future { today }
            } else if date < first_day() {
                Reason::TooEarly { first: first_day() }
            } else {
                match self.order_broken(field, date) {
                    Some(reason) => reason,
                    None => continue,
                }
            };
            broken.push(FieldError { field, line, value: date.to_string(), reason });
        }
        broken.extend(self.orphans());
        broken
    }

    /// Every date of the case, with its line where it stands in a list.
    fn dates(&self) -> Vec<(Field, Option<usize>, NaiveDate)> {
        let mut dates = vec![(Field::DetectedOn, None, self.detected_on)];
        let single = [
            (Field::DetectedFrom, self.detected_from),
            (Field::DecidedOn, self.decision.as_ref().map(|decision| decision.decided_on)),
            (Field::TransferredOn, self.transfer.as_ref().map(|transfer| transfer.transferred_on)),
            (Field::ClosedOn, self.closed_on),
            (Field::VoidedOn, self.void.as_ref().map(|void| void.voided_on)),
        ];
        dates.extend(single.into_iter().filter_map(|(field, date)| Some((field, None, date?))));
        let line = |at: usize, of: usize| (of > 1).then_some(at + 1);
        let payments = self.payments.iter().enumerate();
        dates.extend(payments.map(|(at, paid)| (Field::PaidOn, line(at, self.payments.len()), paid.paid_on)));
        let disposals = self.disposals.iter().enumerate();
        dates.extend(disposals.map(|(at, done)| (Field::DisposedOn, line(at, self.disposals.len()), done.disposed_on)));
        dates
    }

    fn order_broken(&self, field: Field, date: NaiveDate) -> Option<Reason> {
        let after = |field, first: NaiveDate| (date < first).then_some(Reason::Before { field, date: first });
        let start = if self.detected_from.is_some() { Field::DetectedFrom } else { Field::DetectedOn };
        match field {
            Field::DetectedOn => None,
            Field::DetectedFrom => {
                let last = self.detected_on;
                (date > last).then_some(Reason::After { field: Field::DetectedOn, date: last })
            }
            Field::PaidOn => self.decision.as_ref().and_then(|d| after(Field::DecidedOn, d.decided_on)),
            _ => after(start, self.first_day()),
        }
    }

    /// What needs something that is not there.
    fn orphans(&self) -> Vec<FieldError> {
        let mut orphans = Vec::new();
        let mut push = |field, line, value: String, reason| orphans.push(FieldError { field, line, value, reason });
        if let Some(payment) = self.payments.first().filter(|_| self.decision.is_none()) {
            push(Field::PaidAmount, None, payment.amount.value.to_string(), Reason::Needs(Field::DecidedOn));
        }
        let lines = self.goods.len();
        for (at, lot) in self.disposals.iter().enumerate().filter_map(|(at, disposal)| Some((at, disposal.lot?))) {
            if usize::try_from(lot).is_ok_and(|lot| lot > lines) {
                let line = (self.disposals.len() > 1).then_some(at + 1);
                push(Field::Lot, line, lot.to_string(), Reason::NoSuchLine { lines });
            }
        }
        orphans
    }
}
