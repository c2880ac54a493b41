//! The configuration file.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use serde::Deserialize;

use super::due::LimitFiles;
use super::failure::Failure;
use crate::render::Office;

/// What `casebook/config.toml` may set; flags and the environment go before.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    /// The casebook.
    pub(super) db: Option<String>,
    /// The language.
    pub(super) lang: Option<String>,
    /// The format.
    pub(super) format: Option<String>,
    /// Who acts.
    #[serde(rename = "as")]
    pub(super) who: Option<String>,
    /// `auto`, `always` or `never`.
    pub(super) color: Option<String>,
    /// A file in place of the deadlines that the program knows.
    deadlines: Option<PathBuf>,
    /// A file in place of the days of rest.
    holidays: Option<PathBuf>,
    /// A file in place of the charges for paying late.
    late_charges: Option<PathBuf>,
    /// Whether rules and days off that are not confirmed are left out.
    verified: Option<bool>,
    /// The office whose documents are made.
    pub(super) office: Option<Office>,
}

/// The folders of this system for data and configuration, where there is a
/// home for them.
fn folders() -> Option<impl BaseStrategy> {
    choose_base_strategy().ok()
}

/// Where a casebook is when none is named.
pub(super) fn default_db() -> PathBuf {
    folders().map_or_else(PathBuf::new, |folders| folders.data_dir().join("casebook")).join("casebook.db")
}

impl Config {
    /// The same, the files that it names found from its own folder.
    fn with_paths_from(mut self, folder: &Path) -> Self {
        for path in [&mut self.deadlines, &mut self.holidays, &mut self.late_charges].into_iter().flatten() {
            *path = folder.join(&path);
        }
        self
    }

    /// What it says of time limits.
    pub(super) fn limit_files(&mut self) -> LimitFiles {
        LimitFiles {
            deadlines: self.deadlines.take(),
            holidays: self.holidays.take(),
            late_charges: self.late_charges.take(),
            verified: self.verified.unwrap_or_default(),
        }
    }

    /// Reads the file, if there is one.
    pub(super) fn load() -> Result<Self, Failure> {
        let Some(path) = folders().map(|folders| folders.config_dir().join("casebook/config.toml")) else {
            return Ok(Self::default());
        };
        match std::fs::read_to_string(&path) {
            Ok(text) => match toml::from_str::<Self>(&text) {
                Ok(config) => Ok(config.with_paths_from(path.parent().unwrap_or(Path::new("")))),
                Err(error) => Err(Failure::Config { path, said: error.message().to_owned() }),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Failure::Config { path, said: error.to_string() }),
        }
    }
}
