//! A clock that jumps back, far or a little.

use casebook::domain::{Change, Field, Stamp};
use chrono::{DateTime, TimeDelta};

use super::{Dice, all_cases, sound, tries};
use crate::support::{case_with, on_each_engine, stamp};

#[test]
fn a_clock_that_jumps_back_changes_nothing_but_times() {
    on_each_engine(|place| {
        let mut dice = Dice::new("clocks that jump");
        drop(place.create());
        let mut store = place.open();
        let mut seal = store.seal(&stamp()).unwrap();
        let jumps = tries(40, 600);
        for jump in 0..jumps {
            let at = DateTime::UNIX_EPOCH + TimeDelta::seconds(i64::try_from(dice.below(2_000_000_000)).unwrap());
            let now = Stamp { at, ..stamp() };
            let number = format!("{jump}");
            store.record(&case_with(&[("case_no", &number), ("fine_amount", "1tr")]), &now).unwrap();
            let earlier = dice.below(jump + 1).to_string();
            let note = Change::Amend(vec![(Field::Note, None, format!("lần {jump}"))]);
            store.change(&earlier, &note, "thử", &Stamp { at: at - TimeDelta::days(400), ..stamp() }).unwrap();
            if jump % 10 == 9 {
                let verified = store.verify_against(Some(&seal), &mut |_| {}).unwrap();
                assert_eq!(verified.finding, None, "history was only added to, whatever the clock says");
                seal = store.seal(&now).unwrap();
            }
        }
        for case in all_cases(&mut store) {
            let history = store.history(case.id).unwrap();
            let revisions: Vec<i64> = history.iter().map(|entry| entry.revision).collect();
            assert_eq!(revisions, (1..=case.revision).collect::<Vec<_>>(), "in the order in which it happened");
        }
        drop(store);
        let (verified, cases) = sound(&place.address);
        assert_eq!(cases.len() as u64, jumps);
        eprintln!("a clock jumped {} times over {} entries", jumps * 2, verified.entries);
    });
}
