//! Reading one answer with the reader of whole entries.

use chrono::NaiveDate;
use uuid::Uuid;

use super::choices::written;
use super::sheet::{Sheet, is_optional};
use crate::domain::{Amount, Case, Currency, Draft, Entry, Field, FieldError, FieldWarning, Reference};
use crate::lang::Words;
use crate::text::{clean, write_digits};

/// What answers are read against.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) words: &'static Words,
    pub(super) reference: &'a Reference,
    pub(super) currency: &'a Currency,
    pub(super) today: NaiveDate,
}

/// How an answer was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Understood {
    /// What it stands for, where that is not what was typed.
    pub(super) meaning: Option<String>,
    /// What is to be said of how it was read.
    pub(super) warnings: Vec<FieldWarning>,
}

impl Reading<'_> {
    /// Reads an answer among the others: all that is wrong with it is told,
    /// whatever is still missing.
    pub(super) fn read(
        &self,
        sheet: &Sheet,
        field: Field,
        lot: usize,
        text: &str,
    ) -> Result<Understood, Vec<FieldError>> {
        if text.trim().is_empty() && is_optional(field, lot) {
            return Ok(Understood::default());
        }
        let entry = self.with(sheet, field, lot, text);
        let (reference, currency, today) = (self.reference, self.currency, self.today);
        let draft = Draft { entry: &entry, id: Uuid::nil(), reference, currency, today };
        let is_here = |at: Field, line: Option<usize>| at == field && line.unwrap_or(1) == lot;
        match draft.read() {
            Ok((case, mut warnings)) => {
                warnings.retain(|warning| warning.field == field && warning.value == text.trim());
                let meaning = self.meaning(&case, field, lot);
                let meaning = meaning.filter(|meaning| *meaning != clean(text));
                Ok(Understood { meaning, warnings })
            }
            Err(invalid) => {
                let mut errors = invalid.0;
                errors.retain(|error| is_here(error.field, error.line));
                if errors.is_empty() { Ok(Understood::default()) } else { Err(errors) }
            }
        }
    }

    /// The entry with an answer, and with something in place of what every
    /// case must have and this one has not yet.
    fn with(&self, sheet: &Sheet, field: Field, lot: usize, text: &str) -> Entry {
        let mut entry = sheet.entry();
        let province = self.reference.provinces_on(self.today).next().map(|row| row.name.clone());
        let required = [
            (Field::Province, province.unwrap_or_default()),
            (Field::Agency, "?".to_owned()),
            (Field::DetectedOn, self.today.to_string()),
        ];
        for (required, value) in required {
            entry.values.get_or_insert_with(required, || value);
        }
        if entry.goods.is_empty() {
            entry.goods.push([(Field::Goods, "?".to_owned())].into());
        }
        // A lot that is not there yet is the one after the last.
        let _ = entry.set(field, Some(lot), text.to_owned());
        // A payment is read before its day is asked for.
        for payment in &mut entry.payments {
            payment.get_or_insert_with(Field::PaidOn, || self.today.to_string());
        }
        entry
    }

    /// What a field of a case holds, for people.
    fn meaning(&self, case: &Case, field: Field, lot: usize) -> Option<String> {
        let words = self.words;
        let name = |name: &str, name_en: &str| words.name(name, name_en).to_owned();
        let goods = case.goods.get(lot.saturating_sub(1));
        let decision = case.decision.as_ref();
        match field {
            Field::Province => self.reference.province_of(&case.province).map(|row| row.name.clone()),
            Field::DetectedOn => Some(written(case.detected_on, words)),
            Field::DetectedFrom => case.detected_from.map(|day| written(day, words)),
            Field::DecidedOn => decision.map(|decision| written(decision.decided_on, words)),
            Field::PaidOn => case.payments.first().map(|paid| written(paid.paid_on, words)),
            Field::Force => self.reference.force(case.force.as_deref()?).map(|row| name(&row.name, &row.name_en)),
            Field::Violation => {
                self.reference.violation(case.violation.as_deref()?).map(|row| name(&row.name, &row.name_en))
            }
            Field::Category => {
                self.reference.category(goods?.category.as_deref()?).map(|row| name(&row.name, &row.name_en))
            }
            Field::OffenderKind => case.offender.as_ref()?.kind.map(|kind| (words.offender_kind)(kind).to_owned()),
            Field::Quantity => goods?.quantity.map(|quantity| self.digits(quantity.value, quantity.bound.sign())),
            Field::CaseCount => Some(self.digits(case.case_count.n.into(), case.case_count.bound.sign())),
            Field::GoodsValue => goods?.value.map(|amount| self.money(amount)),
            Field::SeizedValue => case.seized_value.map(|amount| self.money(amount)),
            Field::FineAmount => decision?.fine_amount.map(|amount| self.money(amount)),
            Field::IllegalProfit => decision?.illegal_profit.map(|amount| self.money(amount)),
            Field::PaidAmount => case.payments.first().map(|paid| self.money(paid.amount)),
            _ => None,
        }
    }

    fn digits(&self, value: rust_decimal::Decimal, sign: &str) -> String {
        format!("{sign}{}", write_digits(value, self.words.marks))
    }

    fn money(&self, amount: Amount) -> String {
        let [unit, ..] = (self.words.notes.currency_units)(self.currency.code());
        let figure = self.digits(amount.value, amount.bound.sign());
        if unit.is_empty() { figure } else { format!("{figure} {unit}") }
    }
}
