//! `backup` and `restore`.

use std::path::Path;

use serde_json::Value;

use super::failure::{Failure, finding_message};
use super::progress;
use super::safety_args::{BackupArgs, RestoreArgs};
use super::session::Session;
use super::verify::VerifiedView;
use crate::lang::Words;
use crate::render::{Page, Record, View};
use crate::store::{Finding, Store, Verified};

pub(super) fn run(session: &Session, args: &BackupArgs) -> Result<(), Failure> {
    let mut store = session.open()?;
    let backup = progress::shown(session, |told| store.backup(&args.file, args.force, told))?;
    session.say(&(session.words.safety.backed_up)(&args.file.display().to_string()));
    let paths = [("file", Some(args.file.as_path()))];
    session.show(&CopyView { verified: &backup.verified, paths: &paths, bytes: Some(backup.bytes) }, None)?;
    lacking(session, backup.lost)
}

pub(super) fn restore(session: &Session, args: &RestoreArgs) -> Result<(), Failure> {
    session.make_default_folder()?;
    let stamp = session.stamp_now();
    let restored = progress::shown(session, |told| Store::restore(&args.file, session.db(), args.force, &stamp, told))?;
    let said = &session.words.safety;
    session.say(&(said.restored)(&args.file.display().to_string(), &session.db_shown()));
    if let Some(kept) = &restored.kept {
        session.warn(&(said.kept)(&kept.display().to_string()));
    }
    let paths = [
        ("file", Some(args.file.as_path())),
        ("casebook", Some(Path::new(session.db()))),
        ("kept", restored.kept.as_deref()),
    ];
    session.show(&CopyView { verified: &restored.verified, paths: &paths, bytes: None }, None)?;
    lacking(session, restored.lost)
}

/// Says that a copy, which is kept, lacks attachments: not all is well.
fn lacking(session: &Session, lost: Vec<Finding>) -> Result<(), Failure> {
    let mut lost = lost.into_iter();
    let Some(first) = lost.next() else { return Ok(()) };
    session.warn(session.words.safety.lacking);
    lost.for_each(|finding| session.warn(&finding_message(&finding, session.words)));
    Err(Failure::Verification(first))
}

/// A copy that was made: which files, and what the check of it saw.
struct CopyView<'a> {
    verified: &'a Verified,
    paths: &'a [(&'static str, Option<&'a Path>)],
    bytes: Option<u64>,
}

impl View for CopyView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        VerifiedView { verified: self.verified, seal: None }.page(words)
    }

    fn json(&self) -> Value {
        self.records().into_iter().next().map_or(Value::Null, Value::Object)
    }

    fn records(&self) -> Vec<Record> {
        let mut record = Record::new();
        for (key, path) in self.paths {
            record.insert((*key).to_owned(), path.map(|path| path.display().to_string()).into());
        }
        if let Some(bytes) = self.bytes {
            record.insert("bytes".to_owned(), bytes.into());
        }
        for key in ["cases", "entries", "chains", "attachments"] {
            let seen = VerifiedView { verified: self.verified, seal: None }.json();
            record.insert(key.to_owned(), seen.get(key).cloned().unwrap_or_default());
        }
        vec![record]
    }
}
