//! Seals, backups, restoring, attachments, and counting over again.

use std::fs;
use std::path::{Path, PathBuf};

use casebook::domain::{Attachment, Change, Currency, Field, Seal, Stamp};
use casebook::store::{Error, FileError, Finding, LARGEST_ATTACHMENT, NewCasebook, Store, Work};
use chrono::{DateTime, TimeDelta};
use tempfile::TempDir;

use super::support::{
    Place, RECORD, case_with, entry, on_each_engine, postgres, reference, run, sqlite, stamp, stderr, stdout, vietnam,
};

fn amend(field: Field, value: &str) -> Change {
    Change::Amend(vec![(field, None, value.into())])
}

/// A casebook with cases in two provinces, and changes to them.
fn filled(place: &Place) -> Store {
    let mut store = place.create();
    for (number, province) in [("1", "Đồng Tháp"), ("2", "Huế"), ("3", "Huế")] {
        let case = case_with(&[("case_no", number), ("province", province), ("fine_amount", "25 triệu")]);
        store.record(&case, &stamp()).unwrap();
    }
    store.change("2", &amend(Field::Note, "nhà kho"), "thử", &stamp()).unwrap();
    store.change("3", &Change::Void("nhầm".into()), "nhầm", &stamp()).unwrap();
    store
}

fn found(store: &mut Store, seal: &Seal) -> Option<Finding> {
    store.verify_against(Some(seal), &mut |_| {}).unwrap().finding
}

#[test]
fn a_seal_shows_that_history_was_only_added_to() {
    on_each_engine(|place| {
        let mut store = filled(place);
        let seal = store.seal(&stamp()).unwrap();
        assert_eq!((seal.cases, seal.chains.len(), seal.currency.as_str()), (3, 3, "VND"));
        let verified = store.verify_against(Some(&seal), &mut |_| {}).unwrap();
        assert_eq!((verified.finding, verified.since_seal), (None, Some(0)));
        store.change("1", &amend(Field::Note, "thêm"), "thử", &stamp()).unwrap();
        store.record(&case_with(&[("province", "Cần Thơ"), ("agency", "Đội 1")]), &stamp()).unwrap();
        let verified = store.verify_against(Some(&seal), &mut |_| {}).unwrap();
        assert_eq!((verified.finding, verified.since_seal), (None, Some(3)), "an agency, a case, and a change");
    });
}

#[test]
fn history_that_was_cut_or_written_anew_is_found() {
    on_each_engine(|place| {
        let mut store = filled(place);
        let seal = store.seal(&stamp()).unwrap();
        let chain = seal.chains.iter().find(|chain| chain.province.as_deref() == Some("Huế")).unwrap();
        let short = Seal { chains: seal.chains.iter().map(longer_by_one).collect(), ..seal.clone() }.sealed();
        assert!(
            matches!(found(&mut store, &short), Some(Finding::CutShort { found, sealed, .. }) if found + 1 == sealed)
        );
        let head = if chain.head.starts_with('0') { "1" } else { "0" }.to_owned() + &chain.head[1..];
        let mut other = seal.clone();
        let last = other.chains.iter_mut().find(|one| one.chain == chain.chain).unwrap();
        last.head = head;
        assert_eq!(
            found(&mut store, &other.sealed()),
            Some(Finding::Rewritten { chain: "Huế".into(), number: chain.length })
        );
        drop(store);
        // A history that fits together, and is not the one that was sealed.
        let again = place.another();
        let mut rewritten = again.create();
        for number in ["1", "2"] {
            let case = case_with(&[("case_no", number), ("province", "Huế")]);
            rewritten.record(&case, &stamp()).unwrap();
        }
        assert_eq!(rewritten.verify().unwrap().finding, None);
        assert!(matches!(found(&mut rewritten, &seal), Some(Finding::Rewritten { .. } | Finding::CutShort { .. })));
        let later = Stamp { at: DateTime::UNIX_EPOCH + TimeDelta::days(1), ..stamp() };
        let mut foreign = Store::in_memory(&vietnam(), &later).unwrap();
        assert_eq!(found(&mut foreign, &seal), Some(Finding::OtherCasebook(seal.sealed_at)));
    });
}

fn longer_by_one(chain: &casebook::domain::SealedChain) -> casebook::domain::SealedChain {
    casebook::domain::SealedChain { length: chain.length + 1, ..chain.clone() }
}

#[test]
fn what_does_not_fit_together_is_not_sealed() {
    on_each_engine(|place| {
        drop(filled(place));
        place.tamper("update chain set length = length - 1 where length > 1");
        assert!(matches!(place.open().seal(&stamp()), Err(Error::Unsound(Finding::Hash { .. }))));
    });
}

#[test]
fn damaged_seals_are_refused_with_exit_code_3() {
    let place = sqlite();
    let folder = TempDir::new().unwrap();
    assert!(run(&place.address, &RECORD).status.success());
    let file = folder.path().join("niem-phong").display().to_string();
    assert!(run(&place.address, &["seal", "-o", &file]).status.success());
    let verify = |text: &str| {
        fs::write(&file, text).unwrap();
        let output = run(&place.address, &["verify", "--against", &file]);
        (output.status.code().unwrap(), stderr(&output))
    };
    let seal = fs::read_to_string(&file).unwrap();
    assert_eq!(verify(&seal).0, 0, "a file without an extension is JSON");
    assert_eq!(verify(&seal.replace("\"VND\"", "\"USD\"")).0, 3);
    assert_eq!(verify("Seal\n\nCasebook  12ab\n").0, 3);
    assert_eq!(verify("").0, 3);
    assert_eq!(run(&place.address, &["verify", "--against", "/no/such/file"]).status.code(), Some(1));
    let other = sqlite();
    assert!(run(&other.address, &RECORD).status.success());
    fs::write(&file, &seal).unwrap();
    let output = run(&other.address, &["verify", "--against", &file]);
    assert_eq!(output.status.code(), Some(6));
    assert!(stderr(&output).contains("not the casebook that was sealed"), "{}", stderr(&output));
}

/// A file in a folder, with some content.
fn photo(folder: &Path, name: &str, content: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path
}

/// Where the content of an attachment is kept beside a casebook.
fn kept(address: &str, attachment: &Attachment) -> PathBuf {
    let (part, name) = attachment.place();
    Path::new(&format!("{address}.files")).join(part).join(name)
}

#[test]
fn attachments_are_kept_once_and_come_out_as_they_were() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    let mut store = filled(&place);
    let one = photo(folder.path(), "ảnh 1.JPG", "một");
    let two = photo(folder.path(), "hai", "hai");
    let copy = photo(folder.path(), "bản sao.png", "một");
    let attached = store.attach("1", &[one.clone(), two], " kho  hàng ", &stamp()).unwrap();
    assert_eq!((attached.added.len(), attached.there.len(), attached.case.revision), (2, 0, 2));
    let first = attached.added[0].clone();
    assert_eq!((first.name.as_str(), first.bytes, first.note.as_deref()), ("ảnh 1.JPG", 5, Some("kho hàng")));
    assert!(kept(&place.address, &first).to_string_lossy().ends_with(".jpg"));
    let again = store.attach("1", &[one.clone(), copy], "", &stamp()).unwrap();
    assert_eq!((again.added.len(), again.there.len(), again.case.revision), (0, 2, 2), "nothing was added");
    let mut content = Vec::new();
    assert_eq!(store.take_out("1", "anh 1.jpg", &mut content).unwrap(), first);
    assert_eq!(content, "một".as_bytes());
    assert!(matches!(
        store.take_out("1", "ba", &mut content),
        Err(Error::File(FileError::NoAttachment { there, .. })) if there.len() == 2
    ));
    // What else happens to the case leaves them there.
    store.change("1", &amend(Field::Note, "x"), "thử", &stamp()).unwrap();
    store.change("1", &Change::Pay(entry(&[("paid_amount", "1tr")]).payments[0].clone()), "", &stamp()).unwrap();
    store.change("1", &amend(Field::Province, "Huế"), "thử", &stamp()).unwrap();
    store.change("1", &Change::Void("nhầm".into()), "nhầm", &stamp()).unwrap();
    assert_eq!(store.find("1").unwrap().attachments.len(), 2);
    assert!(matches!(store.attach("1", &[one], "", &stamp()), Err(Error::Refused(_))), "it is void");
    let verified = store.verify().unwrap();
    assert_eq!((verified.finding, verified.attachments, verified.unused.len()), (None, 2, 0));
}

#[test]
fn what_can_t_be_attached_is_said_and_nothing_is_kept() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    let mut store = filled(&place);
    let good = photo(folder.path(), "một.jpg", "một");
    let empty = photo(folder.path(), "trống.jpg", "");
    let large = folder.path().join("lớn.mp4");
    fs::File::create(&large).unwrap().set_len(LARGEST_ATTACHMENT + 1).unwrap();
    let mut attach = |case: &str, path: &Path| store.attach(case, &[good.clone(), path.to_owned()], "", &stamp());
    assert!(matches!(attach("1", &empty), Err(Error::File(FileError::Nothing(_)))));
    assert!(matches!(attach("1", folder.path()), Err(Error::File(FileError::Nothing(_)))));
    assert!(matches!(attach("1", &large), Err(Error::File(FileError::TooLarge { .. }))));
    assert!(matches!(attach("1", Path::new("/no/such")), Err(Error::File(FileError::Failed { .. }))));
    assert!(matches!(attach("none", &good), Err(Error::NoCase(_))));
    assert!(store.find("1").unwrap().attachments.is_empty());
    let verified = store.verify().unwrap();
    assert_eq!((verified.finding, verified.unused.len()), (None, 0));
    if let Some(place) = postgres() {
        let mut store = filled(&place);
        assert!(matches!(store.attach("1", &[good], "", &stamp()), Err(Error::File(FileError::NoFolder))));
    }
}

#[test]
fn verify_names_a_lost_or_changed_attachment_and_attaching_mends_it() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    let mut store = filled(&place);
    let one = photo(folder.path(), "một.jpg", "một");
    let attachment = store.attach("2", std::slice::from_ref(&one), "", &stamp()).unwrap().added.remove(0);
    let path = kept(&place.address, &attachment);
    let finding = |missing| Finding::Attachment { case: "2".into(), name: "một.jpg".into(), missing };
    fs::write(&path, "mộz").unwrap();
    assert_eq!(store.verify().unwrap().finding, Some(finding(false)));
    let mut content = Vec::new();
    assert!(matches!(store.take_out("2", "một.jpg", &mut content), Err(Error::File(FileError::Changed { .. }))));
    assert!(content.is_empty(), "nothing of it was written");
    fs::remove_file(&path).unwrap();
    assert_eq!(store.verify().unwrap().finding, Some(finding(true)));
    assert_eq!(store.attach("2", &[one], "", &stamp()).unwrap().there.len(), 1);
    fs::write(path.with_file_name("khác.jpg"), "khác").unwrap();
    let verified = store.verify().unwrap();
    assert_eq!((verified.finding, verified.unused.len()), (None, 1), "a file of nobody's is noted");
}

#[test]
fn a_backup_holds_all_and_is_one_plain_file() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    let mut store = filled(&place);
    let one = photo(folder.path(), "một.jpg", "một");
    store.attach("2", &[one], "", &stamp()).unwrap();
    let to = folder.path().join("bản sao.db");
    let backup = store.backup(&to, false, &mut |_| {}).unwrap();
    assert_eq!((backup.verified.cases, backup.verified.attachments), (3, 1));
    assert!(matches!(store.backup(&to, false, &mut |_| {}), Err(Error::File(FileError::There(_)))));
    store.record(&case_with(&[("case_no", "4")]), &stamp()).unwrap();
    store.backup(&to, true, &mut |_| {}).unwrap();
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["bản sao.db", "bản sao.db.files", "một.jpg"], "one file, and its attachments");
    let mut copy = Store::open(&to.display().to_string()).unwrap();
    let verified = copy.verify().unwrap();
    assert_eq!((verified.finding, verified.cases, verified.attachments), (None, 4, 1));
}

#[test]
fn a_backup_that_can_t_be_good_is_not_kept() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    let mut store = filled(&place);
    let one = photo(folder.path(), "một.jpg", "một");
    let attachment = store.attach("2", &[one], "", &stamp()).unwrap().added.remove(0);
    let to = folder.path().join("a.db");
    let own = PathBuf::from(&place.address);
    let wal = PathBuf::from(format!("{}-wal", place.address));
    for path in [own.clone(), wal] {
        assert!(matches!(store.backup(&path, true, &mut |_| {}), Err(Error::File(FileError::Own(_)))), "{path:?}");
    }
    fs::write(&to, "old").unwrap();
    fs::write(kept(&place.address, &attachment), "mộz").unwrap();
    let lacking = folder.path().join("lacking.db");
    let backup = store.backup(&lacking, false, &mut |_| {}).unwrap();
    assert!(matches!(backup.lost[..], [Finding::Attachment { missing: false, .. }]), "all else is kept");
    let output = run(&place.address, &["backup", &lacking.display().to_string(), "--force"]);
    assert!(output.status.code() == Some(6) && stderr(&output).contains("một.jpg"), "{}", stderr(&output));
    let again = folder.path().join("again.db").display().to_string();
    let restored = restore(&lacking, &again, false).unwrap();
    assert_eq!((restored.verified.cases, restored.lost.len()), (backup.verified.cases, 1), "and comes back");
    store.attach("2", &[photo(folder.path(), "một.jpg", "một")], "", &stamp()).unwrap();
    place.tamper("update cases set fine_amount = 1 where case_no = '1'");
    assert!(matches!(store.backup(&to, true, &mut |_| {}), Err(Error::Unsound(Finding::Case(_)))));
    let output = run(&place.address, &["backup", &to.display().to_string(), "--force"]);
    assert_eq!(output.status.code(), Some(6), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&to).unwrap(), "old", "what was there stays");
    let left = fs::read_dir(folder.path())
        .unwrap()
        .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
    assert_eq!(left.count(), 0, "nothing unfinished is left");
    if let Some(place) = postgres() {
        let mut store = filled(&place);
        assert!(matches!(store.backup(&to, true, &mut |_| {}), Err(Error::File(FileError::NotInAFile(_)))));
        let output = run(&place.address, &["backup", "a.db"]);
        assert!(output.status.code() == Some(2) && stderr(&output).contains("pg_dump"), "{}", stderr(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_backup_goes_where_a_link_leads_and_replaces_no_device() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    let mut store = filled(&place);
    let (link, real) = (folder.path().join("link.db"), folder.path().join("real.db"));
    std::os::unix::fs::symlink(&real, &link).unwrap();
    store.backup(&real, false, &mut |_| {}).unwrap();
    store.backup(&link, true, &mut |_| {}).unwrap();
    assert!(link.is_symlink() && real.is_file());
    let device = Path::new("/dev/null");
    assert!(matches!(store.backup(device, true, &mut |_| {}), Err(Error::File(FileError::NoFile(_)))));
    assert!(!device.is_file());
}

/// Files that are imported know nothing of photos, and take none away.
#[test]
fn imports_leave_attachments_alone() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    drop(filled(&place));
    let one = photo(folder.path(), "một.jpg", "một").display().to_string();
    for case in ["1", "3"] {
        let attached = run(&place.address, &["attach", case, &one]);
        assert_eq!(attached.status.success(), case == "1", "3 is void: {}", stderr(&attached));
    }
    let import = |name: &str, content: &str, arguments: &[&str]| {
        let file = photo(folder.path(), name, content).display().to_string();
        run(&place.address, &[&["import", &file, "--format", "json"], arguments].concat())
    };
    let shown = stdout(&run(&place.address, &["show", "1", "--format", "json"]));
    let again = import("again.json", &shown, &[]);
    let told: serde_json::Value = serde_json::from_str(&stdout(&again)).unwrap();
    assert_eq!((again.status.code(), &told["already_there"]), (Some(0), &1.into()), "{told} {}", stderr(&again));
    let row = "case_no,province,agency,detected_on,goods,note\n1,Đồng Tháp,Đội QLTT số 10,2026-02-28,hàng giả mạo nhãn hiệu,mới\n";
    let updated = import("update.csv", row, &["--update"]);
    assert!(updated.status.success(), "{}", stderr(&updated));
    let case = place.open().find("1").unwrap();
    assert_eq!((case.note.as_deref(), case.attachments.len()), (Some("mới"), 1));
    assert!(run(&place.address, &["void", "1", "--reason", "thử"]).status.success());
    let exported = stdout(&run(&place.address, &["export", "--with-void", "--format", "jsonl"]));
    let again = import("export.jsonl", &exported, &[]);
    let told: serde_json::Value = serde_json::from_str(&stdout(&again)).unwrap();
    assert_eq!(told["already_there"], 3, "{told} {}", stderr(&again));
}

#[test]
fn long_work_tells_how_far_it_is() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    let mut store = filled(&place);
    store.attach("2", &[photo(folder.path(), "một.jpg", "một")], "", &stamp()).unwrap();
    let mut told = Vec::new();
    store.verify_against(None, &mut |progress| told.push(progress)).unwrap();
    let works: Vec<Work> = told.iter().map(|progress| progress.work).collect();
    assert_eq!(works, [Work::Database, Work::Journal, Work::Cases, Work::Totals, Work::Attachments]);
    assert!(told.iter().all(|progress| progress.of == 0 || progress.done <= progress.of), "{told:?}");
    told.clear();
    store.backup(&folder.path().join("a.db"), false, &mut |progress| told.push(progress)).unwrap();
    assert_eq!(told[0].work, Work::Copy);
    assert!(told[0].of > 0 && told.iter().any(|progress| progress.work == Work::Cases));
}

/// A writer that never stops neither waits for a backup nor keeps it from
/// ending, and what it writes meanwhile is in the backup wholly or not at all.
#[test]
fn a_steady_writer_and_a_backup_do_not_wait_for_each_other() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    drop(filled(&place));
    let over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let (mut store, mut written) = (place.open(), 0);
            while !over.load(std::sync::atomic::Ordering::Relaxed) {
                store.record(&case_with(&[]), &stamp()).unwrap();
                written += 1;
            }
            written
        });
        let mut seen = Vec::new();
        for n in 0..4 {
            let to = folder.path().join(format!("{n}.db"));
            seen.push(place.open().backup(&to, false, &mut |_| {}).unwrap().verified.cases);
        }
        over.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(writer.join().unwrap() > 0);
        assert!(seen.is_sorted(), "{seen:?}");
    });
}

fn restore(from: &Path, address: &str, force: bool) -> Result<casebook::store::Restored, Error> {
    Store::restore(from, address, force, &stamp(), &mut |_| {})
}

#[test]
fn a_restored_casebook_is_the_one_that_was_backed_up() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    let mut store = filled(&place);
    let one = photo(folder.path(), "một.jpg", "một");
    store.attach("2", &[one], "", &stamp()).unwrap();
    let seal = store.seal(&stamp()).unwrap();
    let backup = folder.path().join("backup.db");
    store.backup(&backup, false, &mut |_| {}).unwrap();
    let to = folder.path().join("new.db");
    let address = to.display().to_string();
    let restored = restore(&backup, &address, false).unwrap();
    assert_eq!((restored.kept, restored.verified.cases), (None, 3));
    let mut again = Store::open(&address).unwrap();
    let verified = again.verify_against(Some(&seal), &mut |_| {}).unwrap();
    assert_eq!((verified.finding, verified.attachments, verified.since_seal), (None, 1, Some(0)));
    again.record(&case_with(&[("case_no", "5")]), &stamp()).unwrap();
    assert!(matches!(restore(&backup, &address, false), Err(Error::File(FileError::WouldReplace(_)))));
    assert!(matches!(restore(&backup, &address, true), Err(Error::File(FileError::InUse(_)))), "it is open");
    drop(again);
    let kept = restore(&backup, &address, true).unwrap().kept.unwrap();
    assert!(kept.file_name().unwrap().to_string_lossy().contains("before-restore-1970"), "{kept:?}");
    for (path, cases) in [(&to, 3), (&kept, 4)] {
        let verified = Store::open(&path.display().to_string()).unwrap().verify().unwrap();
        assert_eq!((verified.finding, verified.cases, verified.attachments), (None, cases, 1), "{path:?}");
    }
    assert!(matches!(restore(&to, &address, true), Err(Error::File(FileError::Own(_)))));
    // A clock that stands still does not make two of one name.
    let again = restore(&backup, &address, true).unwrap().kept.unwrap();
    assert!(kept.exists() && again.exists() && kept != again, "{again:?}");
    assert!(matches!(
        restore(&backup, &folder.path().display().to_string(), true),
        Err(Error::File(FileError::NoFile(_)))
    ));
}

/// A log that was left beside a file that is gone would be taken for a part of
/// the new one.
#[test]
fn what_a_lost_casebook_left_behind_does_not_get_into_the_restored_one() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    let backup = folder.path().join("backup.db");
    filled(&place).backup(&backup, false, &mut |_| {}).unwrap();
    let mut store = place.open();
    store.record(&case_with(&[("case_no", "9")]), &stamp()).unwrap();
    // As after a power cut: the log is there, and nobody has it open.
    let to = folder.path().join("x.db");
    let log = |path: &Path| PathBuf::from(format!("{}-wal", path.display()));
    assert!(log(Path::new(&place.address)).exists());
    fs::copy(log(Path::new(&place.address)), log(&to)).unwrap();
    fs::write(format!("{}-journal", to.display()), "left").unwrap();
    restore(&backup, &to.display().to_string(), false).unwrap();
    let verified = Store::open(&to.display().to_string()).unwrap().verify().unwrap();
    assert_eq!((verified.finding, verified.cases), (None, 3));
    // One that is damaged beyond opening is replaced, and kept.
    fs::write(&to, "not a database, whatever it was").unwrap();
    fs::copy(log(Path::new(&place.address)), log(&to)).unwrap();
    let kept = restore(&backup, &to.display().to_string(), true).unwrap().kept.unwrap();
    assert_eq!(fs::read_to_string(&kept).unwrap(), "not a database, whatever it was");
    assert!(log(&kept).exists() && !log(&to).exists());
    assert_eq!(Store::open(&to.display().to_string()).unwrap().verify().unwrap().cases, 3);
}

#[test]
fn what_is_no_good_backup_is_not_restored() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    let to = folder.path().join("x.db").display().to_string();
    let notes = photo(folder.path(), "notes.db", "these are notes, not a database at all");
    assert!(matches!(restore(&notes, &to, false), Err(Error::NotACasebook(_))));
    assert!(matches!(restore(&folder.path().join("none.db"), &to, false), Err(Error::File(FileError::NoBackup(_)))));
    drop(filled(&place));
    place.tamper("update cases set goods_name = 'x'");
    assert!(matches!(restore(Path::new(&place.address), &to, false), Err(Error::Unsound(Finding::Case(_)))));
    assert!(!Path::new(&to).exists(), "nothing was made");
    let address = "postgres://db/cases";
    assert!(matches!(restore(&notes, address, true), Err(Error::File(FileError::NotInAFile(_)))));
}

#[test]
fn a_backup_of_an_older_version_is_brought_up() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    drop(filled(&place));
    let old = place.in_version_1();
    let before = fs::read(&old.address).unwrap();
    let to = folder.path().join("x.db").display().to_string();
    assert_eq!(restore(Path::new(&old.address), &to, false).unwrap().verified.cases, 3);
    assert_eq!(Store::open(&to).unwrap().verify().unwrap().finding, None);
    assert_eq!(fs::read(&old.address).unwrap(), before, "the backup is as it was");
}

#[test]
fn rebuilding_mends_totals_and_an_index_that_were_damaged() {
    on_each_engine(|place| {
        drop(filled(place));
        let damage: &[&str] = if place.is_postgres() {
            &["delete from search", "update search set words = 'x'"]
        } else {
            &[
                "insert into search (search) values ('delete-all')",
                "insert into search (rowid, words) values (99, 'x')",
                "delete from search_word",
                "update search_data set block = x'00' where id > 10",
                "delete from search_data",
            ]
        };
        let totals =
            ["delete from total", "update total set n = n + 1", "update total set amount = 7 where dimension = 3"];
        for sql in totals.iter().chain(damage) {
            place.tamper(sql);
            let mut store = place.open();
            assert!(store.verify().unwrap().finding.is_some(), "{sql}");
            store.rebuild(&mut |_| {}).unwrap();
            assert_eq!(store.verify().unwrap().finding, None, "{sql}");
        }
    });
}

/// Currencies and countries make no difference to what a seal says.
#[test]
fn a_seal_is_read_as_it_was_printed() {
    let usd = NewCasebook { currency: Currency::new("USD").unwrap(), reference: reference() };
    let mut store = Store::in_memory(&usd, &stamp()).unwrap();
    store.record(&case_with(&[("seized_value", "12.50 USD")]), &stamp()).unwrap();
    let seal = store.seal(&stamp()).unwrap();
    assert_eq!(seal.currency, "USD");
    let text = serde_json::to_string_pretty(&seal).unwrap();
    assert_eq!(Seal::read(&text), Ok(seal));
}

#[test]
fn attachments_and_backups_by_the_program() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    assert!(run(&place.address, &RECORD).status.success());
    let list = run(&place.address, &["list", "--format", "json"]);
    let cases: serde_json::Value = serde_json::from_str(&stdout(&list)).unwrap();
    let id = cases[0]["id"].as_str().unwrap();
    let one = photo(folder.path(), "một.jpg", "một").display().to_string();
    let output = run(&place.address, &["attach", id, &one, "--note", "kho", "--format", "json"]);
    let case: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((&case["attachments"][0]["name"], &case["attachments"][0]["bytes"]), (&"một.jpg".into(), &5.into()));
    let output = run(&place.address, &["attach", id, "--get", "một.jpg"]);
    assert_eq!(stdout(&output), "một");
    let out = folder.path().join("ra.jpg").display().to_string();
    assert!(run(&place.address, &["attach", id, "--get", "MOT.jpg", "-o", &out]).status.success());
    assert_eq!(fs::read_to_string(&out).unwrap(), "một");
    assert_eq!(run(&place.address, &["attach", id, "--get", "hai", "-o", &out]).status.code(), Some(4));
    assert_eq!(run(&place.address, &["attach", id]).status.code(), Some(2));
    let backup = folder.path().join("b.db").display().to_string();
    let output = run(&place.address, &["backup", &backup, "--format", "json"]);
    let seen: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((&seen["cases"], &seen["attachments"]), (&1.into(), &1.into()), "{}", stderr(&output));
    assert_eq!(run(&place.address, &["backup", &backup]).status.code(), Some(5));
    assert_eq!(run(&place.address, &["restore", &backup]).status.code(), Some(5));
    let output = run(&place.address, &["restore", &backup, "--force", "--format", "json"]);
    let seen: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert!(seen["kept"].as_str().unwrap().contains("before-restore"), "{seen}");
    assert!(run(&place.address, &["verify"]).status.success());
}

/// What SQLite left beside a file that is replaced would be replayed into the
/// new one.
#[test]
fn a_backup_is_not_mixed_with_what_was_left_beside_its_target() {
    let (place, folder) = (sqlite(), TempDir::new().unwrap());
    let mut store = filled(&place);
    let to = folder.path().join("đêm.db");
    store.backup(&to, false, &mut |_| {}).unwrap();
    let address = to.display().to_string();
    // A reader keeps what was written after the backup in the log, and ends
    // without putting it in its place.
    let left = folder.path().join("left");
    assert!(run(&address, &["list"]).status.success());
    {
        let reader = rusqlite::Connection::open(&to).unwrap();
        reader.execute_batch("begin; select count(*) from cases").unwrap();
        assert!(run(&address, &super::support::RECORD).status.success());
        let bytes = fs::copy(format!("{address}-wal"), &left).unwrap();
        assert!(bytes > 4_096, "the log holds the case: {bytes} bytes");
        assert!(matches!(store.backup(&to, true, &mut |_| {}), Err(Error::File(FileError::InUse(_)))));
    }
    fs::copy(&left, format!("{address}-wal")).unwrap();
    store.record(&case_with(&[("case_no", "9")]), &stamp()).unwrap();
    let made = store.backup(&to, true, &mut |_| {}).unwrap();
    let mut copy = Store::open(&address).unwrap();
    let verified = copy.verify().unwrap();
    assert_eq!((verified.finding, verified.cases), (None, made.verified.cases));
    assert!(copy.find("9").is_ok());
    // The same where the file itself is gone.
    let gone = folder.path().join("mất.db");
    fs::rename(&left, folder.path().join("mất.db-wal")).unwrap();
    assert!(matches!(store.backup(&gone, false, &mut |_| {}), Err(Error::File(FileError::There(_)))));
    let made = store.backup(&gone, true, &mut |_| {}).unwrap();
    assert!(!folder.path().join("mất.db-wal").exists(), "the log is gone");
    let mut copy = Store::open(&gone.display().to_string()).unwrap();
    let verified = copy.verify().unwrap();
    assert_eq!((verified.finding, verified.cases), (None, made.verified.cases));
    assert!(copy.find("9").is_ok(), "what fits together may still be another casebook");
}

/// Two casebooks that differ in their extension alone, restored in the same
/// second, keep their own photos.
#[test]
fn casebooks_beside_each_other_keep_their_own_attachments() {
    let folder = TempDir::new().unwrap();
    let (place, photos) = (sqlite(), TempDir::new().unwrap());
    let mut store = filled(&place);
    let attachment =
        store.attach("2", &[photo(photos.path(), "một.jpg", "một")], "", &stamp()).unwrap().added.remove(0);
    let backup = folder.path().join("sao.db");
    store.backup(&backup, false, &mut |_| {}).unwrap();
    let casebooks = ["sổ.db", "sổ.bak"].map(|name| folder.path().join(name).display().to_string());
    for _ in 0..3 {
        for address in &casebooks {
            restore(&backup, address, true).unwrap();
        }
    }
    for address in &casebooks {
        assert_eq!(fs::read_to_string(kept(address, &attachment)).unwrap(), "một");
        assert_eq!(Store::open(address).unwrap().verify().unwrap().finding, None);
    }
}

#[test]
fn a_line_of_no_case_is_found() {
    let place = sqlite();
    drop(filled(&place));
    place.tamper("insert into payment values (1, 9999, 1, 20260301, 5, 0)");
    assert!(matches!(place.open().verify().unwrap().finding, Some(Finding::Engine(said)) if said.contains("payment")));
}
