//! The form in a terminal, as a person uses it.

use std::process::Command;

use rexpect::reader::Options;
use rexpect::session::{PtySession, spawn_with_options};

use super::support::{RECORD, program, run, sqlite, stderr, stdout};

const ENTER: &str = "\r";
const ESCAPE: &str = "\u{1b}";

/// The program in a terminal of 80 columns.
fn in_terminal(db: &str, arguments: &str) -> PtySession {
    let wanted = program(db);
    let mut command = Command::new("sh");
    command.env_clear();
    command.envs(wanted.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("TERM", "xterm").env("NO_COLOR", "1").env("PATH", "/usr/bin:/bin");
    let program = wanted.get_program().to_str().unwrap();
    command.arg("-c").arg(format!("stty cols 80 rows 40; '{program}' {arguments}; echo \"ended $?\"; stty -a"));
    let options = Options::new().timeout_ms(Some(20_000)).strip_ansi_escape_codes(true);
    spawn_with_options(command, options).unwrap()
}

/// Waits for a text. The library takes bytes for characters.
fn expect(terminal: &mut PtySession, text: &str) {
    let bytes: String = text.bytes().map(char::from).collect();
    terminal.exp_string(&bytes).unwrap_or_else(|error| panic!("{text}: {error}"));
}

/// Waits for a question, and types an answer.
fn answer(terminal: &mut PtySession, question: &str, keys: &str) {
    expect(terminal, question);
    terminal.send(keys).unwrap();
    terminal.flush().unwrap();
}

/// Waits for the end of the program: its code, and that the terminal is as it
/// was.
fn ended(mut terminal: PtySession, code: &str) {
    expect(&mut terminal, &format!("ended {code}"));
    // Raw, it would have "-icanon" and "-echo".
    terminal.exp_regex(r"[^-]icanon").unwrap();
    terminal.exp_eof().unwrap();
}

#[test]
fn a_case_is_recorded_in_a_terminal_with_a_step_back() {
    let place = sqlite();
    let mut terminal = in_terminal(&place.address, "record");
    answer(&mut terminal, "? Province:", "dong th\t\r");
    answer(&mut terminal, "? Commune:", ENTER);
    answer(&mut terminal, "? Agency:", "Đội QLTT số 1\r");
    answer(&mut terminal, "? Date of detection:", ESCAPE);
    answer(&mut terminal, "? Agency: Đội QLTT số 1", "0\r");
    answer(&mut terminal, "? Date of detection:", "28/2/2026\r");
    answer(&mut terminal, "? Case number:", "12/BB\r");
    for skipped in ["? Violation:", "? Offender:", "? Kind of offender:"] {
        answer(&mut terminal, skipped, ENTER);
    }
    answer(&mut terminal, "? Goods:", "rượu ngoại\r");
    for skipped in ["? Category:", "? Quantity:", "? Value of goods:", "? Goods (lot 2):", "? Seized value:"] {
        answer(&mut terminal, skipped, ENTER);
    }
    answer(&mut terminal, "? Fine:", "25tr\r");
    expect(&mut terminal, "25tr = 25,000,000 đồng");
    for default in ["? Date of decision:", "? Decision number:", "? Payment:", "? More fields", "? What now?"] {
        answer(&mut terminal, default, ENTER);
    }
    expect(&mut terminal, "Recorded 12/BB.");
    answer(&mut terminal, "? Another case?", "\u{1b}[B\r");
    ended(terminal, "0");
    let shown = stdout(&run(&place.address, &["show", "12/BB", "--format", "json"]));
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!((&shown["agency"], &shown["fine_amount"]), (&"Đội QLTT số 10".into(), &25_000_000.into()));
    assert_eq!((&shown["province"], &shown["decided_on"]), (&"Đồng Tháp".into(), &"2026-02-28".into()));
}

#[test]
fn ctrl_c_stores_nothing_and_gives_the_terminal_back() {
    let place = sqlite();
    let mut terminal = in_terminal(&place.address, "record");
    answer(&mut terminal, "? Province:", "Đồng Tháp\r");
    answer(&mut terminal, "? Commune:", ENTER);
    answer(&mut terminal, "? Agency:", "Đội QLTT số 1\u{3}");
    expect(&mut terminal, "Left. Nothing was stored.");
    ended(terminal, "130");
    assert!(!std::path::Path::new(&place.address).exists(), "no casebook is made for nothing");
}

#[test]
fn where_nobody_can_be_asked_the_flags_that_are_needed_are_named() {
    let place = sqlite();
    let output = run(&place.address, &["record"]);
    assert_eq!(output.status.code(), Some(2));
    for flag in ["--province", "--agency", "--date", "--goods"] {
        assert!(stderr(&output).contains(flag), "{}", stderr(&output));
    }
    let mut terminal = in_terminal(&place.address, "record --no-input");
    expect(&mut terminal, "--province");
    ended(terminal, "2");
    assert!(run(&place.address, &RECORD).status.success(), "with flags it never asks");
}
