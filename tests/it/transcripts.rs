//! Commands and what they print, as people read them. `TRYCMD=overwrite`
//! writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use super::support::folder;

/// Runs the commands of a page in a folder of its own.
fn run_page(page: &Path) {
    let place = tempfile::TempDir::new().unwrap();
    let name = page.file_stem().unwrap().to_str().unwrap();
    let copy = place.path().join(page.file_name().unwrap());
    fs::copy(page, &copy).unwrap();
    // These two make the commands run in a folder made for them.
    let here = place.path().join(format!("{name}.in"));
    fs::create_dir(&here).unwrap();
    for file in fs::read_dir(folder("tests/cmd/files")).unwrap() {
        let file = file.unwrap();
        // As the README names it, from the top of a checkout; pages by its name.
        let in_checkout = here.join("tests/cmd/files");
        fs::create_dir_all(&in_checkout).unwrap();
        fs::copy(file.path(), in_checkout.join(file.file_name())).unwrap();
        fs::copy(file.path(), here.join(file.file_name())).unwrap();
    }
    fs::create_dir(place.path().join(format!("{name}.out"))).unwrap();
    let nowhere = place.path().join("nowhere").display().to_string();
    let cases = trycmd::TestCases::new();
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        cases.env(variable, "C");
    }
    cases.env("XDG_CONFIG_HOME", &nowhere).env("XDG_DATA_HOME", &nowhere).env("HOME", &nowhere);
    // The journal goes by the clock, which must not have passed the days of a
    // page that tells of late entries.
    let today = if name == "doctor" { "2049-03-15" } else { "2026-03-15" };
    cases.env("CASEBOOK_DB", "cases.db").env("CASEBOOK_TODAY", today).env("CASEBOOK_USER", "an");
    cases.env("CASEBOOK_LANG", if name.ends_with("-vi") { "vi" } else { "en" });
    cases.case(&copy);
    cases.run();
    if std::env::var("TRYCMD").is_ok_and(|wish| wish == "overwrite") {
        fs::write(page, without_chance(&fs::read_to_string(&copy).unwrap())).unwrap();
    }
}

/// What differs from run to run, by its form (h a hexadecimal digit, d a
/// decimal one, a a letter), becomes `[..]`.
fn without_chance(text: &str) -> String {
    const FORMS: [&str; 8] = [
        "dddddddd-dddddd",
        "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh",
        "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh",
        "dddd-dd-ddTdd:dd:dd.dddZ",
        "dd/dd/dddd dd:dd",
        "dd aaa dddd dd:dd",
        "d aaa dddd dd:dd",
        "hhhhhhhh-hhhh",
    ];
    let has_form = |text: &str, form: &str| {
        text.len() >= form.len()
            && form.bytes().zip(text.bytes()).all(|(form, byte)| match form {
                b'h' => byte.is_ascii_hexdigit(),
                b'd' => byte.is_ascii_digit(),
                b'a' => byte.is_ascii_alphabetic(),
                other => byte == other,
            })
    };
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(first) = rest.chars().next() {
        if let Some(form) = FORMS.iter().find(|form| has_form(rest, form)) {
            kept.push_str("[..]");
            rest = &rest[form.len()..];
        } else {
            kept.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    kept
}

#[test]
fn commands_print_what_the_transcripts_say() {
    let entries = fs::read_dir(folder("tests/cmd")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    pages.sort();
    assert!(!pages.is_empty());
    for page in pages {
        run_page(&page);
    }
}

#[test]
fn the_readme_is_true() {
    run_page(&folder("README.md"));
}

/// The README's two commands of set-up are the ones that CI runs.
#[test]
fn ci_runs_what_the_readme_says() {
    let readme = fs::read_to_string(folder("README.md")).unwrap();
    let ci = fs::read_to_string(folder(".ci/run")).unwrap();
    for command in ["cargo run --release -- demo", "cargo test"] {
        assert!(readme.contains(command) && ci.contains(command), "{command}");
    }
}

/// A command that no page describes fails here.
#[test]
fn every_command_is_described() {
    let mut described = fs::read_to_string(folder("README.md")).unwrap();
    for entry in fs::read_dir(folder("tests/cmd")).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_file()) {
        described.push_str(&fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_casebook")).arg("--help").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        assert!(described.contains(&format!("casebook {name}")), "{name} is described nowhere");
    }
}
