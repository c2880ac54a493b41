//! Copies of a casebook in a file: making one while others write, and making
//! a casebook of one.

use std::fs;
use std::path::{Path, PathBuf};

use super::engine::Engine;
use super::error::Error;
use super::file_error::FileError;
use super::files::{self, failed};
use super::progress::{Progress, Work};
use super::sqlite::Sqlite;
use super::verify::{Finding, Verified};
use super::{Store, is_postgres, schema, shown_address};
use crate::domain::{Attachment, Stamp};

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// What the check of it saw.
    pub verified: Verified,
    /// Its size in bytes, without attachments.
    pub bytes: u64,
    /// Attachments that it lacks, as their files were lost or changed before.
    pub lost: Vec<Finding>,
}

/// A casebook that was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the check of it saw.
    pub verified: Verified,
    /// Where the casebook that was there is kept.
    pub kept: Option<PathBuf>,
    /// Attachments that the backup lacked.
    pub lost: Vec<Finding>,
}

/// Files that SQLite may leave beside its own.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Takes away what SQLite leaves beside a copy that did not come to its end,
/// as on a disk that is full.
struct Sweep(PathBuf);

impl Drop for Sweep {
    fn drop(&mut self) {
        for end in BESIDE {
            // Most often there is nothing.
            let _ = fs::remove_file(with_end(&self.0, end));
        }
    }
}

impl Store {
    /// Copies the casebook into a file while others may write, and checks the
    /// copy: one that does not fit together is not kept. A photo that was lost
    /// before keeps nobody from having a copy of all else. The copy is one
    /// state of the casebook, held from the first page to the last, so that
    /// no writer is kept waiting and none makes it begin again.
    pub fn backup(&mut self, to: &Path, force: bool, told: &mut dyn FnMut(Progress)) -> Result<BackedUp, Error> {
        let own = self.engine.file().map(Path::to_owned);
        let own = own.ok_or_else(|| FileError::NotInAFile(self.engine.shown()))?;
        let to = &*target(to)?;
        if is_of(to, &own) {
            return Err(FileError::Own(to.to_owned()).into());
        }
        let left = BESIDE.iter().map(|end| with_end(to, end)).find(|beside| beside.exists());
        if let Some(there) = Some(to.to_owned()).filter(|to| to.exists()).or(left)
            && !force
        {
            return Err(FileError::There(there).into());
        }
        if to.exists() {
            // Whether others have it open is told before the long work.
            drop(hold_alone(to)?);
        }
        let file = files::beside(files::parent(to), &own)?;
        let _sweep = Sweep(file.path().to_owned());
        let attachments = self.read(|store| {
            // The first thing that is read fixes the state.
            let attachments = store.kept_files()?;
            let mut pages = |done, of| told(Progress { work: Work::Copy, done, of });
            store.engine.copy_to(file.path(), &mut pages)?;
            Ok(attachments)
        })?;
        let (from, folder) = (files::folder_of(&own), files::folder_of(to));
        if from == folder && !attachments.is_empty() {
            return Err(FileError::Own(folder).into());
        }
        let of = attachments.values().map(|(_, attachment)| attachment.bytes).sum();
        let (mut done, mut lost) = (0, Vec::new());
        for (case, attachment) in attachments.values() {
            told(Progress { work: Work::Attachments, done, of });
            lost.extend(copied(case, attachment, &from, &folder)?);
            done += attachment.bytes;
        }
        let mut copy = Self::of_copy(file.path(), folder)?;
        let verified = sound(copy.verify_against(None, told)?, !lost.is_empty())?;
        drop(copy);
        let bytes = file.as_file().metadata().map_err(failed(to))?.len();
        if force {
            let held = if to.exists() { hold_alone(to)? } else { None };
            // What SQLite would take for a part of the new file.
            for beside in BESIDE.iter().map(|end| with_end(to, end)).filter(|beside| held.is_none() && beside.exists())
            {
                fs::remove_file(&beside).map_err(failed(&beside))?;
            }
            files::put(file, to)?;
            drop(held);
        } else if !files::put_new(file, to)? {
            return Err(FileError::There(to.to_owned()).into());
        }
        Ok(BackedUp { verified, bytes, lost })
    }

    /// A copy that nobody else has, to be read as it is.
    fn of_copy(path: &Path, files: PathBuf) -> Result<Self, Error> {
        let mut store = Self::read_in(Box::new(Sqlite::unchanging(path)?))?;
        store.files = Some(files);
        Ok(store)
    }

    /// Makes the casebook at an address from a backup, which is checked first.
    /// A casebook that is there is in the way, unless `force` is given: then
    /// it is kept under another name.
    pub fn restore(
        from: &Path,
        address: &str,
        force: bool,
        stamp: &Stamp,
        told: &mut dyn FnMut(Progress),
    ) -> Result<Restored, Error> {
        if is_postgres(address) {
            return Err(FileError::NotInAFile(shown_address(address)).into());
        }
        if !from.exists() {
            return Err(FileError::NoBackup(from.to_owned()).into());
        }
        let to = target(Path::new(address))?;
        if is_of(from, &to) || is_of(&to, from) {
            return Err(FileError::Own(to).into());
        }
        if to.exists() && !force {
            return Err(FileError::WouldReplace(to).into());
        }
        if to.exists() {
            // Whether others have it open is told before the long work.
            drop(hold_alone(&to)?);
        }
        let file = files::beside(files::parent(&to), if to.exists() { &to } else { from })?;
        let _sweep = Sweep(file.path().to_owned());
        copy_backup(from, file.path(), told)?;
        let (backups, folder) = (files::folder_of(from), files::folder_of(&to));
        let (verified, attachments) = check_restored(file.path(), &backups, told)?;
        let mut lost = Vec::new();
        for (case, attachment) in &attachments {
            lost.extend(copied(case, attachment, &backups, &folder)?);
        }
        let kept = replace(file, &to, &folder, stamp)?;
        Ok(Restored { verified, kept, lost })
    }
}

/// Copies a backup into a new file, as SQLite reads it.
fn copy_backup(from: &Path, to: &Path, told: &mut dyn FnMut(Progress)) -> Result<(), Error> {
    let mut backup = Sqlite::open(from, false)?;
    if !schema::is_there(&mut backup)? {
        return Err(Error::NotACasebook(from.display().to_string()));
    }
    backup.copy_to(to, &mut |done, of| told(Progress { work: Work::Copy, done, of }))
}

/// Brings a copy of a backup up to the current schema, and checks it; tells
/// its attachments.
fn check_restored(
    path: &Path,
    files: &Path,
    told: &mut dyn FnMut(Progress),
) -> Result<(Verified, Vec<(String, Attachment)>), Error> {
    let mut store = Store::load(Box::new(Sqlite::open(path, false)?))?;
    store.files = Some(files.to_owned());
    // What lacks a photo is better than nothing.
    let verified = sound(store.verify_against(None, told)?, true)?;
    let attachments = store.kept_files()?.into_values().collect();
    store.engine.make_plain()?;
    Ok((verified, attachments))
}

/// Puts a restored casebook in its place; what was there is kept.
fn replace(file: tempfile::NamedTempFile, to: &Path, folder: &Path, stamp: &Stamp) -> Result<Option<PathBuf>, Error> {
    let held = if to.exists() { hold_alone(to)? } else { None };
    let left = BESIDE.iter().any(|end| with_end(to, end).exists());
    let kept = (to.exists() || left).then(|| kept_name(to, stamp));
    if let Some(kept) = &kept {
        // Both have their attachments.
        files::link_all(folder, &files::folder_of(kept))?;
        // What SQLite would take for a part of the new file goes along with
        // the old one.
        for end in BESIDE {
            let beside = with_end(to, end);
            if held.is_none() && beside.exists() {
                fs::rename(&beside, with_end(kept, end)).map_err(failed(&beside))?;
            }
        }
        // At no moment is there none: the old one has two names until the new
        // one takes its place.
        if to.exists() && fs::hard_link(to, kept).is_err() {
            fs::rename(to, kept).map_err(failed(kept))?;
        }
    }
    if to.exists() {
        files::put(file, to)?;
    } else if !files::put_new(file, to)? {
        return Err(FileError::WouldReplace(to.to_owned()).into());
    }
    drop(held);
    Ok(kept.filter(|kept| kept.exists()))
}

/// Takes hold of the casebook that is to be replaced, so that nobody writes
/// into it; nothing if it is too damaged for that.
fn hold_alone(path: &Path) -> Result<Option<Sqlite>, Error> {
    match Sqlite::alone(path) {
        Ok(held) => Ok(Some(held)),
        Err(Error::Busy(_)) => Err(FileError::InUse(path.to_owned()).into()),
        Err(error) => {
            log::info!("replacing what can't be opened: {error}");
            Ok(None)
        }
    }
}

/// `cases.before-restore-20260228-101500.db`, which nothing is called yet.
fn kept_name(path: &Path, stamp: &Stamp) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let extension = path.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    let at = stamp.at.format("%Y%m%d-%H%M%S");
    let name = |more: u32| {
        let more = if more == 0 { String::new() } else { format!("-{more}") };
        path.with_file_name(format!("{stem}.before-restore-{at}{more}{extension}"))
    };
    (0..1_000).map(name).find(|path| !path.exists() && !files::folder_of(path).exists()).unwrap_or_else(|| name(0))
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// The file that is to be made or replaced: what a link leads to. A device or
/// a folder is never replaced.
fn target(path: &Path) -> Result<PathBuf, Error> {
    if path.exists() && !path.is_file() {
        return Err(FileError::NoFile(path.to_owned()).into());
    }
    Ok(if path.is_symlink() { files::followed(path) } else { path.to_owned() })
}

/// Whether a path is that of a casebook, or of what SQLite keeps beside it.
fn is_of(path: &Path, casebook: &Path) -> bool {
    let (path, casebook) = (files::followed(path), files::followed(casebook));
    path == casebook || BESIDE.iter().any(|end| path == with_end(&casebook, end))
}

/// What a check saw, if all fits; attachments, which are looked at when all
/// else fits, may be allowed to be lost.
fn sound(mut verified: Verified, may_lack: bool) -> Result<Verified, Error> {
    match verified.finding.take() {
        Some(Finding::Attachment { .. }) if may_lack => Ok(verified),
        Some(finding) => Err(Error::Unsound(finding)),
        None => Ok(verified),
    }
}

/// Copies an attachment, unless its file is not what was attached: then that
/// is told.
fn copied(case: &str, attachment: &Attachment, from: &Path, to: &Path) -> Result<Option<Finding>, Error> {
    match files::copy_attachment(attachment, from, to) {
        Err(Error::File(FileError::Changed { path, .. })) => Ok(Some(Finding::attachment(case, attachment, &path))),
        copied => copied.map(|()| None),
    }
}
