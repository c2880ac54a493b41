//! Laws of the ledger of goods, for any lots and any disposals.

use casebook::domain::{Bound, Case, Change, Disposal, Field, Goods, How, Ledger, LotBalance, Quantity, Values};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::support::{case_with, day, in_memory, stamp};

const START: &str = "2026-03-01";

/// A figure as it may be told of a true one.
fn told(truth: i64) -> impl Strategy<Value = Quantity> {
    let bound = prop::sample::select(vec![Bound::Exact, Bound::Exact, Bound::AtLeast, Bound::AtMost, Bound::About]);
    (bound, 0_i64..40).prop_map(move |(bound, off)| {
        let value = match bound {
            Bound::Exact => truth,
            Bound::AtLeast => (truth - off).max(0),
            Bound::AtMost => truth + off,
            Bound::About => (truth + off - 20).max(0),
        };
        Quantity { value: value.into(), bound }
    })
}

/// How some of a lot went, days after it was taken in, how much that truly was,
/// and what is told of it.
type Went = (How, u64, i64, Option<Quantity>);

/// What truly went of a lot, on which day, and what is told of it; nothing is
/// told of how much the last was.
fn lot() -> impl Strategy<Value = (i64, Option<Quantity>, Vec<Went>)> {
    let went = prop::collection::vec((prop::sample::select(How::ALL.to_vec()), 0_u64..6, 0_i64..50), 0..5);
    (went, 0_i64..30, any::<bool>()).prop_flat_map(|(mut went, left, all)| {
        went.sort_by_key(|(_, day, _)| *day);
        let truth = left + went.iter().map(|(.., n)| n).sum::<i64>();
        let last = all.then_some((How::Destroyed, 10_u64, left));
        let told_of: Vec<_> = went.iter().map(|(.., n)| told(*n)).collect();
        (prop::option::weighted(0.9, told(truth)), told_of).prop_map(move |(taken_in, told_of)| {
            let mut disposals: Vec<_> =
                went.iter().zip(told_of).map(|((how, day, n), told)| (*how, *day, *n, Some(told))).collect();
            disposals.extend(last.map(|(how, day, n)| (how, day, n, None)));
            (truth, taken_in, disposals)
        })
    })
}

fn any_quantity() -> impl Strategy<Value = Option<Quantity>> {
    let bound = prop::sample::select(Bound::ALL.to_vec());
    let figure = (0_i64..2_000, bound).prop_map(|(n, bound)| Quantity { value: Decimal::new(n, 1), bound });
    prop::option::weighted(0.8, figure)
}

fn any_disposal() -> impl Strategy<Value = Disposal> {
    let how = prop::sample::select(How::ALL.to_vec());
    (how, 0_u64..20, prop::option::of(1_u32..4), any_quantity()).prop_map(|(how, days, lot, quantity)| Disposal {
        disposed_on: day(START) + Days::new(days),
        how,
        lot,
        quantity,
        value: None,
        minutes: None,
    })
}

fn goods(quantity: Option<Quantity>) -> Goods {
    Goods { quantity, ..Goods::default() }
}

/// Taken in = held + all that went, and nothing is less than nothing. What is
/// unknown makes what it is part of unknown.
fn is_balanced(balance: &LotBalance) -> bool {
    let gone: Option<Vec<Decimal>> = balance.gone.iter().map(|gone| gone.map(|gone| gone.value)).collect();
    let figures = [balance.taken_in, balance.held].into_iter().chain(balance.gone).flatten();
    let sums = match (balance.taken_in, balance.held, gone) {
        (Some(taken_in), Some(held), Some(gone)) => taken_in.value == held.value + gone.iter().sum::<Decimal>(),
        (Some(_), ..) => false,
        (None, held, gone) => held.is_none() || gone.is_none(),
    };
    sums && figures.map(|figure| figure.value).all(|value| value >= Decimal::ZERO)
}

/// Whether a figure with its bound is true.
fn is_true(figure: Option<Quantity>, truth: i64) -> bool {
    let truth = Decimal::from(truth);
    figure.is_none_or(|figure| match figure.bound {
        Bound::Exact => figure.value == truth,
        Bound::AtLeast => figure.value <= truth,
        Bound::AtMost => figure.value >= truth,
        Bound::About => true,
    })
}

fn all_balanced(case: &Case) -> bool {
    case.ledger().lots.iter().all(is_balanced)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// The balance holds for any lots and disposals whatever, those that can't
    /// have been included.
    #[test]
    fn the_balance_holds(
        quantities in prop::collection::vec(any_quantity(), 1..4),
        disposals in prop::collection::vec(any_disposal(), 0..8),
        until in prop::option::of(0_u64..20),
    ) {
        let lots: Vec<Goods> = quantities.into_iter().map(goods).collect();
        let on = until.map(|days| day(START) + Days::new(days));
        let ledger = Ledger::of(&lots, &disposals, day(START), on);
        prop_assert_eq!(ledger.lots.len(), lots.len());
        for balance in &ledger.lots {
            prop_assert!(is_balanced(balance), "{:?}", balance);
        }
        // What went, one by one, is what went in all.
        for (balance, how) in ledger.lots.iter().flat_map(|lot| How::ALL.map(|how| (lot, how))) {
            let moves = ledger.moves.iter().filter(|one| (one.lot, one.how) == (balance.lot, how));
            let sum: Option<Decimal> = moves.map(|one| one.quantity.map(|quantity| quantity.value)).sum();
            prop_assert_eq!(sum, balance.gone_by(how).map(|gone| gone.value));
        }
    }

    /// What can truly have been is never refused, and every figure of the
    /// ledger is true as far as its bound goes.
    #[test]
    fn the_truth_is_never_refused_and_always_told((truth, taken_in, went) in lot()) {
        let disposals: Vec<Disposal> = went.iter().map(|(how, days, _, quantity)| Disposal {
            disposed_on: day(START) + Days::new(*days),
            how: *how,
            lot: Some(1),
            quantity: *quantity,
            value: None,
            minutes: None,
        }).collect();
        // Nothing that is said to have gone after all had is no contradiction in
        // the goods, only in the words.
        let ledger = Ledger::of(&[goods(taken_in)], &disposals, day(START), None);
        let nothing_went = ledger.overdrawn.iter().all(|fault| went[fault.disposal].2 == 0);
        prop_assert!(nothing_went, "{:?}", ledger.overdrawn);
        let balance = &ledger.lots[0];
        let left = truth - went.iter().map(|(.., n, _)| n).sum::<i64>();
        prop_assert!(is_true(balance.held, left), "{} {:?}", left, balance);
        prop_assert!(is_true(balance.taken_in, truth), "{} {:?}", truth, balance);
        for how in How::ALL {
            let gone = went.iter().filter(|(way, ..)| *way == how).map(|(.., n, _)| n).sum();
            prop_assert!(is_true(balance.gone_by(how), gone), "{} {:?}", gone, balance);
        }
        if balance.is_held() == Some(false) {
            prop_assert_eq!(left, 0);
        }
    }
}

/// Something done to a case with two lots.
fn a_change() -> impl Strategy<Value = Change> {
    let quantity =
        (prop::sample::select(vec!["", "hơn ", "gần "]), 1_i64..30).prop_map(|(bound, n)| format!("{bound}{n}"));
    let dispose = (any_disposal(), prop::option::of(quantity.clone())).prop_map(|(disposal, quantity)| {
        let mut values = Values::from([
            (Field::DisposedHow, disposal.how.code().to_owned()),
            (Field::DisposedOn, disposal.disposed_on.to_string()),
        ]);
        values.extend(disposal.lot.map(|lot| (Field::Lot, lot.to_string())));
        values.extend(quantity.map(|quantity| (Field::DisposedQuantity, quantity)));
        Change::Dispose(values)
    });
    let amend = (1_usize..3, quantity).prop_map(|(lot, n)| Change::Amend(vec![(Field::Quantity, Some(lot), n)]));
    prop_oneof![4 => dispose, 1 => amend]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is stored never contradicts itself, and what is refused leaves
    /// everything as it was.
    #[test]
    fn a_refused_disposal_leaves_everything_as_it_was(changes in prop::collection::vec(a_change(), 1..12)) {
        let mut store = in_memory();
        let mut entry = case_with(&[("detected_on", START), ("quantity", "40")]);
        entry.set(Field::Goods, Some(2), "xì gà".into()).unwrap();
        entry.set(Field::Quantity, Some(2), "gần 20".into()).unwrap();
        let id = store.record(&entry, &stamp()).unwrap().case.id.to_string();
        for change in changes {
            let before = store.find_with_history(&id).unwrap();
            if let Ok(changed) = store.change(&id, &change, "thử", &stamp()) {
                prop_assert!(changed.case.ledger().overdrawn.is_empty(), "{:?}", changed.case);
                prop_assert!(all_balanced(&changed.case));
            } else {
                prop_assert_eq!(store.find_with_history(&id).unwrap(), before);
            }
        }
        prop_assert_eq!(store.verify().unwrap().finding, None);
    }
}

/// The day of a lot's last disposal and the days before it tell different
/// balances.
#[test]
fn what_was_held_on_a_day_is_told() {
    let sold = |days: u64, n: i64| Disposal {
        disposed_on: day(START) + Days::new(days),
        how: How::Sold,
        lot: None,
        quantity: Some(Quantity { value: n.into(), bound: Bound::Exact }),
        value: None,
        minutes: None,
    };
    let lots = [goods(Some(Quantity { value: 10.into(), bound: Bound::Exact }))];
    let held = |on: NaiveDate| {
        let ledger = Ledger::of(&lots, &[sold(2, 3), sold(4, 5)], day(START), Some(on));
        ledger.lots[0].held.unwrap().value.to_string()
    };
    assert_eq!(["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"].map(|on| held(day(on))), ["10", "7", "7", "2"]);
}
