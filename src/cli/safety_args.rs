//! The arguments of what keeps a casebook safe: `verify`, `rebuild`, `backup`,
//! `restore` and `attach`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// Documents made by month or totals: their figures are compared, and not the whole casebook
    #[arg(value_name = "REPORT", conflicts_with = "against")]
    pub(super) files: Vec<PathBuf>,
    /// A seal, in JSON: history must have been only added to since
    #[arg(long, value_name = "SEAL")]
    pub(super) against: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct RebuildArgs {
    /// Make the search index alone
    #[arg(long)]
    pub(super) search_index: bool,
}

#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    /// The file to copy to; attachments go into a folder beside it
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    /// The backup
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Replace a casebook that is there; it is kept under another name
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, Args)]
pub(super) struct AttachArgs {
    /// The case: its id, a beginning of it, or its number
    #[arg(value_name = "ID")]
    pub(super) case: String,
    /// The photos and scans
    #[arg(value_name = "FILE", required_unless_present = "get")]
    pub(super) files: Vec<PathBuf>,
    /// What they show
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// Write this attachment out: its name, or the beginning of its SHA-256
    #[arg(long, value_name = "NAME", conflicts_with_all = ["files", "note"])]
    pub(super) get: Option<String>,
}
