use std::path::PathBuf;

use thiserror::Error as ThisError;

/// Why a file beside the casebook, or a copy of it, can't be had.
#[derive(Debug, ThisError)]
pub enum FileError {
    /// The system failed on a file.
    #[error("{}: {said}", path.display())]
    Failed {
        /// The file.
        path: PathBuf,
        /// What the system says.
        said: String,
    },
    /// Attachments are kept beside a file, and this casebook is none.
    #[error("attachments need a casebook in a file")]
    NoFolder,
    /// Only a casebook in a file is copied by this program.
    #[error("{0} is no file")]
    NotInAFile(String),
    /// There is nothing in the file, or it is no plain file.
    #[error("{} is empty, or no file", .0.display())]
    Nothing(PathBuf),
    /// The file is larger than what is kept.
    #[error("{} has {bytes} bytes, more than {most}", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// The largest allowed.
        most: u64,
    },
    /// The case has no such attachment.
    #[error("there is no attachment {wanted:?}")]
    NoAttachment {
        /// What was asked for.
        wanted: String,
        /// What there is.
        there: Vec<String>,
    },
    /// Several attachments are called so.
    #[error("{wanted:?} could be any of {candidates:?}")]
    ManyAttachments {
        /// What was asked for.
        wanted: String,
        /// What it could be.
        candidates: Vec<String>,
    },
    /// The file of an attachment is gone, or not what it was.
    #[error("the file of the attachment {name:?} is not what was attached: {}", path.display())]
    Changed {
        /// The attachment.
        name: String,
        /// The file.
        path: PathBuf,
    },
    /// There is no file to restore from.
    #[error("there is no file {}", .0.display())]
    NoBackup(PathBuf),
    /// What was to be replaced is a folder, or a device.
    #[error("{} is no plain file", .0.display())]
    NoFile(PathBuf),
    /// There is a file already where a backup was to be made.
    #[error("there is a file {} already", .0.display())]
    There(PathBuf),
    /// There is a casebook already where one was to be restored.
    #[error("there is a casebook at {} already", .0.display())]
    WouldReplace(PathBuf),
    /// The backup and the casebook would be one, or share their attachments.
    #[error("{} is the casebook's own", .0.display())]
    Own(PathBuf),
    /// Others have the casebook open that was to be replaced.
    #[error("{} is in use", .0.display())]
    InUse(PathBuf),
}
