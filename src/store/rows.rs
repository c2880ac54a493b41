//! Cases as rows: dates, money, bounds and codes as the schema holds them.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::cases::Loaded;
use super::engine::{Row, Value};
use super::error::Error;
use crate::domain::{
    AgencyId, Amount, Attachment, Bound, Case, CategoryId, Count, Currency, Decision, Disposal, ForceId, Goods, How,
    Offender, OffenderKind, Payment, ProvinceId, ProvinceKey, Quantity, Reference, Status, Transfer, ViolationId, Void,
};
use crate::text::fold;

/// How many columns a row of `case_seq` and the columns of `cases` has.
pub(super) const CASE_COLUMNS: usize = 50;

/// A day as the number yyyymmdd.
pub(super) fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// The day of a number.
pub(super) fn day(number: i64) -> Result<NaiveDate, Error> {
    let part = |value: i64| u32::try_from(value).unwrap_or_default();
    i32::try_from(number / 10_000)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, part(number / 100 % 100), part(number % 100)))
        .ok_or_else(|| Error::Corrupt(format!("{number} is not a day")))
}

/// The number of a bound.
pub(super) fn bound_number(bound: Bound) -> i64 {
    position(&Bound::ALL, &bound)
}

fn position<T: PartialEq>(all: &[T], one: &T) -> i64 {
    all.iter().position(|other| other == one).and_then(|at| i64::try_from(at).ok()).unwrap_or_default()
}

fn at<T: Copy>(all: &[T], number: i64) -> Result<T, Error> {
    let found = usize::try_from(number).ok().and_then(|at| all.get(at)).copied();
    found.ok_or_else(|| Error::Corrupt(format!("there is no number {number} in this list")))
}

/// The number of a status.
pub(super) fn status_number(status: Status) -> i64 {
    position(&Status::ALL, &status)
}

/// The status of a number.
pub(super) fn read_status(number: i64) -> Result<Status, Error> {
    at(&Status::ALL, number)
}

/// A file's number as it is matched: folded, unless it is made of signs alone.
pub(super) fn case_no_key(case_no: &str) -> String {
    Some(fold(case_no)).filter(|folded| !folded.is_empty()).unwrap_or_else(|| case_no.to_owned())
}

/// What is needed to turn cases into rows and back.
#[derive(Clone, Copy)]
pub(super) struct Coder<'a> {
    pub(super) reference: &'a Reference,
    pub(super) currency: &'a Currency,
}

impl Coder<'_> {
    /// Money in smallest units.
    pub(super) fn minor(&self, value: Decimal) -> Result<i64, Error> {
        self.currency.to_minor(value).map_err(|_| Error::Overflow(crate::domain::Overflow))
    }

    fn money(&self, amount: Option<Amount>) -> Result<[Value; 2], Error> {
        let minor = amount.map(|amount| self.minor(amount.value)).transpose()?;
        let bound = amount.map(|amount| amount.bound).unwrap_or_default();
        Ok([minor.into(), bound_number(bound).into()])
    }

    pub(super) fn read_money(&self, row: &Row, column: usize) -> Result<Option<Amount>, Error> {
        let bound = at(&Bound::ALL, row.int(column + 1)?)?;
        let minor = row.opt_int(column)?;
        Ok(minor.map(|minor| Amount { value: self.currency.from_minor(minor), bound }))
    }

    fn violation(&self, code: Option<&str>) -> Value {
        code.and_then(|code| self.reference.violation(code)).map(|row| row.id.0).into()
    }

    fn category(&self, code: Option<&str>) -> Value {
        code.and_then(|code| self.reference.category(code)).map(|row| row.id.0).into()
    }

    /// The row of a province as a case names it.
    pub(super) fn province(&self, key: &ProvinceKey) -> Result<i64, Error> {
        let province = self.reference.province_of(key);
        province.map(|row| row.id.0).ok_or_else(|| Error::Corrupt(format!("there is no province {key:?}")))
    }

    /// The number of a force.
    pub(super) fn force(&self, code: &str) -> Result<i64, Error> {
        let force = self.reference.force(code);
        force.map(|row| row.id.0).ok_or_else(|| Error::Corrupt(format!("there is no force {code:?}")))
    }

    /// The values of a row of `cases`, in the order of its columns.
    pub(super) fn case_values(&self, case: &Case, agency: i64, import: Option<i64>) -> Result<Vec<Value>, Error> {
        let decision = case.decision.as_ref();
        let transfer = case.transfer.as_ref();
        let offender = case.offender.as_ref();
        let [seized, seized_bound] = self.money(case.seized_value)?;
        let [fine, fine_bound] = self.money(decision.and_then(|decision| decision.fine_amount))?;
        let [profit, profit_bound] = self.money(decision.and_then(|decision| decision.illegal_profit))?;
        let offender_name = offender.and_then(|offender| offender.name.as_ref());
        let mut values = vec![
            self.province(&case.province)?.into(),
            case.id.into(),
            case.revision.into(),
            case.case_no.as_ref().into(),
            case.case_no.as_deref().map(case_no_key).into(),
            case.commune.as_ref().into(),
            agency.into(),
            self.force(case.force.as_deref().unwrap_or_default())?.into(),
            (!case.partners.is_empty()).then(|| case.partners.join("; ")).into(),
            case.detected_from.map(day_number).into(),
            day_number(case.detected_on).into(),
            self.violation(case.violation.as_deref()),
            self.category(case.category()),
            case.legal_basis.as_ref().into(),
            seized,
            seized_bound,
            decision.and_then(|decision| decision.decision_no.as_ref()).into(),
            decision.map(|decision| day_number(decision.decided_on)).into(),
            fine,
            fine_bound,
            profit,
            profit_bound,
            decision.and_then(|decision| decision.remedies.as_ref()).into(),
            transfer.map(|transfer| day_number(transfer.transferred_on)).into(),
            transfer.and_then(|transfer| transfer.to.as_ref()).into(),
            transfer.and_then(|transfer| transfer.persons).map(i64::from).into(),
            case.closed_on.map(day_number).into(),
            case.void.as_ref().map(|void| day_number(void.voided_on)).into(),
            case.void.as_ref().map(|void| &void.reason).into(),
            offender_name.into(),
            offender_name.map(|name| fold(name)).into(),
            offender.and_then(|offender| offender.kind).map(|kind| position(&OffenderKind::ALL, &kind)).into(),
            offender.and_then(|offender| offender.id_no.as_ref()).into(),
            offender.and_then(|offender| offender.address.as_ref()).into(),
            i64::from(case.case_count.n).into(),
            bound_number(case.case_count.bound).into(),
            status_number(case.status()).into(),
            case.source.as_ref().into(),
            case.note.as_ref().into(),
            import.into(),
        ];
        values.extend(self.first_lot_values(case.goods.first())?);
        Ok(values)
    }

    /// The values of the first lot in a row of `cases`, where its category
    /// stands among the case's own.
    fn first_lot_values(&self, goods: Option<&Goods>) -> Result<[Value; 9], Error> {
        let [value, value_bound] = self.money(goods.and_then(|goods| goods.value))?;
        let [quantity, quantity_bound] = quantity_values(goods.and_then(|goods| goods.quantity))?;
        Ok([
            goods.map(|goods| &goods.name).into(),
            goods.map(|goods| fold(&goods.name)).into(),
            quantity,
            quantity_bound,
            goods.and_then(|goods| goods.unit.as_ref()).into(),
            value,
            value_bound,
            goods.and_then(|goods| goods.brand.as_ref()).into(),
            goods.and_then(|goods| goods.origin.as_ref()).into(),
        ])
    }

    /// The case of a row of `case_seq` and the columns of `cases`; its lists,
    /// but for the first lot, are filled in by the caller.
    pub(super) fn read_case(&self, row: &Row, agency: String) -> Result<Case, Error> {
        let opt_day = |column| row.opt_int(column)?.map(day).transpose();
        let province = self.reference.province(ProvinceId(row.int(1)?));
        let province = province.ok_or_else(|| Error::Corrupt("a case names no province".to_owned()))?;
        let violation = row.opt_int(12)?;
        let violation = violation.and_then(|id| self.reference.violation_row(ViolationId(id)));
        Ok(Case {
            id: row.id(2)?,
            revision: row.int(3)?,
            case_no: row.opt_text(4)?,
            province: province.key(),
            commune: row.opt_text(6)?,
            agency,
            force: Some(self.force_code(row.int(8)?)?),
            partners: row.opt_text(9)?.map(|names| names.split("; ").map(str::to_owned).collect()).unwrap_or_default(),
            detected_from: opt_day(10)?,
            detected_on: day(row.int(11)?)?,
            violation: violation.map(|violation| violation.code.clone()),
            legal_basis: row.opt_text(14)?,
            goods: self.read_first_lot(row)?,
            seized_value: self.read_money(row, 15)?,
            decision: self.read_decision(row)?,
            payments: Vec::new(),
            disposals: Vec::new(),
            attachments: Vec::new(),
            transfer: read_transfer(row)?,
            closed_on: opt_day(27)?,
            void: row
                .opt_int(28)?
                .map(|number| Ok::<_, Error>(Void { voided_on: day(number)?, reason: row.text(29)? }))
                .transpose()?,
            offender: read_offender(row)?,
            case_count: Count { n: count(row.int(35)?)?, bound: at(&Bound::ALL, row.int(36)?)? },
            source: row.opt_text(38)?,
            note: row.opt_text(39)?,
        })
    }

    /// The same with what is stored beside it.
    pub(super) fn read_loaded(&self, row: &Row, agency: String) -> Result<Loaded, Error> {
        let case = self.read_case(row, agency)?;
        Ok(Loaded { case, agency: AgencyId(row.int(7)?), import: row.opt_int(40)? })
    }

    fn force_code(&self, id: i64) -> Result<String, Error> {
        let force = self.reference.force_row(ForceId(id));
        force.map(|force| force.code.clone()).ok_or_else(|| Error::Corrupt(format!("there is no force {id}")))
    }

    fn read_decision(&self, row: &Row) -> Result<Option<Decision>, Error> {
        let Some(decided_on) = row.opt_int(18)? else { return Ok(None) };
        Ok(Some(Decision {
            decision_no: row.opt_text(17)?,
            decided_on: day(decided_on)?,
            fine_amount: self.read_money(row, 19)?,
            illegal_profit: self.read_money(row, 21)?,
            remedies: row.opt_text(23)?,
        }))
    }

    /// The values of a row of `more_goods` after its keys.
    pub(super) fn goods_values(&self, goods: &Goods) -> Result<Vec<Value>, Error> {
        let [value, value_bound] = self.money(goods.value)?;
        let [quantity, quantity_bound] = quantity_values(goods.quantity)?;
        Ok(vec![
            (&goods.name).into(),
            fold(&goods.name).into(),
            self.category(goods.category.as_deref()),
            quantity,
            quantity_bound,
            goods.unit.as_ref().into(),
            value,
            value_bound,
            goods.brand.as_ref().into(),
            goods.origin.as_ref().into(),
        ])
    }

    /// A lot of goods from a row that begins with its line.
    pub(super) fn read_goods(&self, row: &Row) -> Result<Goods, Error> {
        self.read_lot(row, row.text(1)?, 3, 4)
    }

    /// The first lot of a case, if it has any, from its row.
    fn read_first_lot(&self, row: &Row) -> Result<Vec<Goods>, Error> {
        let lot = row.opt_text(41)?.map(|name| self.read_lot(row, name, 13, 43));
        Ok(lot.transpose()?.into_iter().collect())
    }

    /// A lot whose category stands in one column, and the rest from another on.
    fn read_lot(&self, row: &Row, name: String, category: usize, rest: usize) -> Result<Goods, Error> {
        let category = row.opt_int(category)?;
        let category = category.and_then(|id| self.reference.category_row(CategoryId(id)));
        Ok(Goods {
            name,
            category: category.map(|category| category.code.clone()),
            quantity: read_quantity(row, rest)?,
            unit: row.opt_text(rest + 2)?,
            value: self.read_money(row, rest + 3)?,
            brand: row.opt_text(rest + 5)?,
            origin: row.opt_text(rest + 6)?,
        })
    }

    /// The values of a row of `payment` after its keys.
    pub(super) fn payment_values(&self, payment: &Payment) -> Result<Vec<Value>, Error> {
        let [amount, bound] = self.money(Some(payment.amount))?;
        Ok(vec![day_number(payment.paid_on).into(), amount, bound])
    }

    /// A payment from a row that begins with its line.
    pub(super) fn read_payment(&self, row: &Row) -> Result<Payment, Error> {
        let amount = self.read_money(row, 2)?;
        let amount = amount.ok_or_else(|| Error::Corrupt("a payment has no amount".to_owned()))?;
        Ok(Payment { paid_on: day(row.int(1)?)?, amount })
    }

    /// The values of a row of `disposal` after its keys.
    pub(super) fn disposal_values(&self, disposal: &Disposal) -> Result<Vec<Value>, Error> {
        let [value, value_bound] = self.money(disposal.value)?;
        let [quantity, quantity_bound] = quantity_values(disposal.quantity)?;
        Ok(vec![
            day_number(disposal.disposed_on).into(),
            position(&How::ALL, &disposal.how).into(),
            disposal.lot.map(i64::from).into(),
            quantity,
            quantity_bound,
            value,
            value_bound,
            disposal.minutes.as_ref().into(),
        ])
    }

    /// A disposal from a row that begins with its line.
    pub(super) fn read_disposal(&self, row: &Row) -> Result<Disposal, Error> {
        Ok(Disposal {
            disposed_on: day(row.int(1)?)?,
            how: at(&How::ALL, row.int(2)?)?,
            lot: row.opt_int(3)?.map(count).transpose()?,
            quantity: read_quantity(row, 4)?,
            value: self.read_money(row, 6)?,
            minutes: row.opt_text(8)?,
        })
    }
}

/// The values of a row of `attachment` after its keys.
pub(super) fn attachment_values(attachment: &Attachment) -> Result<Vec<Value>, Error> {
    let bytes = i64::try_from(attachment.bytes).map_err(|_| Error::Overflow(crate::domain::Overflow))?;
    Ok(vec![
        (&attachment.sha256).into(),
        (&attachment.name).into(),
        bytes.into(),
        day_number(attachment.added_on).into(),
        attachment.note.as_ref().into(),
    ])
}

/// An attachment from a row that begins with its line.
pub(super) fn read_attachment(row: &Row) -> Result<Attachment, Error> {
    let bytes = row.int(3)?;
    let attachment = Attachment {
        sha256: row.text(1)?,
        name: row.text(2)?,
        bytes: u64::try_from(bytes).map_err(|_| Error::Corrupt(format!("{bytes} is no size")))?,
        added_on: day(row.int(4)?)?,
        note: row.opt_text(5)?,
    };
    // It names a file: nothing else may stand there.
    let fits = attachment.has_digest();
    if fits { Ok(attachment) } else { Err(Error::Corrupt(format!("{:?} is no digest", attachment.sha256))) }
}

fn count(number: i64) -> Result<u32, Error> {
    u32::try_from(number).map_err(|_| Error::Corrupt(format!("{number} is no count")))
}

fn quantity_values(quantity: Option<Quantity>) -> Result<[Value; 2], Error> {
    let Some(Quantity { value, bound }) = quantity else { return Ok([Value::Null, bound_number(Bound::Exact).into()]) };
    let scaled = value.checked_mul(Decimal::from(10_i64.pow(Quantity::DECIMALS))).and_then(|value| value.to_i64());
    let scaled = scaled.ok_or(Error::Overflow(crate::domain::Overflow))?;
    Ok([scaled.into(), bound_number(bound).into()])
}

fn read_quantity(row: &Row, column: usize) -> Result<Option<Quantity>, Error> {
    let bound = at(&Bound::ALL, row.int(column + 1)?)?;
    let scaled = row.opt_int(column)?;
    Ok(scaled.map(|scaled| Quantity { value: Decimal::new(scaled, Quantity::DECIMALS).normalize(), bound }))
}

fn read_transfer(row: &Row) -> Result<Option<Transfer>, Error> {
    let Some(transferred_on) = row.opt_int(24)? else { return Ok(None) };
    let persons = row.opt_int(26)?.map(count).transpose()?;
    Ok(Some(Transfer { transferred_on: day(transferred_on)?, to: row.opt_text(25)?, persons }))
}

fn read_offender(row: &Row) -> Result<Option<Offender>, Error> {
    let offender = Offender {
        name: row.opt_text(30)?,
        kind: row.opt_int(32)?.map(|number| at(&OffenderKind::ALL, number)).transpose()?,
        id_no: row.opt_text(33)?,
        address: row.opt_text(34)?,
    };
    Ok((offender != Offender::default()).then_some(offender))
}
