//! Processes that are killed at any moment.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use casebook::domain::Case;
use casebook::store::Store;
use rust_decimal::Decimal;
use tempfile::TempDir;

use super::{Dice, sound, tries};
use crate::support::{Place, program, run, sqlite, stderr};

/// What a killed process may have been doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Doing {
    Record,
    Import,
    Amend,
    Pay,
    Void,
    Backup,
    Attach,
    Publish,
}

/// All of them; how each is started, and what is known of it when it ends,
/// stands in `start` and `note`.
const DOINGS: [Doing; 8] =
    [Doing::Record, Doing::Import, Doing::Amend, Doing::Pay, Doing::Void, Doing::Backup, Doing::Attach, Doing::Publish];

/// How many cases an import brings.
const ROWS: usize = 40;

/// What is known of a case by what was acknowledged, and what may be of what
/// was not.
#[derive(Debug, Clone, Default)]
struct Known {
    note: Option<String>,
    maybe_notes: Vec<String>,
    paid: Vec<u64>,
    maybe_paid: Vec<u64>,
    files: BTreeSet<String>,
    is_void: bool,
    maybe_void: bool,
}

/// A casebook, and what must be in it.
struct Trial {
    place: Place,
    folder: TempDir,
    dice: Dice,
    number: u64,
    /// Cases by their numbers, that were acknowledged.
    cases: BTreeMap<String, Known>,
    /// Imports that were acknowledged, and those that may be there.
    imports: Vec<(String, bool)>,
    /// Backups that were acknowledged, and those that may be there.
    backups: Vec<(PathBuf, bool)>,
    /// Months whose publication was acknowledged, and those that may be there.
    published: Vec<(String, bool)>,
    /// How long each takes that is not killed.
    took: BTreeMap<Doing, Duration>,
}

/// A process that is started, and what is known if it ends well or not.
struct Started {
    doing: Doing,
    command: Command,
    case: String,
    text: String,
    amount: u64,
    path: PathBuf,
}

impl Trial {
    fn new() -> Self {
        let place = sqlite();
        assert!(run(&place.address, &["init"]).status.success());
        Self {
            place,
            folder: TempDir::new().unwrap(),
            dice: Dice::new("killed processes"),
            number: 0,
            cases: BTreeMap::new(),
            imports: Vec::new(),
            backups: Vec::new(),
            published: Vec::new(),
            took: BTreeMap::new(),
        }
    }

    /// A case that can be changed.
    fn some_case(&mut self) -> Option<String> {
        let live = self.cases.iter().filter(|(_, known)| !known.is_void && !known.maybe_void);
        let live: Vec<String> = live.map(|(number, _)| number.clone()).collect();
        (!live.is_empty()).then(|| self.dice.pick(&live).clone())
    }

    fn start(&mut self, doing: Doing) -> Option<Started> {
        self.number += 1;
        let number = self.number;
        let case = match doing {
            Doing::Record | Doing::Import => format!("R{number}"),
            Doing::Backup => String::new(),
            // Months of their own, so that all else goes on without a reason.
            Doing::Publish => format!("{}-{:02}", 2_000 + number / 12 % 25, number % 12 + 1),
            _ => self.some_case()?,
        };
        let text = format!("ghi chú {number}");
        let path = self.folder.path().join(match doing {
            Doing::Backup => format!("{number}.db"),
            Doing::Attach => format!("{number}.jpg"),
            _ => format!("{number}.csv"),
        });
        let file = path.display().to_string();
        let amount = format!("{number}000");
        let mut command = program(&self.place.address);
        match doing {
            Doing::Record => {
                command.args(["record", "--province", "Huế", "--agency", "Đội 1", "--goods", "bia"]).args([
                    "--case-no",
                    &case,
                    "--date",
                    "2026-02-28",
                    "--note",
                    &text,
                    "--fine",
                    "5tr",
                    "--seized",
                    "3tr",
                ])
            }
            Doing::Import => {
                fs::write(&path, rows(number)).unwrap();
                command.args(["import", &file])
            }
            Doing::Amend => command.args(["amend", &case, &format!("note={text}"), "--reason", "thử"]),
            Doing::Pay => command.args(["pay", &case, "--paid-on", "2026-03-05", "--paid", &amount]),
            Doing::Void => command.args(["void", &case, "--reason", "thử"]),
            Doing::Backup => command.args(["backup", &file]),
            Doing::Publish => command.args(["month", &case, "--publish", "--reason", "thử"]),
            Doing::Attach => {
                fs::write(&path, text.repeat(2_000)).unwrap();
                command.args(["attach", &case, &file])
            }
        };
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        Some(Started { doing, command, case, text, amount: number * 1_000, path })
    }

    /// Notes what must be there from now on, or may be.
    fn note(&mut self, started: &Started, acknowledged: bool) {
        let Started { doing, case, text, amount, path, .. } = started;
        let name = || path.file_name().unwrap().to_string_lossy().into_owned();
        match doing {
            Doing::Record if acknowledged => {
                let known = Known { note: Some(text.clone()), ..Known::default() };
                self.cases.insert(case.clone(), known);
            }
            Doing::Record => {}
            Doing::Import => self.imports.push((format!("I{}-", self.number), acknowledged)),
            Doing::Backup => self.backups.push((path.clone(), acknowledged)),
            Doing::Publish => self.published.push((case.clone(), acknowledged)),
            _ => {
                let known = self.cases.get_mut(case).unwrap();
                match doing {
                    Doing::Amend if acknowledged => {
                        known.note = Some(text.clone());
                        known.maybe_notes.clear();
                    }
                    Doing::Amend => known.maybe_notes.push(text.clone()),
                    Doing::Pay if acknowledged => known.paid.push(*amount),
                    Doing::Pay => known.maybe_paid.push(*amount),
                    Doing::Void => (known.is_void, known.maybe_void) = (acknowledged, !acknowledged),
                    Doing::Attach if acknowledged => drop(known.files.insert(name())),
                    _ => {}
                }
            }
        }
    }

    /// Lets one run to its end, so that it is known how long it takes.
    fn let_run(&mut self, doing: Doing) {
        let Some(mut started) = self.start(doing) else { return };
        let begun = Instant::now();
        let output = started.command.output().unwrap();
        self.took.insert(doing, begun.elapsed());
        assert!(output.status.success(), "{doing:?}: {}", stderr(&output));
        self.note(&started, true);
    }

    /// Starts one, and kills it at a moment by chance; tells whether it had
    /// acknowledged before.
    fn kill(&mut self) -> bool {
        let doing = *self.dice.pick(&DOINGS);
        let Some(mut started) = self.start(doing) else { return false };
        let most = u64::try_from(self.took[&doing].as_micros()).unwrap() * 3 / 2;
        let moment = Duration::from_micros(self.dice.below(most));
        let mut child = started.command.spawn().unwrap();
        std::thread::sleep(moment);
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        let acknowledged = output.status.success();
        assert!(acknowledged || output.status.code().is_none(), "{doing:?}: {}", stderr(&output));
        self.note(&started, acknowledged);
        acknowledged
    }

    /// Holds what is there against what must be.
    fn check(&mut self) {
        let (_, cases) = sound(&self.place.address);
        let by_no: BTreeMap<&str, &Case> =
            cases.iter().filter_map(|case| Some((case.case_no.as_deref()?, case))).collect();
        for (number, known) in &self.cases {
            let case =
                by_no.get(number.as_str()).unwrap_or_else(|| panic!("{number} was acknowledged and is not there"));
            known.check(case);
        }
        for (prefix, acknowledged) in &self.imports {
            let there = by_no.keys().filter(|number| number.starts_with(prefix.as_str())).count();
            assert!(there == ROWS || (there == 0 && !acknowledged), "{prefix}: {there} of an import's cases are there");
        }
        let there = Store::open(&self.place.address).unwrap().publications().unwrap();
        let there: Vec<String> = there.into_iter().map(|made| made.body.counting.month.to_string()).collect();
        for (month, acknowledged) in &self.published {
            assert!(!acknowledged || there.contains(month), "{month} was published and is not there: {there:?}");
        }
        for (path, acknowledged) in std::mem::take(&mut self.backups) {
            assert!(path.exists() || !acknowledged, "{} was acknowledged and is not there", path.display());
            if path.exists() {
                sound(&path.display().to_string());
            }
        }
    }
}

impl Known {
    fn check(&self, case: &Case) {
        let note = case.note.clone();
        assert!(
            note == self.note || self.maybe_notes.contains(&note.clone().unwrap_or_default()),
            "{case:?}: {self:?}"
        );
        let mut paid: Vec<Decimal> = case.payments.iter().map(|payment| payment.amount.value).collect();
        for amount in &self.paid {
            let at = paid.iter().position(|there| *there == Decimal::from(*amount));
            paid.remove(at.unwrap_or_else(|| panic!("{case:?}: a payment of {amount} was acknowledged")));
        }
        assert!(paid.iter().all(|amount| self.maybe_paid.iter().any(|maybe| Decimal::from(*maybe) == *amount)));
        for name in &self.files {
            assert!(case.attachments.iter().any(|file| file.name == *name), "{case:?}: {name} was acknowledged");
        }
        assert!(case.void.is_some() == self.is_void || self.maybe_void, "{case:?}: {self:?}");
    }
}

/// A file of cases.
fn rows(number: u64) -> String {
    let row = |at: usize| format!("I{number}-{at},Huế,Đội 2,2026-02-27,bia,{}\n", 1_000_000 + at);
    let rows: String = (0..ROWS).map(row).collect();
    format!("case_no,province,agency,detected_on,goods,fine_amount\n{rows}")
}

/// Kills so many on one casebook; tells how many of them had acknowledged.
fn kill_many(kills: u64) -> u64 {
    let mut trial = Trial::new();
    for doing in DOINGS {
        trial.let_run(doing);
        trial.let_run(Doing::Record);
    }
    let mut acknowledged = 0;
    for at in 1..=kills {
        acknowledged += u64::from(trial.kill());
        if at % 10 == 0 || at == kills {
            trial.check();
        }
    }
    let (seen, cases) = sound(&trial.place.address);
    eprintln!("killed: {} cases are there, {} files are nobody's", cases.len(), seen.unused.len());
    acknowledged
}

#[test]
fn whatever_is_killed_leaves_a_whole_casebook_with_all_that_was_acknowledged() {
    let (casebooks, kills) = (tries(1, 20), 150);
    let acknowledged: u64 = (0..casebooks).map(|_| kill_many(kills)).sum();
    eprintln!("killed {} processes: {acknowledged} had acknowledged", casebooks * kills);
}
