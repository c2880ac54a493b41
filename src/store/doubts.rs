//! Doubting a case by what else is stored: like cases, and near ones.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::agencies::set;
use super::engine::Value;
use super::error::Error;
use super::rows::day_number;
use super::{Store, sql};
use crate::domain::{Boundaries, Cap, Case, CategoryId, Doubt, LikeCase, ViolationId, are_like_goods};
use crate::text::fold;

/// How many of the newest cases are looked through for like ones: enough to
/// know what is usual, and as cheap in a large casebook as in a small one.
const SAMPLE: u16 = 1_000;
/// The most lines of goods of near cases that are looked through.
const NEAR_LINES: i64 = 5_000;
/// The most near cases that are compared in full.
const CANDIDATES: usize = 20;
/// The most probable duplicates that are told of.
const DUPLICATES: usize = 3;

/// One of the newest cases.
struct Newest {
    id: Uuid,
    violation: Option<ViolationId>,
    category: Option<CategoryId>,
    fine_amount: Option<Decimal>,
    seized_value: Option<Decimal>,
}

impl Store {
    /// What looks unlikely in a case, stored or not: a fine beyond its legal
    /// cap, an amount far from those of like cases, a case that may be the
    /// same. It is for a person to judge; nothing is refused for it.
    pub fn doubts(&mut self, case: &Case) -> Result<Vec<Doubt>, Error> {
        Ok(self.doubts_of(std::slice::from_ref(case))?.pop().unwrap_or_default())
    }

    /// What looks unlikely in each of some cases.
    pub fn doubts_of(&mut self, cases: &[Case]) -> Result<Vec<Vec<Doubt>>, Error> {
        let is_fined = |case: &Case| case.decision.as_ref().is_some_and(|decision| decision.fine_amount.is_some());
        let caps = if cases.iter().any(is_fined) { Cap::all() } else { Ok(Vec::new()) };
        let caps = caps.map_err(|error| Error::Engine(error.to_string()))?;
        self.read(|store| {
            let compares = cases.iter().any(Case::has_comparable_amount);
            let newest = if compares { store.newest()? } else { Vec::new() };
            cases.iter().map(|case| store.doubts_among(case, &caps, &newest)).collect()
        })
    }

    fn doubts_among(&mut self, case: &Case, caps: &[Cap], newest: &[Newest]) -> Result<Vec<Doubt>, Error> {
        if case.void.is_some() {
            return Ok(Vec::new());
        }
        let mut doubts: Vec<Doubt> = case.fine_doubt(caps, self.currency.code()).into_iter().collect();
        if case.has_comparable_amount() {
            doubts.extend(case.median_doubts(&self.like_cases(case, newest)));
        }
        doubts.extend(self.duplicates(case)?);
        Ok(doubts)
    }

    /// The newest cases, and one more, as the case that is doubted may be among
    /// them.
    fn newest(&mut self) -> Result<Vec<Newest>, Error> {
        let currency = &self.currency;
        self.engine.rows(sql::LIKE_CASES, &[Value::Int(i64::from(SAMPLE) + 1)], |row| {
            let money = |column| Ok::<Option<Decimal>, Error>(row.opt_int(column)?.map(|n| currency.from_minor(n)));
            Ok(Newest {
                id: row.id(0)?,
                violation: row.opt_int(1)?.map(ViolationId),
                category: row.opt_int(2)?.map(CategoryId),
                fine_amount: money(3)?,
                seized_value: money(4)?,
            })
        })
    }

    /// The newest cases, but a case itself, as they are like it.
    fn like_cases(&self, case: &Case, newest: &[Newest]) -> Vec<LikeCase> {
        let violation = case.violation.as_deref().and_then(|code| self.reference.violation(code)).map(|row| row.id);
        let category = case.category().and_then(|code| self.reference.category(code)).map(|row| row.id);
        let others = newest.iter().filter(|other| other.id != case.id).take(SAMPLE.into());
        let like = others.map(|other| LikeCase {
            same_violation: violation.is_some() && other.violation == violation,
            same_category: category.is_some() && other.category == category,
            fine_amount: other.fine_amount,
            seized_value: other.seized_value,
        });
        like.collect()
    }

    /// Cases that may be the same: those of the province, as it is counted
    /// today, a few days before or after.
    fn duplicates(&mut self, case: &Case) -> Result<Vec<Doubt>, Error> {
        let mut doubts = Vec::new();
        for seq in self.candidates(case)? {
            let other = self.load_case(seq)?.case;
            doubts.extend(case.duplicate_doubt(&other));
            if doubts.len() == DUPLICATES {
                break;
            }
        }
        Ok(doubts)
    }

    /// The near cases that have an amount or a word of the goods in common.
    fn candidates(&mut self, case: &Case) -> Result<Vec<i64>, Error> {
        let Some(province) = self.reference.province_of(&case.province) else { return Ok(Vec::new()) };
        let today = |id| self.reference.counted_in(id, Boundaries::Today);
        let place = today(province.id);
        let places = self.reference.provinces.iter().filter(|other| today(other.id) == place).map(|other| other.id.0);
        let (first, last) = case.near_days();
        let values =
            [set(places), day_number(first).into(), day_number(last).into(), case.id.into(), NEAR_LINES.into()];
        let minor = |value: Option<_>| value.map(|value| self.coder().minor(value)).transpose();
        let seized = minor(case.seized_value.map(|amount| amount.value))?;
        let fine = minor(case.decision.as_ref().and_then(|decision| decision.fine_amount).map(|fine| fine.value))?;
        let names: Vec<String> = case.goods.iter().map(|goods| fold(&goods.name)).collect();
        let mut seqs: Vec<i64> = Vec::new();
        self.engine.query(sql::NEAR_CASES, &values, &mut |row| {
            let same = |one: Option<i64>, two: Option<i64>| one.is_some() && one == two;
            let lots = [row.opt_text(3)?, row.opt_text(4)?];
            let near = same(row.opt_int(1)?, seized)
                || same(row.opt_int(2)?, fine)
                || lots.iter().flatten().any(|lot| names.iter().any(|one| are_like_goods(one, lot)));
            let seq = row.int(0)?;
            if near && seqs.len() < CANDIDATES && !seqs.contains(&seq) {
                seqs.push(seq);
            }
            Ok(())
        })?;
        Ok(seqs)
    }
}
