//! What went wrong with files beside the casebook, and copies of it.

use super::failure::Kind;
use crate::lang::Words;
use crate::store::FileError;

pub(super) fn file_kind(error: &FileError) -> Kind {
    match error {
        FileError::Failed { .. } => Kind::Failed,
        FileError::NoFolder | FileError::NotInAFile(_) => Kind::Usage,
        FileError::NoFile(_) | FileError::Nothing(_) | FileError::TooLarge { .. } => Kind::Invalid,
        FileError::NoAttachment { .. } | FileError::NoBackup(_) => Kind::NotFound,
        FileError::Changed { .. } => Kind::Verification,
        FileError::ManyAttachments { .. }
        | FileError::There(_)
        | FileError::WouldReplace(_)
        | FileError::Own(_)
        | FileError::InUse(_) => Kind::Conflict,
    }
}

pub(super) fn file_message(error: &FileError, words: &Words) -> String {
    let said = &words.safety;
    match error {
        FileError::Failed { path, said: why } => (said.file_failed)(&path.display().to_string(), why),
        FileError::NoFolder => said.no_folder.to_owned(),
        FileError::NotInAFile(address) => (said.not_in_a_file)(address),
        FileError::Nothing(path) => (said.nothing)(&path.display().to_string()),
        FileError::TooLarge { path, bytes, most } => (said.too_large)(&path.display().to_string(), *bytes, *most),
        FileError::NoAttachment { wanted, there } => (said.no_attachment)(wanted, &there.join("; ")),
        FileError::ManyAttachments { wanted, candidates } => (said.many_attachments)(wanted, &candidates.join("; ")),
        FileError::Changed { name, path } => (said.changed)(name, &path.display().to_string()),
        FileError::NoBackup(path) => (said.no_backup)(&path.display().to_string()),
        FileError::NoFile(path) => (said.no_file)(&path.display().to_string()),
        FileError::There(path) => (said.there)(&path.display().to_string()),
        FileError::WouldReplace(path) => (said.would_replace)(&path.display().to_string()),
        FileError::Own(path) => (said.own)(&path.display().to_string()),
        FileError::InUse(path) => (said.in_use)(&path.display().to_string()),
    }
}
