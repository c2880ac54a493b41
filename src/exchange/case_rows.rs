//! Cases as rows of CSV, written straight from them: what [`super::flat`]
//! makes of their records, without the records.

use std::io::{self, Write};

use chrono::{Datelike, NaiveDate, SecondsFormat};
use rust_decimal::Decimal;

use super::csv::is_formula;
use crate::domain::{Amount, Case, Disposal, Goods, OffenderKind, Payment, ProvinceKey, Quantity, Reference, Status};

/// Writes the cells of rows, one after the other.
pub(super) struct Cells<'w, W: Write> {
    writer: &'w mut ::csv::Writer<W>,
    /// Where a cell is put together.
    cell: &'w mut Vec<u8>,
}

impl<'w, W: Write> Cells<'w, W> {
    pub(super) fn new(writer: &'w mut ::csv::Writer<W>, cell: &'w mut Vec<u8>) -> Self {
        Self { writer, cell }
    }

    fn none(&mut self, n: usize) -> io::Result<()> {
        (0..n).try_for_each(|_| Ok(self.writer.write_field(b"")?))
    }

    /// A text that no spreadsheet runs.
    fn text(&mut self, text: &str) -> io::Result<()> {
        if !is_formula(text) {
            return Ok(self.writer.write_field(text)?);
        }
        self.put(|cell| write!(cell, "'{text}"))
    }

    fn opt_text(&mut self, text: Option<&str>) -> io::Result<()> {
        self.text(text.unwrap_or_default())
    }

    fn put(&mut self, write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
        self.cell.clear();
        write(self.cell)?;
        Ok(self.writer.write_field(self.cell.as_slice())?)
    }

    fn day(&mut self, day: Option<NaiveDate>) -> io::Result<()> {
        let Some(day) = day else { return self.none(1) };
        let Some(year) = u32::try_from(day.year()).ok().filter(|year| *year <= 9_999) else {
            return self.text(&day.to_string());
        };
        let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or_default();
        let (month, day) = (day.month(), day.day());
        let written = [
            digit(year / 1_000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ];
        Ok(self.writer.write_field(written)?)
    }

    fn whole(&mut self, number: Option<i64>) -> io::Result<()> {
        let Some(number) = number else { return self.none(1) };
        self.put(|cell| write!(cell, "{number}"))
    }

    fn decimal(&mut self, value: Decimal) -> io::Result<()> {
        match i64::try_from(value.mantissa()) {
            // A zero may have a sign, which only the decimal knows.
            Ok(whole) if value.scale() == 0 && whole != 0 => self.whole(Some(whole)),
            _ => self.put(|cell| write!(cell, "{value}")),
        }
    }

    /// An amount, and its bound.
    fn amount(&mut self, amount: Option<Amount>) -> io::Result<()> {
        let Some(Amount { value, bound }) = amount else { return self.none(2) };
        self.decimal(value)?;
        self.text(bound.code())
    }

    /// A quantity, and its bound.
    fn quantity(&mut self, quantity: Option<Quantity>) -> io::Result<()> {
        let Some(Quantity { value, bound }) = quantity else { return self.none(2) };
        self.decimal(value)?;
        self.text(bound.code())
    }

    fn goods(&mut self, goods: Option<&Goods>) -> io::Result<()> {
        let Some(goods) = goods else { return self.none(9) };
        self.text(&goods.name)?;
        self.opt_text(goods.category.as_deref())?;
        self.quantity(goods.quantity)?;
        self.opt_text(goods.unit.as_deref())?;
        self.amount(goods.value)?;
        self.opt_text(goods.brand.as_deref())?;
        self.opt_text(goods.origin.as_deref())
    }

    fn payment(&mut self, payment: Option<&Payment>) -> io::Result<()> {
        self.day(payment.map(|payment| payment.paid_on))?;
        self.amount(payment.map(|payment| payment.amount))
    }

    fn disposal(&mut self, disposal: Option<&Disposal>) -> io::Result<()> {
        let Some(disposal) = disposal else { return self.none(8) };
        self.day(Some(disposal.disposed_on))?;
        self.text(disposal.how.code())?;
        self.whole(disposal.lot.map(i64::from))?;
        self.quantity(disposal.quantity)?;
        self.amount(disposal.value)?;
        self.opt_text(disposal.minutes.as_deref())
    }

    fn decision(&mut self, case: &Case) -> io::Result<()> {
        let Some(decision) = &case.decision else { return self.none(7) };
        self.opt_text(decision.decision_no.as_deref())?;
        self.day(Some(decision.decided_on))?;
        self.amount(decision.fine_amount)?;
        self.amount(decision.illegal_profit)?;
        self.opt_text(decision.remedies.as_deref())
    }

    fn end(&mut self, case: &Case, public: bool) -> io::Result<()> {
        let transfer = case.transfer.as_ref();
        self.day(transfer.map(|transfer| transfer.transferred_on))?;
        self.opt_text(transfer.and_then(|transfer| transfer.to.as_deref()))?;
        self.whole(transfer.and_then(|transfer| transfer.persons).map(i64::from))?;
        self.day(case.closed_on)?;
        self.day(case.void.as_ref().map(|void| void.voided_on))?;
        if public {
            return Ok(());
        }
        self.opt_text(case.void.as_ref().map(|void| void.reason.as_str()))?;
        let Some(offender) = &case.offender else { return self.none(4) };
        self.opt_text(offender.name.as_deref())?;
        self.opt_text(offender.kind.map(OffenderKind::code))?;
        self.opt_text(offender.id_no.as_deref())?;
        self.opt_text(offender.address.as_deref())
    }

    /// What stands in the first row of a case alone, up to its goods.
    fn beginning(&mut self, case: &Case, region: Option<&str>) -> io::Result<()> {
        self.text(&case.province.code)?;
        self.opt_text(region)?;
        self.opt_text(case.commune.as_deref())
    }

    /// A row of a case: its first, or a further line of its lists.
    fn row(&mut self, case: &Case, known: &Known<'_>, at: usize, public: bool) -> io::Result<()> {
        let is_first = at == 0;
        self.opt_text(case.case_no.as_deref())?;
        self.opt_text(known.province)?;
        if is_first {
            self.beginning(case, known.region)?;
        } else {
            self.none(3)?;
        }
        self.text(&case.agency)?;
        if is_first {
            self.opt_text(case.force.as_deref())?;
            match case.partners.as_slice() {
                [] => self.none(1)?,
                names => self.text(&names.join("; "))?,
            }
            self.day(case.detected_from)?;
        } else {
            self.none(3)?;
        }
        self.day(Some(case.detected_on))?;
        if is_first {
            self.opt_text(case.violation.as_deref())?;
            self.opt_text(case.legal_basis.as_deref())?;
        } else {
            self.none(2)?;
        }
        self.goods(case.goods.get(at))?;
        if is_first {
            self.amount(case.seized_value)?;
            self.decision(case)?;
        } else {
            self.none(9)?;
        }
        self.payment(case.payments.get(at))?;
        self.disposal(case.disposals.get(at))?;
        self.last(case, known.status, is_first, public)
    }

    fn last(&mut self, case: &Case, status: Status, is_first: bool, public: bool) -> io::Result<()> {
        if is_first {
            self.end(case, public)?;
            self.whole(Some(case.case_count.n.into()))?;
            self.text(case.case_count.bound.code())?;
        } else {
            self.none(if public { 7 } else { 12 })?;
        }
        self.text(status.code())?;
        if !public {
            self.opt_text(case.source.as_deref().filter(|_| is_first))?;
            self.opt_text(case.note.as_deref().filter(|_| is_first))?;
        }
        let mut id = [0; uuid::fmt::Hyphenated::LENGTH];
        self.writer.write_field(case.id.hyphenated().encode_lower(&mut id))?;
        if is_first {
            self.whole(Some(case.revision))?;
            let made = case.created_at().map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true));
            self.opt_text(made.as_deref())?;
        } else {
            self.none(2)?;
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    /// The rows of a case.
    pub(super) fn case(&mut self, case: &Case, places: &mut Places, public: bool, names: &Reference) -> io::Result<()> {
        let (province, region) = places.of(&case.province, names);
        let known = Known { province, region, status: case.status() };
        let count = case.goods.len().max(case.payments.len()).max(case.disposals.len()).max(1);
        (0..count).try_for_each(|at| self.row(case, &known, at, public))
    }
}

/// What is known of a case besides what it holds.
struct Known<'a> {
    province: Option<&'a str>,
    region: Option<&'a str>,
    status: Status,
}

/// The names of provinces and of their regions today, as they were found:
/// there are few.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<(ProvinceKey, Option<String>, Option<String>)>);

impl Places {
    fn of(&mut self, key: &ProvinceKey, reference: &Reference) -> (Option<&str>, Option<&str>) {
        let found = self.0.iter().position(|(known, ..)| known == key);
        let at = found.unwrap_or_else(|| {
            let province = reference.province_of(key);
            let present = province.and_then(|province| reference.province(reference.present(province.id)));
            let region = present.and_then(|province| reference.region(province.region));
            let name = province.map(|province| province.name.clone());
            self.0.push((key.clone(), name, region.map(|region| region.name.clone())));
            self.0.len() - 1
        });
        let (_, province, region) = &self.0[at];
        (province.as_deref(), region.as_deref())
    }
}
