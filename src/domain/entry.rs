//! Entries: a case as strings by field, from flags, a file's row or JSON.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::field::Part;
use super::reader::{LONGEST, Reader};
use super::{
    Amount, Case, Currency, Decision, Disposal, Field, FieldError, FieldWarning, Goods, How, Invalid, Known, Offender,
    OffenderKind, Payment, Reason, Reference, Transfer, Values, Void,
};
use crate::text::clean;

/// A case as strings: what there is once, and its lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// What a case has once.
    pub values: Values,
    /// Its lots of goods.
    pub goods: Vec<Values>,
    /// Its payments.
    pub payments: Vec<Values>,
    /// Its disposals.
    pub disposals: Vec<Values>,
}

impl Entry {
    /// Sets a field; of a list, that of line `line`, from 1. The line after
    /// the last is a new one.
    pub fn set(&mut self, field: Field, line: Option<usize>, value: String) -> Result<(), FieldError> {
        // A new amount says its own bound, or none.
        match field {
            Field::SeizedValue => self.values.remove(&Field::SeizedBound),
            Field::FineAmount => self.values.remove(&Field::FineBound),
            Field::CaseCount => self.values.remove(&Field::CaseCountBound),
            _ => None,
        };
        let list = match field.part() {
            Part::Case => {
                self.values.insert(field, value);
                return Ok(());
            }
            Part::Goods => &mut self.goods,
            Part::Payments => &mut self.payments,
            Part::Disposals => &mut self.disposals,
        };
        let at = line.unwrap_or(1);
        if at == list.len() + 1 {
            list.push(Values::new());
        }
        match at.checked_sub(1).and_then(|at| list.get_mut(at)) {
            Some(values) => values.insert(field, value),
            None => return Err(FieldError { field, line, value, reason: Reason::NoSuchLine { lines: list.len() } }),
        };
        Ok(())
    }

    /// Why what looks unlikely in it is right; empty where nothing is said. No
    /// part of the case, but of its first entry in the journal.
    #[must_use]
    pub fn reason(&self) -> String {
        self.values.get(&Field::Reason).map(|reason| clean(reason)).unwrap_or_default()
    }
}

/// An entry on its way to become a case, with what it is read against.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// The id of the new case, unless the entry brings one.
    pub id: Uuid,
    /// The reference data.
    pub reference: &'a Reference,
    /// The casebook's currency.
    pub currency: &'a Currency,
    /// Today, after which nothing can have happened.
    pub today: NaiveDate,
}

impl TryFrom<Draft<'_>> for Case {
    type Error = Invalid;

    fn try_from(draft: Draft<'_>) -> Result<Self, Invalid> {
        draft.read().map(|(case, _)| case)
    }
}

impl Draft<'_> {
    /// Reads the entry; all bad fields are reported together.
    pub fn read(&self) -> Result<(Case, Vec<FieldWarning>), Invalid> {
        self.read_after(None)
    }

    /// As [`Draft::read`], with what names were found to mean before.
    pub fn read_knowing(&self, known: &mut Known) -> Result<(Case, Vec<FieldWarning>), Invalid> {
        self.read_with(None, known)
    }

    /// Reads the entry of a case that there is, which it changes. What of its
    /// goods can't have been is refused only where it gets worse.
    pub(super) fn read_after(&self, before: Option<&Case>) -> Result<(Case, Vec<FieldWarning>), Invalid> {
        self.read_with(before, &mut Known::default())
    }

    fn read_with(&self, before: Option<&Case>, known: &mut Known) -> Result<(Case, Vec<FieldWarning>), Invalid> {
        let mut reader = Reader::new(self.reference, self.currency, known);
        let case = self.case(&mut reader);
        if let Some(case) = case.filter(|_| reader.errors.is_empty()) {
            let mut broken = case.broken_rules(self.today);
            if broken.is_empty() {
                broken.extend(case.overdrawn(before));
            }
            for error in &mut broken {
                self.as_typed(error);
            }
            if broken.is_empty() { Ok((case, reader.warnings)) } else { Err(Invalid(broken)) }
        } else {
            Err(Invalid(reader.errors))
        }
    }

    /// Tells what was found in a field as it was typed.
    fn as_typed(&self, error: &mut FieldError) {
        let at = error.line.unwrap_or(1) - 1;
        let values = match error.field.part() {
            Part::Case => Some(&self.entry.values),
            Part::Goods => self.entry.goods.get(at),
            Part::Payments => self.entry.payments.get(at),
            Part::Disposals => self.entry.disposals.get(at),
        };
        if let Some(typed) = values.and_then(|values| values.get(&error.field)) {
            error.value.clone_from(typed);
        }
    }

    fn case(&self, reader: &mut Reader<'_, '_>) -> Option<Case> {
        let values = &self.entry.values;
        let detected_on = self.detected_on(reader);
        reader.year = detected_on.map(|day| day.year());
        let province = self.province(reader, detected_on.unwrap_or(self.today));
        let agency = reader.required(values, Field::Agency);
        let goods = self.goods(reader);
        let decision = decision(reader, values, detected_on);
        // It is kept as it stands; that it may be is checked here.
        reader.text(values, Field::Reason);
        let case = Case {
            id: self.read_id(reader),
            revision: reader.number(values, Field::Revision).map_or(1, i64::from),
            case_no: reader.text(values, Field::CaseNo),
            commune: reader.text(values, Field::Commune),
            force: reader.found(values, Field::Force, Known::force),
            partners: partners(reader, values),
            detected_from: reader.date(values, Field::DetectedFrom),
            violation: reader.found(values, Field::Violation, Known::violation),
            legal_basis: reader.text(values, Field::LegalBasis),
            seized_value: reader.amount(values, Field::SeizedValue, Some(Field::SeizedBound)),
            decision,
            payments: self.payments(reader),
            disposals: self.disposals(reader),
            // No entry brings any: they are files.
            attachments: Vec::new(),
            transfer: transfer(reader, values),
            closed_on: reader.date(values, Field::ClosedOn),
            void: void(reader, values),
            offender: offender(reader, values),
            case_count: reader.count(values, Field::CaseCount, Field::CaseCountBound),
            source: reader.text(values, Field::Source),
            note: note(reader, values),
            province: province?,
            agency: agency?.into_owned(),
            detected_on: detected_on?,
            goods,
        };
        Some(case)
    }

    fn read_id(&self, reader: &mut Reader<'_, '_>) -> Uuid {
        let Some(text) = reader.text(&self.entry.values, Field::Id) else { return self.id };
        Uuid::parse_str(&text).unwrap_or_else(|_| {
            reader.refuse(Field::Id, &text, Reason::NotAnId);
            self.id
        })
    }

    fn detected_on(&self, reader: &mut Reader<'_, '_>) -> Option<NaiveDate> {
        let values = &self.entry.values;
        reader.required(values, Field::DetectedOn)?;
        reader.date(values, Field::DetectedOn)
    }

    fn province(&self, reader: &mut Reader<'_, '_>, on: NaiveDate) -> Option<super::ProvinceKey> {
        let values = &self.entry.values;
        reader.required(values, Field::Province)?;
        reader.found(values, Field::Province, |known, reference, text| known.province(reference, text, on))
    }

    fn goods(&self, reader: &mut Reader<'_, '_>) -> Vec<Goods> {
        let lines: Vec<_> = self.entry.goods.iter().filter(|values| !is_blank(values)).collect();
        if lines.is_empty() {
            reader.refuse(Field::Goods, "", Reason::Missing);
        }
        let several = lines.len() > 1;
        let mut goods = Vec::with_capacity(lines.len());
        for (at, values) in lines.into_iter().enumerate() {
            reader.line = several.then_some(at + 1);
            goods.push(Goods {
                name: reader.required(values, Field::Goods).unwrap_or_default().into_owned(),
                category: reader.found(values, Field::Category, Known::category),
                quantity: reader.quantity(values, Field::Quantity),
                unit: reader.text(values, Field::Unit),
                value: reader.amount(values, Field::GoodsValue, None),
                brand: reader.text(values, Field::Brand),
                origin: reader.text(values, Field::Origin),
            });
        }
        reader.line = None;
        goods
    }

    fn payments(&self, reader: &mut Reader<'_, '_>) -> Vec<Payment> {
        let blank = |values: &&Values| !is_blank(values);
        self.entry.payments.iter().filter(blank).filter_map(|values| payment(reader, values)).collect()
    }

    fn disposals(&self, reader: &mut Reader<'_, '_>) -> Vec<Disposal> {
        let blank = |values: &&Values| !is_blank(values);
        self.entry.disposals.iter().filter(blank).filter_map(|values| disposal(reader, values)).collect()
    }
}

/// A payment, which needs its day and its amount.
fn payment(reader: &mut Reader<'_, '_>, values: &Values) -> Option<Payment> {
    let (day, sum) = (reader.required(values, Field::PaidOn), reader.required(values, Field::PaidAmount));
    let (_, sum) = (day?, sum?);
    let (paid_on, amount) = (reader.date(values, Field::PaidOn), reader.amount(values, Field::PaidAmount, None));
    if amount.is_some_and(|amount| amount.value.is_zero()) {
        reader.refuse(Field::PaidAmount, &sum, Reason::Zero);
    }
    Some(Payment { paid_on: paid_on?, amount: amount? })
}

pub(super) fn is_blank(values: &Values) -> bool {
    values.values().all(|value| value.trim().is_empty())
}

fn partners(reader: &mut Reader<'_, '_>, values: &Values) -> Vec<String> {
    let text = reader.text(values, Field::Partners).unwrap_or_default();
    let names: Vec<String> =
        text.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if names.join("; ").chars().count() > LONGEST {
        reader.refuse(Field::Partners, &text, Reason::TooLong { most: LONGEST });
    }
    names
}

/// The note, with the words of figures that name no number.
fn note(reader: &mut Reader<'_, '_>, values: &Values) -> Option<String> {
    let written = reader.text(values, Field::Note);
    let said = reader.vague.iter().cloned();
    // An entry that is read again has them already.
    let new = said.filter(|said| written.as_ref().is_none_or(|note| !note.contains(said.as_str())));
    let parts: Vec<String> = written.clone().into_iter().chain(new).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The decision, where the entry tells of one. Amounts of 0 alone tell of
/// none: columns have zeros where nothing was decided.
fn decision(reader: &mut Reader<'_, '_>, values: &Values, detected_on: Option<NaiveDate>) -> Option<Decision> {
    let decided_on = reader.date(values, Field::DecidedOn);
    let decision_no = reader.text(values, Field::DecisionNo);
    let fine_amount = reader.amount(values, Field::FineAmount, Some(Field::FineBound));
    let illegal_profit = reader.amount(values, Field::IllegalProfit, None);
    let remedies = reader.text(values, Field::Remedies);
    let some = |amount: Option<Amount>| amount.is_some_and(|amount| !amount.value.is_zero());
    let decided = decided_on.is_some() || decision_no.is_some() || remedies.is_some();
    if !decided && !some(fine_amount) && !some(illegal_profit) {
        return None;
    }
    let decided_on = decided_on.or(detected_on)?;
    Some(Decision { decision_no, decided_on, fine_amount, illegal_profit, remedies })
}

fn disposal(reader: &mut Reader<'_, '_>, values: &Values) -> Option<Disposal> {
    let lot = reader.number(values, Field::Lot);
    let quantity = reader.quantity(values, Field::DisposedQuantity);
    if quantity.is_some_and(|quantity| quantity.value.is_zero()) {
        let text = values.get(&Field::DisposedQuantity).cloned().unwrap_or_default();
        reader.refuse(Field::DisposedQuantity, &text, Reason::Zero);
    }
    let value = reader.amount(values, Field::DisposedValue, None);
    let minutes = reader.text(values, Field::Minutes);
    reader.required(values, Field::DisposedOn)?;
    reader.required(values, Field::DisposedHow)?;
    let disposed_on = reader.date(values, Field::DisposedOn);
    let how = reader.word(values, Field::DisposedHow, &How::ALL, How::words);
    Some(Disposal { disposed_on: disposed_on?, how: how?, lot, quantity, value, minutes })
}

fn transfer(reader: &mut Reader<'_, '_>, values: &Values) -> Option<Transfer> {
    let transferred_on = reader.date(values, Field::TransferredOn);
    let to = reader.text(values, Field::TransferredTo);
    let persons = reader.number(values, Field::Persons);
    let orphan = to.clone().map(|to| (Field::TransferredTo, to));
    let orphan = orphan.or(persons.map(|n| (Field::Persons, n.to_string())));
    match (transferred_on, orphan) {
        (Some(transferred_on), _) => Some(Transfer { transferred_on, to, persons }),
        (None, Some((field, value))) => {
            reader.refuse(field, &value, Reason::Needs(Field::TransferredOn));
            None
        }
        (None, None) => None,
    }
}

/// The striking out, which files of other casebooks tell of.
fn void(reader: &mut Reader<'_, '_>, values: &Values) -> Option<Void> {
    let (voided_on, reason) = (reader.date(values, Field::VoidedOn), reader.text(values, Field::VoidReason));
    match (voided_on, reason) {
        (None, None) => None,
        (Some(voided_on), Some(reason)) => Some(Void { voided_on, reason }),
        (Some(day), None) => {
            reader.refuse(Field::VoidedOn, &day.to_string(), Reason::Needs(Field::VoidReason));
            None
        }
        (None, Some(reason)) => {
            reader.refuse(Field::VoidReason, &reason, Reason::Needs(Field::VoidedOn));
            None
        }
    }
}

fn offender(reader: &mut Reader<'_, '_>, values: &Values) -> Option<Offender> {
    let offender = Offender {
        name: reader.text(values, Field::Offender),
        kind: reader.word(values, Field::OffenderKind, &OffenderKind::ALL, OffenderKind::words),
        id_no: reader.text(values, Field::OffenderId),
        address: reader.text(values, Field::OffenderAddress),
    };
    (offender != Offender::default()).then_some(offender)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::domain::{Bound, ReferenceTexts};

    fn read(fields: &[(Field, &str)]) -> Result<Case, Invalid> {
        let mut entry = Entry::default();
        for (field, value) in fields {
            entry.set(*field, None, (*value).to_owned()).unwrap();
        }
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        let currency = Currency::vnd();
        Case::try_from(Draft { entry: &entry, id: Uuid::nil(), reference: &reference, currency: &currency, today })
    }

    const GOOD: [(Field, &str); 4] = [
        (Field::Province, "dong thap"),
        (Field::Agency, "Đội QLTT số 10"),
        (Field::DetectedOn, "28/2/2026"),
        (Field::Goods, "thuốc lá"),
    ];

    fn with(fields: &[(Field, &str)]) -> Result<Case, Invalid> {
        read(&[&GOOD, fields].concat())
    }

    #[test]
    fn all_bad_fields_are_reported_together() {
        let Err(Invalid(errors)) = read(&[(Field::Province, "?"), (Field::FineAmount, "-1"), (Field::DetectedOn, "x")])
        else {
            panic!("it was taken")
        };
        let fields: Vec<Field> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, [Field::DetectedOn, Field::Province, Field::Agency, Field::Goods, Field::FineAmount]);
    }

    #[test]
    fn unknown_is_not_zero() {
        assert_eq!(with(&[]).unwrap().seized_value, None);
        for nothing in ["none", "không", "0", "0 đồng"] {
            let case = with(&[(Field::SeizedValue, nothing)]).unwrap();
            assert_eq!(case.seized_value, Some(Amount::exact(Decimal::ZERO)), "{nothing}");
        }
    }

    #[test]
    fn a_decision_is_told_by_what_was_decided() {
        assert_eq!(with(&[(Field::FineAmount, "0")]).unwrap().decision, None);
        assert_eq!(with(&[(Field::IllegalProfit, "0")]).unwrap().decision, None);
        let fined = with(&[(Field::FineAmount, "25tr")]).unwrap();
        assert_eq!(fined.decision.unwrap().decided_on, fined.detected_on, "without a day, that of detection");
        let ordered = with(&[(Field::Remedies, "buộc tiêu hủy")]).unwrap();
        assert_eq!(ordered.decision.unwrap().fine_amount, None, "the fine is unknown");
    }

    #[test]
    fn a_figure_without_a_number_is_unknown_and_its_words_are_kept() {
        let case = with(&[(Field::SeizedValue, "hàng chục tỷ đồng"), (Field::Note, "theo báo")]).unwrap();
        assert_eq!((case.seized_value, case.note.as_deref()), (None, Some("theo báo; hàng chục tỷ đồng")));
        let fined = with(&[(Field::FineAmount, "vài triệu"), (Field::DecidedOn, "1/3")]).unwrap();
        assert_eq!(fined.decision.unwrap().fine_amount, None);
        let paid = [(Field::FineAmount, "5tr"), (Field::PaidAmount, "vài triệu"), (Field::PaidOn, "1/3")];
        assert!(with(&paid).is_err(), "a payment of nothing is none");
    }

    #[test]
    fn counts_are_read_whole() {
        let count =
            |text: &str| with(&[(Field::CaseCount, text)]).map(|case| (case.case_count.n, case.case_count.bound));
        assert_eq!(count("28 vụ").unwrap(), (28, Bound::Exact));
        assert_eq!(count("2 nghìn vụ").unwrap(), (2_000, Bound::Exact));
        assert_eq!(count("nhiều vụ").unwrap(), (2, Bound::AtLeast));
        assert_eq!(count("gần 1 ngàn trường hợp").unwrap(), (1_000, Bound::AtMost));
        assert_eq!(count("vài chục vụ").unwrap(), (2, Bound::AtLeast));
        assert!(count("1,5").is_err());
    }

    #[test]
    fn dates_without_a_year_take_that_of_detection() {
        let case = with(&[(Field::FineAmount, "5tr"), (Field::DecidedOn, "3/3")]).unwrap();
        assert_eq!(case.decision.unwrap().decided_on.to_string(), "2026-03-03");
    }
}
