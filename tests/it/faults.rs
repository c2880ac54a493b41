//! Bad input and bad places: a clear error with its exit code, and nothing
//! stored.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::support::{RECORD, on_each_engine, program, run, sqlite, stderr, stdout};

/// Runs `record` with some arguments in place of, or beside, good ones.
fn record_with(db: &str, changed: &[&str]) -> std::process::Output {
    let mut arguments: Vec<&str> = RECORD.to_vec();
    for pair in changed.chunks(2) {
        match arguments.iter().position(|argument| argument == &pair[0]) {
            Some(at) => arguments[at + 1] = pair[1],
            None => arguments.extend(pair),
        }
    }
    arguments.extend(["--format", "json"]);
    run(db, &arguments)
}

#[test]
fn bad_fields_are_named_with_their_value_and_nothing_is_stored() {
    let bad: [(&[&str], &str, &str); 22] = [
        (&["--fine", "-5"], "fine_amount", "negative"),
        (&["--fine", "2,5"], "fine_amount", "fraction"),
        (&["--fine", "25,000"], "fine_amount", "ambiguous"),
        (&["--seized", "đang định giá"], "seized_value", "not_a_number"),
        (&["--seized", "999999999999999999999"], "seized_value", "too_large"),
        (&["--fine", "5 USD"], "fine_amount", "currency"),
        (&["--date", "30/2/2026"], "detected_on", "impossible_date"),
        (&["--date", "2026-11-02"], "detected_on", "future"),
        (&["--date", "0026-02-02"], "detected_on", "too_early"),
        (&["--date", "28-2"], "detected_on", "not_a_date"),
        (&["--province", "Atlantis"], "province", "unknown"),
        (&["--province", "Quảng"], "province", "ambiguous"),
        (&["--decided-on", "2026-02-27", "--fine", "5tr"], "decided_on", "before"),
        (&["--detected-from", "2026-03-01"], "detected_from", "after"),
        (&["--quantity", "-1"], "quantity", "negative"),
        (&["--violation", "giả"], "violation", "ambiguous"),
        (&["--case-count", "0"], "case_count", "not_a_whole_number"),
        (&["--paid", "5tr", "--paid-on", "2026-03-01"], "paid_amount", "needs"),
        (&["--paid", "5tr", "--paid-on", ""], "paid_on", "missing"),
        (&["--paid", "0 đồng", "--paid-on", "2026-03-01"], "paid_amount", "zero"),
        (&["--case-count-bound", "at_least"], "case_count_bound", "needs"),
        (&["--goods", " "], "goods", "missing"),
    ];
    on_each_engine(|place| {
        assert!(run(&place.address, &["init"]).status.success());
        for (arguments, field, reason) in bad {
            let output = record_with(&place.address, arguments);
            assert_eq!(output.status.code(), Some(3), "{arguments:?}: {}", stderr(&output));
            let error: serde_json::Value = serde_json::from_str(&stderr(&output)).unwrap();
            assert_eq!(error["error"]["kind"], "invalid");
            let first = &error["error"]["fields"][0];
            assert_eq!((&first["field"], &first["reason"]), (&field.into(), &reason.into()), "{arguments:?}");
            assert!(stdout(&output).is_empty());
        }
        let output = run(&place.address, &["verify", "--format", "json"]);
        let seen: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!((&seen["cases"], &seen["entries"]), (&0.into(), &1.into()), "nothing but its making is there");
    });
}

#[test]
fn all_bad_fields_are_told_together_in_the_users_language() {
    let place = sqlite();
    let output = run(
        &place.address,
        &["--lang", "vi", "record", "--province", "Quảg Ninh", "--fine", "-1", "--date", "31/4/2026"],
    );
    assert_eq!(output.status.code(), Some(3));
    let said = stderr(&output);
    assert!(!Path::new(&place.address).exists(), "a case that is refused makes no casebook");
    for part in ["Có phải: Quảng Ninh", "số âm", "không có ngày này", "Đơn vị: bắt buộc", "Hàng hóa: bắt buộc"]
    {
        assert!(said.contains(part), "{part:?} is not in:\n{said}");
    }
}

#[test]
fn what_is_no_casebook_is_left_as_it_is() {
    let folder = tempfile::TempDir::new().unwrap();
    let text = folder.path().join("notes.db");
    fs::write(&text, "these are notes, not a database at all, and they go on for a while").unwrap();
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("create table t (x); insert into t values (1)").unwrap();
    for path in [text, other] {
        let before = fs::read(&path).unwrap();
        let db = path.display().to_string();
        for arguments in [&["list"][..], &["init"], &RECORD, &["rebuild"]] {
            let output = run(&db, arguments);
            assert_eq!(output.status.code(), Some(3), "{arguments:?}: {}", stderr(&output));
            assert!(stderr(&output).contains("is not a casebook"));
        }
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_missing_casebook_is_said_and_how_to_make_it() {
    let place = sqlite();
    let output = run(&place.address, &["totals"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr(&output).contains("init"), "{}", stderr(&output));
    assert!(!Path::new(&place.address).exists());
    let output = run("/no/such/folder/x.db", &["init"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
}

/// A folder that can't be written, for a user that rights apply to.
#[cfg(unix)]
#[test]
fn a_read_only_folder_can_be_read_and_not_written() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::TempDir::new().unwrap();
    let db = folder.path().join("x.db").display().to_string();
    assert!(run(&db, &RECORD).status.success());
    let rights = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let old = folder.path().join("old.db").display().to_string();
    let place = sqlite();
    drop(place.create());
    fs::copy(place.in_version_1().address.clone(), &old).unwrap();
    rights(Path::new(&db), 0o444);
    rights(Path::new(&old), 0o444);
    rights(folder.path(), 0o555);
    let is_root = fs::write(folder.path().join("probe"), "").is_ok();
    if is_root {
        // Rights do not bind root: run as nobody, where that can be done.
        rights(folder.path(), 0o755);
        fs::remove_file(folder.path().join("probe")).unwrap();
        rights(folder.path(), 0o555);
    }
    let run_bound = |arguments: &[&str]| {
        let mut command = if is_root { Command::new("runuser") } else { program(&db) };
        if is_root {
            let bin = copy_for_all(folder.path());
            command.args(["-u", "nobody", "--"]).arg(bin).env("CASEBOOK_DB", &db);
        }
        command.args(arguments).output()
    };
    match run_bound(&["verify"]) {
        Ok(output) => assert_eq!(output.status.code(), Some(0), "{}", stderr(&output)),
        Err(error) => {
            eprintln!("left out: a read-only folder, as rights do not bind here ({error})");
            return;
        }
    }
    let output = run_bound(&RECORD).unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("can't be written"), "{}", stderr(&output));
    // An older casebook must be brought up first, and can't be.
    let output = run_bound(&["list", "--db", &old]).unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("brought up to version 8"), "{}", stderr(&output));
    rights(folder.path(), 0o755);
    rights(Path::new(&db), 0o644);
    assert!(run(&db, &["verify"]).status.success());
}

/// The program where another user may run it.
#[cfg(unix)]
fn copy_for_all(beside: &Path) -> std::path::PathBuf {
    let bin = beside.with_extension("bin");
    if !bin.exists() {
        fs::copy(env!("CARGO_BIN_EXE_casebook"), &bin).unwrap();
    }
    bin
}

/// A file system that fills up, where one may be mounted.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::TempDir::new().unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=700k", "tmpfs"]).arg(folder.path()).status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("left out: a full disk, as no small file system can be mounted here");
        return;
    }
    let unmount = Unmount(folder.path());
    let db = folder.path().join("x.db").display().to_string();
    assert!(run(&db, &["init"]).status.success());
    let note = "ghi chú ".repeat(1_500);
    let mut recorded = 0;
    let said = loop {
        let mut arguments: Vec<&str> = RECORD.to_vec();
        arguments.extend(["--note", &note]);
        let output = run(&db, &arguments);
        if !output.status.success() {
            assert_eq!(output.status.code(), Some(1));
            break stderr(&output);
        }
        recorded += 1;
        assert!(recorded < 1_000, "the disk did not fill");
    };
    assert!(said.contains("disk is full") && said.contains("Nothing was stored"), "{said}");
    assert!(fs::write(folder.path().join("x.db-room"), "").is_ok());
    let output = run(&db, &["verify", "--format", "json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let seen: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(seen["cases"], recorded);
    drop(unmount);
}

#[cfg(target_os = "linux")]
struct Unmount<'a>(&'a Path);

#[cfg(target_os = "linux")]
impl Drop for Unmount<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_changed_byte_is_found_with_exit_code_6() {
    let place = sqlite();
    assert!(run(&place.address, &RECORD).status.success());
    place.tamper("update cases set goods_name = 'thuốc lá điếu'");
    let output = run(&place.address, &["verify", "--format", "json"]);
    assert_eq!(output.status.code(), Some(6));
    let error: serde_json::Value = serde_json::from_str(&stderr(&output)).unwrap();
    assert_eq!(error["error"]["kind"], "verification");
    assert!(error["error"]["message"].as_str().unwrap().contains("case 0"), "{error}");
}

#[test]
fn output_files_are_whole_and_follow_their_extension() {
    let place = sqlite();
    let folder = tempfile::TempDir::new().unwrap();
    assert!(run(&place.address, &RECORD).status.success());
    let file = |name: &str| folder.path().join(name).display().to_string();
    for (name, begins) in [("a.json", "{"), ("a.csv", "region,"), ("a.md", "# "), ("a.txt", "Total")] {
        assert!(run(&place.address, &["totals", "-o", &file(name)]).status.success());
        assert!(fs::read_to_string(file(name)).unwrap().starts_with(begins), "{name}");
    }
    let output = run(&place.address, &["totals", "-o", &file("a.odt")]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let output = run(&place.address, &["totals", "-o", "/no/such/folder/a.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4, "nothing unfinished is left");
}
