//! The ledger of goods: what of each lot is held, and where the rest went.
//!
//! For each lot, taken in = held + destroyed + sold + returned + handed over,
//! and nothing of it is ever less than zero. Quantities are bounds as often as
//! not, and unknown is not zero: of a lot of unknown quantity of which 5 were
//! sold an unknown rest is held. So only what is certain is refused.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Bound, Case, Disposal, Field, FieldError, Goods, How, Quantity, Reason};

/// What became of one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotBalance {
    /// Its number among the case's lots, from 1.
    pub lot: u32,
    /// What was taken in; `None` is unknown. Where at least so much was taken
    /// in and more of it was disposed of, it is that more.
    pub taken_in: Option<Quantity>,
    /// What went, by its way in the order of [`How::ALL`]; `None` is unknown.
    pub gone: [Option<Quantity>; How::ALL.len()],
    /// What is held; `None` is unknown.
    pub held: Option<Quantity>,
    /// The day since which it is held.
    pub since: NaiveDate,
    /// The last day on which some of it went.
    pub last_disposal: Option<NaiveDate>,
}

/// A disposal as it touched one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Its place among the case's disposals, from 0.
    pub disposal: usize,
    /// The lot, from 1.
    pub lot: u32,
    /// What was done.
    pub how: How,
    /// When.
    pub on: NaiveDate,
    /// How much; `None` is unknown.
    pub quantity: Option<Quantity>,
}

/// Why a disposal can't have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotHeld {
    /// The lot can't have held so much.
    TooMuch {
        /// The lot.
        lot: u32,
        /// What it held.
        held: Quantity,
        /// The unit of that.
        unit: Option<String>,
    },
    /// Everything had gone.
    Gone {
        /// The lot; `None` is all of them.
        lot: Option<u32>,
        /// When the last of it went.
        on: NaiveDate,
    },
    /// There are several lots, and it does not say of which a quantity went.
    WhichLot {
        /// How many there are.
        lots: usize,
    },
}

/// A disposal that contradicts what was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdrawn {
    /// Its place among the case's disposals, from 0.
    pub disposal: usize,
    /// Why it can't have been.
    pub why: NotHeld,
    /// By how much it is too large.
    excess: Decimal,
}

/// The ledger of a case's goods.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Its lots, in their order.
    pub lots: Vec<LotBalance>,
    /// What went of which lot, in the order in which it went.
    pub moves: Vec<Move>,
    /// Disposals that can't have been. Of them the lots count what they can
    /// have held.
    pub overdrawn: Vec<Overdrawn>,
}

const NOTHING: Quantity = Quantity { value: Decimal::ZERO, bound: Bound::Exact };

impl LotBalance {
    fn new(lot: usize, goods: &Goods, since: NaiveDate) -> Self {
        let taken_in = goods.quantity;
        Self {
            lot: u32::try_from(lot).unwrap_or(u32::MAX),
            taken_in,
            gone: [Some(NOTHING); How::ALL.len()],
            held: taken_in.map(settled),
            since,
            last_disposal: None,
        }
    }

    /// What went in one way; `None` is unknown.
    #[must_use]
    pub fn gone_by(&self, how: How) -> Option<Quantity> {
        self.gone[how as usize]
    }

    /// Whether any of it is held; `None` is unknown.
    #[must_use]
    pub fn is_held(&self) -> Option<bool> {
        let untouched = self.last_disposal.is_none();
        match self.held {
            None => untouched.then_some(true),
            Some(held) if held == NOTHING => Some(false),
            Some(held) if held.value.is_zero() => None,
            Some(held) if held.bound == Bound::AtMost && !untouched => None,
            Some(_) => Some(true),
        }
    }

    /// The day on which all of it had gone, where that is certain.
    fn gone_on(&self) -> Option<NaiveDate> {
        self.last_disposal.filter(|_| self.held == Some(NOTHING))
    }

    fn note(&mut self, how: How, on: NaiveDate, quantity: Option<Quantity>) {
        let gone = &mut self.gone[how as usize];
        *gone = gone
            .zip(quantity)
            .map(|(one, two)| Quantity { value: one.value + two.value, bound: one.bound.and(two.bound) });
        self.last_disposal = self.last_disposal.max(Some(on));
    }

    /// Takes all that is left; tells how much.
    fn take_rest(&mut self) -> Option<Quantity> {
        self.held.replace(NOTHING)
    }

    /// Takes a quantity; tells how much of it there can have been, and by how
    /// much it is certainly too large.
    fn take(&mut self, asked: Quantity) -> (Quantity, Option<Decimal>) {
        let Some(rest) = self.held else { return (asked, None) };
        let left = |value| settled(Quantity { value, bound: rest.bound.and(asked.bound.flipped()) });
        let Some(more) = asked.value.checked_sub(rest.value).filter(|more| more.is_sign_positive() && !more.is_zero())
        else {
            self.held = Some(left(rest.value - asked.value));
            return (asked, None);
        };
        let at_most = matches!(rest.bound, Bound::Exact | Bound::AtMost);
        if at_most && matches!(asked.bound, Bound::Exact | Bound::AtLeast) {
            self.held = Some(NOTHING);
            return (rest, Some(more));
        }
        self.held = Some(left(Decimal::ZERO));
        if at_most {
            return (Quantity { value: rest.value, ..asked }, None);
        }
        // There was more than was said: what went tells how much at least.
        let at_least = |gone: &Quantity| matches!(gone.bound, Bound::Exact | Bound::AtLeast);
        let is_sure = self.gone.iter().flatten().chain([&asked]).all(at_least);
        if let Some(taken) = &mut self.taken_in {
            taken.value += more;
            taken.bound = if is_sure { taken.bound } else { Bound::About };
        }
        (asked, None)
    }
}

/// At most nothing is nothing.
fn settled(quantity: Quantity) -> Quantity {
    if quantity.value.is_zero() && quantity.bound == Bound::AtMost { NOTHING } else { quantity }
}

impl Ledger {
    /// The ledger of lots that were taken in on a day, after disposals: those
    /// up to the end of a day, or all. They count by their days, those of one
    /// day in the order in which they were recorded.
    #[must_use]
    pub fn of(lots: &[Goods], disposals: &[Disposal], since: NaiveDate, on: Option<NaiveDate>) -> Self {
        let balances = lots.iter().enumerate().map(|(at, goods)| LotBalance::new(at + 1, goods, since)).collect();
        let mut ledger = Self { lots: balances, ..Self::default() };
        let counts = |disposal: &Disposal| on.is_none_or(|on| disposal.disposed_on <= on);
        let mut order: Vec<_> = disposals.iter().enumerate().filter(|(_, disposal)| counts(disposal)).collect();
        order.sort_by_key(|(_, disposal)| disposal.disposed_on);
        for (at, disposal) in order {
            ledger.take(at, disposal, lots);
        }
        ledger
    }

    fn take(&mut self, at: usize, disposal: &Disposal, goods: &[Goods]) {
        let all = self.lots.len();
        let named = disposal.lot.and_then(|lot| usize::try_from(lot).ok()?.checked_sub(1));
        match (named.or((all == 1).then_some(0)), disposal.quantity) {
            (Some(lot), quantity) => self.take_of(at, lot, disposal, quantity, goods),
            (None, Some(quantity)) => {
                self.refuse(at, NotHeld::WhichLot { lots: all }, quantity.value);
                self.lots.iter_mut().for_each(|lot| lot.may_have_gone(disposal));
            }
            (None, None) => {
                let left: Vec<usize> = (0..all).filter(|lot| self.lots[*lot].gone_on().is_none()).collect();
                for lot in &left {
                    self.take_of(at, *lot, disposal, None, goods);
                }
                let on = self.lots.iter().filter_map(LotBalance::gone_on).max();
                if let Some(on) = on.filter(|_| left.is_empty()) {
                    self.refuse(at, NotHeld::Gone { lot: None, on }, Decimal::ZERO);
                }
            }
        }
    }

    /// Takes a quantity of a lot, or what is left of it.
    fn take_of(&mut self, at: usize, lot: usize, disposal: &Disposal, quantity: Option<Quantity>, goods: &[Goods]) {
        // A lot that is not there is refused elsewhere.
        let Some(balance) = self.lots.get_mut(lot) else { return };
        let (number, held, how) = (balance.lot, balance.held, disposal.how);
        if let Some(on) = balance.gone_on() {
            let lot = (disposal.lot.is_some() || goods.len() > 1).then_some(number);
            let excess = quantity.map_or(Decimal::ZERO, |quantity| quantity.value);
            return self.refuse(at, NotHeld::Gone { lot, on }, excess);
        }
        let (went, excess) = match quantity {
            None => (balance.take_rest(), None),
            Some(asked) => {
                let (went, excess) = balance.take(asked);
                (Some(went), excess)
            }
        };
        balance.note(how, disposal.disposed_on, went);
        self.moves.push(Move { disposal: at, lot: number, how, on: disposal.disposed_on, quantity: went });
        if let Some(excess) = excess {
            let unit = goods.get(lot).and_then(|goods| goods.unit.clone());
            self.refuse(at, NotHeld::TooMuch { lot: number, held: held.unwrap_or(NOTHING), unit }, excess);
        }
    }

    fn refuse(&mut self, disposal: usize, why: NotHeld, excess: Decimal) {
        self.overdrawn.push(Overdrawn { disposal, why, excess });
    }
}

impl LotBalance {
    /// Some of it may have gone: a disposal does not say of which lot it was.
    fn may_have_gone(&mut self, disposal: &Disposal) {
        if self.gone_on().is_some() {
            return;
        }
        self.held = self.held.map(|held| settled(Quantity { bound: held.bound.and(Bound::AtMost), ..held }));
        self.note(disposal.how, disposal.disposed_on, Some(Quantity { bound: Bound::AtLeast, ..NOTHING }));
    }
}

impl Case {
    /// The ledger of its goods, after all disposals. A void case holds nothing
    /// and has none.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        match self.void {
            Some(_) => Ledger::default(),
            None => Ledger::of(&self.goods, &self.disposals, self.detected_on, None),
        }
    }

    /// The day on which the last of its goods had gone; `None` while some of
    /// them are held, or may be.
    #[must_use]
    pub fn goods_gone_on(&self) -> Option<NaiveDate> {
        let gone: Option<Vec<NaiveDate>> = self.ledger().lots.iter().map(LotBalance::gone_on).collect();
        gone?.into_iter().max()
    }

    /// The disposals that can't have been, field by field. What a case said
    /// before it was changed may stay, so long as it gets no worse: else a
    /// case that was stored before this was checked could not go on.
    pub(super) fn overdrawn(&self, before: Option<&Self>) -> Vec<FieldError> {
        if self.disposals.is_empty() {
            return Vec::new();
        }
        let mut known: Vec<_> = before.map(faults).unwrap_or_default();
        let mut errors = Vec::new();
        for (disposal, fault) in faults(self) {
            let same = |(old, known): &(Disposal, Overdrawn)| {
                let moved =
                    (old.disposed_on, old.lot, old.quantity) != (disposal.disposed_on, disposal.lot, disposal.quantity);
                !moved && known.excess >= fault.excess
            };
            match known.iter().position(same) {
                Some(at) => drop(known.swap_remove(at)),
                None => errors.push(self.overdrawn_error(&disposal, fault)),
            }
        }
        errors
    }

    fn overdrawn_error(&self, disposal: &Disposal, fault: Overdrawn) -> FieldError {
        let line = (self.disposals.len() > 1).then_some(fault.disposal + 1);
        let quantity = || disposal.quantity.map(|quantity| quantity.value.to_string());
        let (field, value) = match &fault.why {
            NotHeld::WhichLot { .. } => (Field::Lot, String::new()),
            NotHeld::TooMuch { .. } => (Field::DisposedQuantity, quantity().unwrap_or_default()),
            NotHeld::Gone { lot: Some(lot), .. } => (Field::Lot, lot.to_string()),
            NotHeld::Gone { lot: None, .. } => match quantity() {
                Some(quantity) => (Field::DisposedQuantity, quantity),
                None => (Field::DisposedOn, disposal.disposed_on.to_string()),
            },
        };
        FieldError { field, line, value, reason: Reason::NotHeld(fault.why) }
    }
}

/// The disposals of a case that can't have been.
fn faults(case: &Case) -> Vec<(Disposal, Overdrawn)> {
    let overdrawn = case.ledger().overdrawn.into_iter();
    overdrawn.filter_map(|fault| Some((case.disposals.get(fault.disposal)?.clone(), fault))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        let signs = [("≥", Bound::AtLeast), ("≤", Bound::AtMost), ("≈", Bound::About)];
        let (bound, digits) = signs
            .iter()
            .find_map(|(sign, bound)| Some((*bound, text.strip_prefix(sign)?)))
            .unwrap_or((Bound::Exact, text));
        Quantity { value: digits.parse().unwrap(), bound }
    }

    fn lots(quantities: &[&str]) -> Vec<Goods> {
        let lot = |text: &&str| Goods { quantity: (*text != "?").then(|| quantity(text)), ..Goods::default() };
        quantities.iter().map(lot).collect()
    }

    /// "2 sold 5 @3": of lot 2, 5 sold on day 3; "all" is what is left.
    fn disposal(text: &str) -> Disposal {
        let words: Vec<&str> = text.split(' ').collect();
        Disposal {
            disposed_on: NaiveDate::from_ymd_opt(2026, 3, words[3][1..].parse().unwrap()).unwrap(),
            how: How::ALL.into_iter().find(|how| how.code() == words[1]).unwrap(),
            lot: words[0].parse().ok(),
            quantity: (words[2] != "all").then(|| quantity(words[2])),
            value: None,
            minutes: None,
        }
    }

    fn ledger(quantities: &[&str], disposals: &[&str]) -> Ledger {
        let disposals: Vec<Disposal> = disposals.iter().map(|text| disposal(text)).collect();
        Ledger::of(&lots(quantities), &disposals, NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(), None)
    }

    fn said(quantity: Option<Quantity>) -> String {
        quantity.map_or("?".to_owned(), |quantity| format!("{}{}", quantity.bound.sign(), quantity.value))
    }

    /// What is held of each lot.
    fn held(quantities: &[&str], disposals: &[&str]) -> String {
        let ledger = ledger(quantities, disposals);
        assert_eq!(ledger.overdrawn, [], "{disposals:?}");
        ledger.lots.iter().map(|lot| said(lot.held)).collect::<Vec<_>>().join(" ")
    }

    /// Why the first disposal that can't have been is refused.
    fn refused(quantities: &[&str], disposals: &[&str]) -> Option<(usize, NotHeld)> {
        ledger(quantities, disposals).overdrawn.into_iter().next().map(|fault| (fault.disposal, fault.why))
    }

    #[test]
    fn what_is_held_is_what_was_taken_in_without_what_went() {
        assert_eq!(held(&["24", "100"], &["1 sold 4 @2", "1 destroyed 5 @3", "2 returned all @4"]), "15 0");
        assert_eq!(held(&["24", "100"], &["? destroyed all @2"]), "0 0");
        assert_eq!(held(&["24", "100"], &["1 sold 4 @2", "? destroyed all @3"]), "0 0");
        assert_eq!(held(&["24"], &["? sold 4 @2"]), "20", "of one lot alone the number need not be said");
        let balance = ledger(&["24"], &["1 sold 4 @2", "1 destroyed all @3"]).lots.remove(0);
        let told = [balance.taken_in, balance.gone_by(How::Sold), balance.gone_by(How::Destroyed)].map(said);
        assert_eq!(told, ["24", "4", "20"], "all that is left is a quantity");
    }

    #[test]
    fn disposals_count_by_their_days() {
        assert_eq!(held(&["10"], &["1 destroyed all @5", "1 sold 4 @2"]), "0");
        assert_eq!(refused(&["10"], &["1 destroyed all @2", "1 sold 4 @2"]).map(|(at, _)| at), Some(1));
    }

    #[test]
    fn unknown_is_not_zero() {
        assert_eq!(held(&["?"], &["1 sold 5 @2"]), "?");
        let is_held = |quantity: &str, disposals: &[&str]| ledger(&[quantity], disposals).lots[0].is_held();
        assert_eq!(is_held("?", &[]), Some(true));
        assert_eq!(is_held("?", &["1 sold 5 @2"]), None);
        assert_eq!(is_held("?", &["1 sold 5 @2", "1 destroyed all @3"]), Some(false));
        assert_eq!(is_held("≥5", &["1 sold 5 @2"]), None);
        assert_eq!(is_held("≤5", &["1 sold 4 @2"]), None);
        assert_eq!(is_held("≤5", &["1 sold 5 @2"]), Some(false), "at most nothing is nothing");
        assert_eq!(is_held("0", &[]), Some(false));
    }

    #[test]
    fn bounds_are_those_of_what_is_left() {
        assert_eq!(held(&["≥100"], &["1 sold 40 @2"]), "≥60");
        assert_eq!(held(&["100"], &["1 sold ≥40 @2"]), "≤60");
        assert_eq!(held(&["≤100"], &["1 sold ≤40 @2"]), "≈60");
        assert_eq!(held(&["100"], &["1 sold ≤120 @2"]), "≥0", "no more can have gone than there was");
        let grown = ledger(&["≥100"], &["1 sold 120 @2"]).lots.remove(0);
        assert_eq!([said(grown.taken_in), said(grown.held)], ["≥120", "≥0"], "there was more than was said");
    }

    #[test]
    fn only_what_is_certain_is_refused() {
        let held = |text| NotHeld::TooMuch { lot: 1, held: quantity(text), unit: None };
        assert_eq!(refused(&["24"], &["1 sold 25 @2"]), Some((0, held("24"))));
        assert_eq!(refused(&["≤24"], &["1 sold 20 @2", "1 sold ≥5 @3"]), Some((1, held("≤4"))));
        for (quantity, disposal) in [("≥24", "1 sold 25 @2"), ("≈24", "1 sold 25 @2"), ("24", "1 sold ≤25 @2")] {
            assert_eq!(refused(&[quantity], &[disposal]), None, "{quantity}, {disposal}");
        }
        let on = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let gone = |lot| Some((1, NotHeld::Gone { lot, on }));
        assert_eq!(refused(&["?", "1"], &["1 sold all @2", "1 sold 1 @3"]), gone(Some(1)));
        assert_eq!(refused(&["24", "1"], &["1 sold 24 @2", "1 sold all @3"]), gone(Some(1)));
        assert_eq!(refused(&["24"], &["? sold all @2", "? sold all @3"]), gone(None));
        assert_eq!(refused(&["24", "1"], &["? sold all @2", "? sold all @3"]), gone(None));
        assert_eq!(refused(&["24", "1"], &["? sold 1 @2"]), Some((0, NotHeld::WhichLot { lots: 2 })));
    }

    #[test]
    fn what_can_not_have_been_is_not_counted() {
        let told = |disposals: &[&str]| {
            let lot = ledger(&["24"], disposals).lots.remove(0);
            [said(lot.taken_in), said(lot.gone_by(How::Sold)), said(lot.held)]
        };
        assert_eq!(told(&["1 sold 30 @2"]), ["24", "24", "0"]);
        let unsaid = ledger(&["24", "1"], &["? sold 5 @2"]).lots.remove(0);
        assert_eq!(
            [said(unsaid.gone_by(How::Sold)), said(unsaid.held)],
            ["≥0", "≤24"],
            "of which lot it was is not known"
        );
    }
}
