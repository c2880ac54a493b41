//! Many processes that write at once.

use std::fs;
use std::sync::Mutex;

use tempfile::TempDir;

use super::{Dice, sound, tries};
use crate::support::{on_each_engine, run, stderr};

/// So many at a time.
const WRITERS: u64 = 8;
/// How many cases an import brings.
const ROWS: usize = 10;

/// What one of them did.
#[derive(Default)]
struct Done {
    cases: usize,
    void: usize,
    changes: usize,
    payments: usize,
}

/// Does so many things one after the other, each in a process of its own.
fn write(db: &str, folder: &TempDir, who: u64, rounds: u64, dice: &mut Dice) -> Done {
    let mut done = Done::default();
    let must = |arguments: &[&str]| {
        let output = run(db, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    };
    let provinces = ["Huế", "Đồng Tháp", "Cần Thơ"];
    for round in 0..rounds {
        let case = format!("{who}-{round}");
        let province = *dice.pick(&provinces);
        // The agency is one that others make at the same moment.
        let agency = format!("Đội {}", round % 3 + 1);
        let place = ["--province", province, "--agency", &agency, "--date", "2026-02-28"];
        must(&[&["record", "--case-no", &case, "--goods", "bia", "--fine", "5tr"][..], &place].concat());
        done.cases += 1;
        match dice.below(4) {
            0 => {
                must(&["amend", &case, "note=đã xem", "--reason", "thử"]);
                done.changes += 1;
            }
            1 => {
                must(&["void", &case, "--reason", "thử"]);
                done.void += 1;
                done.changes += 1;
            }
            2 => {
                let row = |at: usize| format!("{case}.{at},{province},{agency},2026-02-27,bia,1000000\n");
                let rows: String = (0..ROWS).map(row).collect();
                let file = folder.path().join(format!("{case}.csv"));
                fs::write(&file, format!("case_no,province,agency,detected_on,goods,fine_amount\n{rows}")).unwrap();
                must(&["import", &file.display().to_string()]);
                done.cases += ROWS;
            }
            _ => {}
        }
        // All of them pay on one case.
        must(&["pay", "chung", "--paid-on", "2026-03-05", "--paid", &format!("{}", 1_000 + round)]);
        done.payments += 1;
    }
    done
}

#[test]
fn many_processes_that_write_at_once_lose_nothing() {
    let rounds = tries(3, 60);
    on_each_engine(|place| {
        let folder = TempDir::new().unwrap();
        let shared = ["record", "--case-no", "chung", "--province", "Huế", "--agency", "Đội 9"];
        let rest = ["--date", "2026-02-01", "--goods", "thuốc lá", "--fine", "90tr"];
        assert!(run(&place.address, &[&shared[..], &rest].concat()).status.success());
        let all = Mutex::new(Vec::new());
        let mut seeds = Dice::new("writers at once");
        std::thread::scope(|scope| {
            for who in 0..WRITERS {
                let mut dice = Dice(seeds.next());
                let (all, folder) = (&all, &folder);
                scope.spawn(move || {
                    let done = write(&place.address, folder, who, rounds, &mut dice);
                    all.lock().unwrap().push(done);
                });
            }
        });
        let all = all.into_inner().unwrap();
        let sum = |of: fn(&Done) -> usize| all.iter().map(of).sum::<usize>();
        assert_eq!(all.len() as u64, WRITERS);
        let (_, cases) = sound(&place.address);
        assert_eq!(cases.len(), sum(|done| done.cases) + 1);
        assert_eq!(cases.iter().filter(|case| case.void.is_some()).count(), sum(|done| done.void));
        let shared = cases.iter().find(|case| case.case_no.as_deref() == Some("chung")).unwrap();
        assert_eq!(shared.payments.len(), sum(|done| done.payments), "each payment is there, and once");
        let changed: i64 = cases.iter().map(|case| case.revision - 1).sum();
        assert_eq!(usize::try_from(changed).unwrap(), sum(|done| done.changes) + sum(|done| done.payments));
        eprintln!("{WRITERS} processes at once wrote {} cases, {} payments", cases.len(), shared.payments.len());
    });
}
