//! Several processes at once, and processes that are killed.

use std::process::Stdio;
use std::time::Duration;

use super::support::{Place, RECORD, on_each_engine, program, run, sqlite, stderr, stdout};

fn verified_cases(place: &Place) -> i64 {
    let output = run(&place.address, &["verify", "--format", "json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let seen: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    seen["cases"].as_i64().unwrap()
}

/// All of them make the casebook, the agency and a case, and none fails.
#[test]
fn processes_that_record_at_once_all_succeed() {
    const PROCESSES: i64 = 8;
    on_each_engine(|place| {
        let children: Vec<_> = (0..PROCESSES)
            .map(|_| {
                let mut command = program(&place.address);
                command.args(RECORD).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", stderr(&output));
        }
        assert_eq!(verified_cases(place), PROCESSES);
    });
}

/// However a process ends, the casebook opens and fits together, and holds
/// whatever was acknowledged.
#[test]
fn a_killed_process_leaves_a_whole_casebook() {
    let kills = if std::env::var_os("CASEBOOK_LONG_TESTS").is_some() { 400 } else { 40 };
    let place = sqlite();
    assert!(run(&place.address, &["init"]).status.success());
    let mut acknowledged = 0;
    for at in 0..kills {
        let mut child =
            program(&place.address).args(RECORD).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(at * 400 % 16_000));
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        acknowledged += i64::from(stdout(&output).trim().len() == 36);
        if at % 10 == 9 {
            let there = verified_cases(&place);
            assert!(there >= acknowledged, "{acknowledged} were acknowledged, {there} are there");
        }
    }
    let there = verified_cases(&place);
    assert!(there >= acknowledged, "{acknowledged} were acknowledged, {there} are there");
    eprintln!("killed {kills} processes: {acknowledged} had acknowledged, {there} cases are there");
}
