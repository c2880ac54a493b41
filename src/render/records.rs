//! Figures and cases as records for programs: the keys are a contract.

use chrono::{NaiveDate, SecondsFormat};
use rust_decimal::Decimal;
use serde_json::{Number, Value};
use uuid::Uuid;

use super::Record;
use super::goods::put_quantity;
use crate::domain::{
    Amount, Case, Count, Currency, Figures, Goods, How, Measure, OffenderKind, ProvinceKey, Reference,
};

/// An exact number.
#[must_use]
pub fn money_value(value: Decimal) -> Value {
    Datum::of(value).into()
}

/// A value on its way into a record or a cell. Most are small numbers and names
/// that are there already, which a [`Value`] would have written anew.
#[derive(Debug)]
pub enum Datum<'a> {
    /// A whole number.
    Whole(i64),
    /// A text.
    Text(&'a str),
    /// Anything else.
    Other(Value),
}

impl Datum<'_> {
    /// An exact number.
    fn of(value: Decimal) -> Self {
        match i64::try_from(value.mantissa()) {
            Ok(whole) if value.scale() == 0 => Self::Whole(whole),
            _ => Self::Other(value.to_string().parse::<Number>().map_or(Value::Null, Value::Number)),
        }
    }
}

impl From<Datum<'_>> for Value {
    fn from(datum: Datum<'_>) -> Self {
        match datum {
            Datum::Whole(number) => number.into(),
            Datum::Text(text) => text.into(),
            Datum::Other(value) => value,
        }
    }
}

impl From<i64> for Datum<'_> {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl<'a> From<&'a str> for Datum<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

macro_rules! others {
    ($($other:ty),+) => {
        $(impl From<$other> for Datum<'_> {
            fn from(other: $other) -> Self {
                Self::Other(other.into())
            }
        })+
    };
}

others!(Value, String, Vec<Value>, Vec<String>, Record, Vec<Record>, bool, i32, u32, u64, usize);

/// A figure, of money with the currency's decimals even where it is zero.
#[must_use]
pub(super) fn figure_value(figures: &Figures, measure: Measure, currency: &Currency) -> Datum<'static> {
    let mut value = figures.value(measure);
    if measure.is_money() {
        value.rescale(currency.decimals());
    }
    Datum::of(value)
}

/// A date as ISO text.
#[must_use]
pub(super) fn day_value(day: NaiveDate) -> Value {
    Value::String(day.to_string())
}

/// Puts values under keys.
pub(super) trait Put<'a> {
    /// Puts a value.
    fn put(&mut self, key: &str, value: impl Into<Datum<'a>>);

    /// Puts a value, or null.
    fn put_opt(&mut self, key: &str, value: Option<impl Into<Datum<'a>>>) {
        self.put(key, value.map_or(Datum::Other(Value::Null), Into::into));
    }

    /// Puts an amount, and its bound under a key of its own.
    fn put_amount(&mut self, key: &str, bound_key: &str, amount: Option<Amount>) {
        self.put_opt(key, amount.map(|amount| money_value(amount.value)));
        self.put_opt(bound_key, amount.map(|amount| amount.bound.code()));
    }
}

/// Values alone, for those who have the keys already: each key must come once.
impl<'a> Put<'a> for Vec<Datum<'a>> {
    fn put(&mut self, _: &str, value: impl Into<Datum<'a>>) {
        self.push(value.into());
    }
}

impl<'a> Put<'a> for Record {
    fn put(&mut self, key: &str, value: impl Into<Datum<'a>>) {
        self.insert(key.to_owned(), value.into().into());
    }
}

/// The figures of a row of totals: those that every row has, and of the
/// measures that are asked for their bounds and unknowns too. Which keys there
/// are never depends on the figures, and each is put once.
pub(super) fn put_figures<'a>(record: &mut impl Put<'a>, figures: &Figures, asked: &[Measure], currency: &Currency) {
    let again = |at: usize, measure| asked[..at].contains(measure);
    let measures = asked.iter().enumerate().filter(|(at, measure)| !again(*at, *measure)).map(|(_, measure)| *measure);
    let more = measures.flat_map(|measure| [Part::Value(measure), Part::Bound(measure), Part::Unknown(measure)]);
    let has_part = |part: &Part| !matches!(part, Part::Unknown(measure) if measure.is_count());
    let more = more.filter(|part| has_part(part) && !ALWAYS.contains(part));
    ALWAYS.into_iter().chain(more).for_each(|part| part.put(record, figures, currency));
}

/// What a record tells of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Value(Measure),
    Bound(Measure),
    Unknown(Measure),
}

/// What every row of totals tells.
const ALWAYS: [Part; 12] = [
    Part::Value(Measure::Cases),
    Part::Bound(Measure::Cases),
    Part::Value(Measure::SeizedValue),
    Part::Bound(Measure::SeizedValue),
    Part::Unknown(Measure::SeizedValue),
    Part::Value(Measure::Decisions),
    Part::Value(Measure::FineAmount),
    Part::Bound(Measure::FineAmount),
    Part::Unknown(Measure::FineAmount),
    Part::Value(Measure::PaidAmount),
    Part::Value(Measure::DestroyedValue),
    Part::Value(Measure::Transferred),
];

impl Part {
    fn put<'a>(self, record: &mut impl Put<'a>, figures: &Figures, currency: &Currency) {
        match self {
            Self::Value(measure) => record.put(measure.key(), figure_value(figures, measure, currency)),
            Self::Bound(measure) => record.put(measure.bound_key(), figures.bound(measure).code()),
            Self::Unknown(measure) => record.put(measure.unknown_key(), figures.get(measure).unknown),
        }
    }
}

/// A case, with the names that its codes stand for.
#[must_use]
pub fn case_record(case: &Case, reference: &Reference) -> Record {
    let mut record = Record::new();
    let province = reference.province_of(&case.province);
    let present = province.and_then(|province| reference.province(reference.present(province.id)));
    let region = present.and_then(|province| reference.region(province.region));
    record.put("id", case.id.to_string());
    record.put("revision", case.revision);
    record.put_opt("created_at", case.created_at().map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true)));
    record.put("status", case.status().code());
    record.put_opt("case_no", case.case_no.as_deref());
    record.put_opt("province", province.map(|province| province.name.as_str()));
    record.put("province_code", case.province.code.as_str());
    record.put_opt("region", region.map(|region| region.name.as_str()));
    record.put_opt("commune", case.commune.as_deref());
    record.put("agency", case.agency.as_str());
    record.put_opt("force", case.force.as_deref());
    record.put("partners", case.partners.clone());
    record.put_opt("detected_from", case.detected_from.map(day_value));
    record.put("detected_on", day_value(case.detected_on));
    record.put_opt("violation", case.violation.as_deref());
    record.put_opt("legal_basis", case.legal_basis.as_deref());
    record.put("goods", case.goods.iter().map(goods_record).collect::<Vec<_>>());
    record.put_amount("seized_value", "seized_bound", case.seized_value);
    put_decision(&mut record, case);
    put_lists(&mut record, case);
    let last = case.payments.iter().map(|payment| payment.paid_on).max();
    record.put_opt("paid_amount", last.map(|_| money_value(case.paid())));
    record.put_opt("paid_on", last.map(day_value));
    put_end(&mut record, case);
    put_offender(&mut record, case);
    record.put("case_count", case.case_count.n);
    record.put("case_count_bound", case.case_count.bound.code());
    record.put_opt("source", case.source.as_deref());
    record.put_opt("note", case.note.as_deref());
    record
}

/// A case in one line: its first lot and the names of all, what was paid in
/// all and when last.
#[must_use]
pub fn flat_case_record(case: &Case, reference: &Reference) -> Record {
    let mut record = Record::new();
    for (key, value) in case_record(case, reference) {
        match key.as_str() {
            "goods" => {
                let names: Vec<&str> = case.goods.iter().map(|goods| goods.name.as_str()).collect();
                let first = value.as_array().and_then(|lots| lots.first()).and_then(Value::as_object).cloned();
                record.extend(first.unwrap_or_default());
                record.put("goods", names.join("; "));
            }
            "payments" => {}
            // One disposal is a line of its own; several are told by `show`.
            "disposals" => {
                let only = value.as_array().filter(|list| list.len() == 1).and_then(|list| list[0].as_object());
                for key in ["disposed_on", "disposed_how", "disposed_value"] {
                    record.put(key, only.and_then(|one| one.get(key)).cloned().unwrap_or_default());
                }
            }
            _ => record.put(&key, value),
        }
    }
    record
}

/// The keys of a case in one line, each with nothing.
pub(super) fn blank_case_record(reference: &Reference) -> Record {
    let blank = Case {
        id: Uuid::nil(),
        revision: 0,
        case_no: None,
        province: ProvinceKey { code: String::new(), since: NaiveDate::MIN },
        commune: None,
        agency: String::new(),
        force: None,
        partners: Vec::new(),
        detected_from: None,
        detected_on: NaiveDate::MIN,
        violation: None,
        legal_basis: None,
        goods: vec![Goods::default()],
        seized_value: None,
        decision: None,
        payments: Vec::new(),
        disposals: Vec::new(),
        attachments: Vec::new(),
        transfer: None,
        closed_on: None,
        void: None,
        offender: None,
        case_count: Count::default(),
        source: None,
        note: None,
    };
    flat_case_record(&blank, reference)
}

fn goods_record(goods: &Goods) -> Value {
    let mut record = Record::new();
    record.put("goods", goods.name.as_str());
    record.put_opt("category", goods.category.as_deref());
    put_quantity(&mut record, "quantity", goods.quantity);
    record.put_opt("unit", goods.unit.as_deref());
    record.put_amount("goods_value", "goods_value_bound", goods.value);
    record.put_opt("brand", goods.brand.as_deref());
    record.put_opt("origin", goods.origin.as_deref());
    Value::Object(record)
}

fn put_decision(record: &mut Record, case: &Case) {
    let decision = case.decision.as_ref();
    record.put_opt("decision_no", decision.and_then(|decision| decision.decision_no.as_deref()));
    record.put_opt("decided_on", decision.map(|decision| day_value(decision.decided_on)));
    record.put_amount("fine_amount", "fine_bound", decision.and_then(|decision| decision.fine_amount));
    let profit = decision.and_then(|decision| decision.illegal_profit);
    record.put_amount("illegal_profit", "illegal_profit_bound", profit);
    record.put_opt("remedies", decision.and_then(|decision| decision.remedies.as_deref()));
}

fn put_lists(record: &mut Record, case: &Case) {
    let payments = case.payments.iter().map(|payment| {
        let mut one = Record::new();
        one.put("paid_on", day_value(payment.paid_on));
        one.put_amount("paid_amount", "paid_bound", Some(payment.amount));
        Value::Object(one)
    });
    record.put("payments", payments.collect::<Vec<_>>());
    let disposals = case.disposals.iter().map(|disposal| {
        let mut one = Record::new();
        one.put("disposed_on", day_value(disposal.disposed_on));
        one.put("disposed_how", How::code(disposal.how));
        one.put_opt("lot", disposal.lot);
        put_quantity(&mut one, "disposed_quantity", disposal.quantity);
        one.put_amount("disposed_value", "disposed_bound", disposal.value);
        one.put_opt("minutes", disposal.minutes.as_deref());
        Value::Object(one)
    });
    record.put("disposals", disposals.collect::<Vec<_>>());
}

fn put_end(record: &mut Record, case: &Case) {
    let transfer = case.transfer.as_ref();
    record.put_opt("transferred_on", transfer.map(|transfer| day_value(transfer.transferred_on)));
    record.put_opt("transferred_to", transfer.and_then(|transfer| transfer.to.as_deref()));
    record.put_opt("persons", transfer.and_then(|transfer| transfer.persons));
    record.put_opt("closed_on", case.closed_on.map(day_value));
    record.put_opt("voided_on", case.void.as_ref().map(|void| day_value(void.voided_on)));
    record.put_opt("void_reason", case.void.as_ref().map(|void| void.reason.as_str()));
}

fn put_offender(record: &mut Record, case: &Case) {
    let offender = case.offender.as_ref();
    record.put_opt("offender", offender.and_then(|offender| offender.name.as_deref()));
    record.put_opt("offender_kind", offender.and_then(|offender| offender.kind).map(OffenderKind::code));
    record.put_opt("offender_id", offender.and_then(|offender| offender.id_no.as_deref()));
    record.put_opt("offender_address", offender.and_then(|offender| offender.address.as_deref()));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_number_is_written_as_the_decimal_is(mantissa in any::<i64>(), times in 1_i64..1_000, scale in 0_u32..6) {
            for value in [mantissa.into(), Decimal::new(mantissa, scale), Decimal::from(mantissa) * Decimal::from(times)] {
                prop_assert_eq!(money_value(value).to_string(), value.to_string());
            }
        }
    }
}
