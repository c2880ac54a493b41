//! The configuration file.

use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};
use serde::Deserialize;

use super::failure::Failure;

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
    /// Reads the file, if there is one.
    pub(super) fn load() -> Result<Self, Failure> {
        let Some(path) = folders().map(|folders| folders.config_dir().join("casebook/config.toml")) else {
            return Ok(Self::default());
        };
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                toml::from_str(&text).map_err(|error| Failure::Config { path, said: error.message().to_owned() })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Failure::Config { path, said: error.to_string() }),
        }
    }
}
