//! A case written as an entry, from which it is read again without loss.

use rust_decimal::Decimal;

use super::{Amount, Bound, Case, Disposal, Entry, Field, Goods, OffenderKind, Payment, Quantity, Reference, Values};

impl Entry {
    /// The entry that reads as a case again: its every field, written so that
    /// nothing is lost.
    #[must_use]
    pub fn of(case: &Case, reference: &Reference) -> Self {
        let mut entry = Self { values: values_of(case, reference), ..Self::default() };
        entry.goods = case.goods.iter().map(goods_values).collect();
        entry.payments = case.payments.iter().map(payment_values).collect();
        entry.disposals = case.disposals.iter().map(disposal_values).collect();
        entry
    }
}

/// A number as it is read back without loss: a comma before its decimals, and
/// never three of them, as they might be thousands.
fn digits(value: Decimal) -> String {
    let mut value = value;
    if value.scale() == 3 {
        value.rescale(4);
    }
    value.to_string().replace('.', ",")
}

/// A figure as an entry holds it, so that it is read back without loss.
#[must_use]
pub fn bounded(value: Decimal, bound: Bound) -> String {
    format!("{}{}", bound.sign(), digits(value))
}

/// Gathers what there is to write of a case.
#[derive(Default)]
struct Writer(Values);

impl Writer {
    fn put(&mut self, field: Field, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.0.insert(field, value.to_string());
        }
    }

    fn amount(&mut self, field: Field, amount: Option<Amount>) {
        self.put(field, amount.map(|amount| bounded(amount.value, amount.bound)));
    }

    fn apart(&mut self, (field, value): (Field, Option<Decimal>), (bound_field, bound): (Field, Option<Bound>)) {
        self.put(field, value.map(digits));
        self.put(bound_field, bound.map(Bound::code));
    }

    fn quantity(&mut self, field: Field, quantity: Option<Quantity>) {
        self.put(field, quantity.map(|quantity| bounded(quantity.value, quantity.bound)));
    }
}

fn values_of(case: &Case, reference: &Reference) -> Values {
    let mut to = Writer::default();
    to.put(Field::Id, Some(case.id));
    to.put(Field::CaseNo, case.case_no.as_ref());
    to.put(Field::Province, reference.province_of(&case.province).map(|province| &province.name));
    to.put(Field::Commune, case.commune.as_ref());
    to.put(Field::Agency, Some(&case.agency));
    to.put(Field::Force, case.force.as_ref());
    to.put(Field::Partners, (!case.partners.is_empty()).then(|| case.partners.join("; ")));
    to.put(Field::DetectedFrom, case.detected_from);
    to.put(Field::DetectedOn, Some(case.detected_on));
    to.put(Field::Violation, case.violation.as_ref());
    to.put(Field::LegalBasis, case.legal_basis.as_ref());
    to.apart(
        (Field::SeizedValue, case.seized_value.map(|a| a.value)),
        (Field::SeizedBound, case.seized_value.map(|a| a.bound)),
    );
    if let Some(decision) = &case.decision {
        to.put(Field::DecisionNo, decision.decision_no.as_ref());
        to.put(Field::DecidedOn, Some(decision.decided_on));
        to.apart(
            (Field::FineAmount, decision.fine_amount.map(|a| a.value)),
            (Field::FineBound, decision.fine_amount.map(|a| a.bound)),
        );
        to.amount(Field::IllegalProfit, decision.illegal_profit);
        to.put(Field::Remedies, decision.remedies.as_ref());
    }
    if let Some(transfer) = &case.transfer {
        to.put(Field::TransferredOn, Some(transfer.transferred_on));
        to.put(Field::TransferredTo, transfer.to.as_ref());
        to.put(Field::Persons, transfer.persons);
    }
    to.put(Field::ClosedOn, case.closed_on);
    to.put(Field::VoidedOn, case.void.as_ref().map(|void| void.voided_on));
    to.put(Field::VoidReason, case.void.as_ref().map(|void| &void.reason));
    to.put(Field::Revision, (case.revision != 1).then_some(case.revision));
    if let Some(offender) = &case.offender {
        to.put(Field::Offender, offender.name.as_ref());
        to.put(Field::OffenderKind, offender.kind.map(OffenderKind::code));
        to.put(Field::OffenderId, offender.id_no.as_ref());
        to.put(Field::OffenderAddress, offender.address.as_ref());
    }
    to.put(Field::CaseCount, Some(case.case_count.n));
    to.put(Field::CaseCountBound, Some(case.case_count.bound.code()));
    to.put(Field::Source, case.source.as_ref());
    to.put(Field::Note, case.note.as_ref());
    to.0
}

fn goods_values(goods: &Goods) -> Values {
    let mut to = Writer::default();
    to.put(Field::Goods, Some(&goods.name));
    to.put(Field::Category, goods.category.as_ref());
    to.quantity(Field::Quantity, goods.quantity);
    to.put(Field::Unit, goods.unit.as_ref());
    to.amount(Field::GoodsValue, goods.value);
    to.put(Field::Brand, goods.brand.as_ref());
    to.put(Field::Origin, goods.origin.as_ref());
    to.0
}

fn payment_values(payment: &Payment) -> Values {
    let mut to = Writer::default();
    to.put(Field::PaidOn, Some(payment.paid_on));
    to.amount(Field::PaidAmount, Some(payment.amount));
    to.0
}

fn disposal_values(disposal: &Disposal) -> Values {
    let mut to = Writer::default();
    to.put(Field::DisposedOn, Some(disposal.disposed_on));
    to.put(Field::DisposedHow, Some(disposal.how.code()));
    to.put(Field::Lot, disposal.lot);
    to.quantity(Field::DisposedQuantity, disposal.quantity);
    to.amount(Field::DisposedValue, disposal.value);
    to.put(Field::Minutes, disposal.minutes.as_ref());
    to.0
}
