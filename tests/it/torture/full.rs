//! Disks that fill up, and files that may not grow.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::{Dice, sound, tries, unfinished};
use crate::support::{RECORD, TODAY, run, sqlite, stderr};

/// What is tried with too little room: the name, and the arguments, in which
/// `@` stands for a folder.
const WRITES: [(&str, &[&str]); 5] = [
    (
        "record",
        &[
            "record",
            "--province",
            "Huế",
            "--agency",
            "Đội 1",
            "--date",
            "2026-02-28",
            "--goods",
            "bia",
            "--note",
            "@note",
        ],
    ),
    ("import", &["import", "@/rows.csv"]),
    ("amend", &["amend", "1/BB", "note=@note", "--reason", "thử"]),
    ("backup", &["backup", "@/full.db", "--force"]),
    ("attach", &["attach", "1/BB", "@/photo.jpg"]),
];

/// So many writes on one disk, or casebook.
const TRIES: u64 = 25;

fn arguments(write: &[&str], folder: &Path, note: &str) -> Vec<String> {
    let folder = folder.display().to_string();
    write.iter().map(|one| one.replace("@note", note).replace('@', &folder)).collect()
}

/// A casebook with a case to be changed, a file to be imported and one to be
/// attached, both apart from it.
fn begin(db: &str, apart: &Path) {
    assert!(run(db, &[&RECORD[..], &["--case-no", "1/BB"]].concat()).status.success());
    let row = |at: usize| format!("{at},Huế,Đội 2,2026-02-27,{},1000000\n", "bia ".repeat(100));
    let rows: String = (0..300).map(row).collect();
    fs::write(apart.join("rows.csv"), format!("case_no,province,agency,detected_on,goods,fine_amount\n{rows}"))
        .unwrap();
    fs::write(apart.join("photo.jpg"), vec![7; 300_000]).unwrap();
}

/// What was refused must have said so, and left nothing half done.
fn refused(output: &Output, name: &str) {
    assert_eq!(output.status.code(), Some(1), "{name}: {}", stderr(output));
    assert!(!stderr(output).is_empty(), "{name}");
}

/// A file system of so many kilobytes; gone when dropped.
#[cfg(target_os = "linux")]
struct Disk(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl Disk {
    fn mount(kilobytes: u64) -> Option<Self> {
        let folder = tempfile::TempDir::new().unwrap();
        let size = format!("size={kilobytes}k");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

/// Tries one disk; tells how many writes failed, and how many did not.
#[cfg(target_os = "linux")]
fn fill_one(disk: &Disk, dice: &mut Dice) -> [u64; 2] {
    let (folder, apart) = (disk.0.path(), tempfile::TempDir::new().unwrap());
    let db = folder.join("x.db").display().to_string();
    begin(&db, apart.path());
    fs::create_dir(folder.join("out")).unwrap();
    let note = "ghi chú ".repeat(1_200);
    let (mut failed, mut done) = (0, 0);
    for at in 0..TRIES {
        let (name, write) = WRITES[usize::try_from(at).unwrap() % WRITES.len()];
        // A backup goes to the same disk; what is read comes from elsewhere.
        let from = if name == "backup" { folder.join("out") } else { apart.path().to_owned() };
        fs::write(apart.path().join("photo.jpg"), vec![u8::try_from(at % 251).unwrap(); 300_000]).unwrap();
        let before = sound(&db).1;
        let room = dice.below(400_000);
        fill(&folder.join("filler"), room);
        let output =
            run(&db, &arguments(write, &from, &format!("{at} {note}")).iter().map(String::as_str).collect::<Vec<_>>());
        fs::remove_file(folder.join("filler")).unwrap();
        if output.status.success() {
            done += 1;
        } else {
            refused(&output, name);
            let said = stderr(&output);
            assert!(said.contains("disk is full") || said.contains("No space"), "{name}: {said}");
            assert_eq!(sound(&db).1, before, "{name}, with room for {room} bytes: nothing was stored");
            failed += 1;
        }
        let copy = folder.join("out/full.db");
        if copy.exists() {
            sound(&copy.display().to_string());
        }
        assert_eq!(unfinished(folder) + unfinished(&folder.join("out")), 0, "{name}: nothing unfinished is left");
    }
    sound(&db);
    [failed, done]
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_costs_nothing_that_was_acknowledged() {
    let (mut dice, mut all) = (Dice::new("full disks"), [0, 0]);
    for _ in 0..tries(1, 24) {
        let Some(disk) = Disk::mount(8_000) else {
            eprintln!("left out: disks that fill up, as no small file system can be mounted here");
            return;
        };
        let [failed, done] = fill_one(&disk, &mut dice);
        all = [all[0] + failed, all[1] + done];
    }
    let [failed, done] = all;
    assert!(failed > 0 && done > 0, "{failed} failed, {done} did not");
    eprintln!("filled a disk {} times: {failed} writes had no room, and left everything as it was", failed + done);
}

/// Fills a disk but for so much room.
#[cfg(target_os = "linux")]
fn fill(filler: &Path, room: u64) {
    use std::io::Write;
    let mut file = fs::File::create(filler).unwrap();
    let mut size = 0;
    while file.write_all(&[0; 4_096]).is_ok() {
        size += 4_096;
    }
    file.set_len(u64::saturating_sub(size, room)).unwrap();
}

/// Tries one casebook; tells how many writes failed, were ended, and fitted.
#[cfg(unix)]
fn limit_one(dice: &mut Dice) -> [u64; 3] {
    let (place, apart) = (sqlite(), tempfile::TempDir::new().unwrap());
    begin(&place.address, apart.path());
    let note = "ghi chú ".repeat(1_200);
    let (mut failed, mut ended, mut done) = (0, 0, 0);
    for at in 0..TRIES {
        let (name, write) = WRITES[usize::try_from(at).unwrap() % WRITES.len()];
        fs::write(apart.path().join("photo.jpg"), vec![u8::try_from(at % 251).unwrap(); 300_000]).unwrap();
        let before = sound(&place.address).1;
        // Those that were ended on the spot may have left something.
        let left = unfinished(apart.path());
        // In blocks of 512 bytes, as sh counts them.
        let blocks = dice.below(fs::metadata(&place.address).unwrap().len() / 512 + 200);
        let ignored = dice.below(2) == 0;
        let trap = if ignored { "trap '' XFSZ; " } else { "" };
        let script = format!("{trap}ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let mut limited = Command::new("sh");
        limited.args(["-c", &script, env!("CARGO_BIN_EXE_casebook")]);
        limited.args(arguments(write, apart.path(), &format!("{at} {note}")));
        limited.env_clear().env("CASEBOOK_DB", &place.address).env("CASEBOOK_TODAY", TODAY).env("CASEBOOK_USER", "an");
        let output = limited.output().unwrap();
        match output.status.code() {
            Some(0) => done += 1,
            Some(_) => {
                refused(&output, name);
                failed += 1;
            }
            None => ended += 1,
        }
        let after = sound(&place.address).1;
        if output.status.code() == Some(1) {
            assert_eq!(after, before, "{name}, up to {blocks} blocks: {}", stderr(&output));
            assert_eq!(unfinished(apart.path()), left, "{name}: nothing unfinished is left");
        }
        let copy = apart.path().join("full.db");
        if copy.exists() {
            sound(&copy.display().to_string());
        }
    }
    [failed, ended, done]
}

/// A size that no file may pass stops a write like a disk that is full, or, as
/// the system has it, ends the process on the spot.
#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files_costs_nothing_that_was_acknowledged() {
    let (mut dice, mut all) = (Dice::new("files that may not grow"), [0, 0, 0]);
    for _ in 0..tries(1, 24) {
        let one = limit_one(&mut dice);
        all = std::array::from_fn(|at| all[at] + one[at]);
    }
    let [failed, ended, done] = all;
    assert!(failed > 0, "{failed} failed, {ended} were ended, {done} did their work");
    eprintln!(
        "limited files {} times: {failed} writes failed, {ended} were ended, {done} fitted",
        failed + ended + done
    );
}
