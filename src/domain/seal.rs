//! Seals: what a casebook's journal was at a moment, to be kept elsewhere, so
//! that it can be shown later that history was only added to.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::hexadecimal;

/// The longest text that is read as a seal, in bytes: far more than the chains
/// of any country need.
const LONGEST: usize = 1 << 20;
/// What digests of seals begin with, so that they are those of nothing else.
const FORM: &str = "casebook seal 1";

/// The end of a chain of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedChain {
    /// The chain: a province's row, or 0 for the casebook's own.
    pub chain: i64,
    /// The province's code; none for the casebook's own.
    pub province_code: Option<String>,
    /// The province's name; none for the casebook's own.
    pub province: Option<String>,
    /// How many entries it has.
    pub length: i64,
    /// The hash of the last of them.
    pub head: String,
}

/// What a casebook's journal was at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The casebook, by the hash of its first entry, which stays for ever.
    pub casebook: String,
    /// The moment.
    pub sealed_at: DateTime<Utc>,
    /// Who asked for it.
    pub by: String,
    /// The currency.
    pub currency: String,
    /// How many cases there were.
    pub cases: i64,
    /// How many entries the journal had.
    pub entries: i64,
    /// The ends of its chains, in their order.
    pub chains: Vec<SealedChain>,
    /// The SHA-256 of all this, in hexadecimal.
    pub digest: String,
}

/// Why a text is not a seal.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SealError {
    /// It is no JSON of a seal.
    #[error("not a seal: {0}")]
    NotASeal(String),
    /// Its digest is not that of what it says.
    #[error("the digest is not that of what the seal says")]
    Digest,
}

impl Seal {
    /// The same with the digest of what it says; moments are kept to the
    /// millisecond.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        let millis = DateTime::from_timestamp_millis(self.sealed_at.timestamp_millis());
        self.sealed_at = millis.unwrap_or(self.sealed_at);
        self.digest = self.digest_of();
        self
    }

    fn digest_of(&self) -> String {
        let mut hash = Sha256::new();
        let mut put = |part: &str| {
            // A length before each part keeps their borders apart.
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        };
        let at = self.sealed_at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let (cases, entries) = (self.cases.to_string(), self.entries.to_string());
        [FORM, &self.casebook, &at, &self.by, &self.currency, &cases, &entries].into_iter().for_each(&mut put);
        for chain in &self.chains {
            put(&chain.chain.to_string());
            for text in [&chain.province_code, &chain.province] {
                // None, and an empty one, are told apart.
                put(if text.is_some() { "1" } else { "0" });
                put(text.as_deref().unwrap_or_default());
            }
            put(&chain.length.to_string());
            put(&chain.head);
        }
        hexadecimal(&hash.finalize())
    }

    /// Reads a seal; one with a slip in it is refused.
    pub fn read(text: &str) -> Result<Self, SealError> {
        if text.len() > LONGEST {
            return Err(SealError::NotASeal(format!("more than {LONGEST} bytes")));
        }
        let text = text.trim_start_matches('\u{feff}');
        let seal: Self = serde_json::from_str(text).map_err(|error| SealError::NotASeal(error.to_string()))?;
        if seal.digest == seal.digest_of() { Ok(seal) } else { Err(SealError::Digest) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seal() -> Seal {
        let chain = |chain: i64, name: Option<&str>| SealedChain {
            chain,
            province_code: name.map(|_| "82".to_owned()),
            province: name.map(str::to_owned),
            length: 3,
            head: "ab".repeat(32),
        };
        let seal = Seal {
            casebook: "cd".repeat(32),
            sealed_at: DateTime::UNIX_EPOCH + chrono::TimeDelta::microseconds(1_234_567),
            by: "an".into(),
            currency: "VND".into(),
            cases: 2,
            entries: 6,
            chains: vec![chain(0, None), chain(1, Some("Đồng Tháp"))],
            digest: String::new(),
        };
        seal.sealed()
    }

    #[test]
    fn a_seal_reads_as_it_was_written() {
        let written = serde_json::to_string_pretty(&seal()).unwrap();
        assert_eq!(Seal::read(&written), Ok(seal()));
        assert_eq!(Seal::read(&format!("\u{feff}{written}\n")), Ok(seal()));
    }

    #[test]
    fn what_is_no_seal_is_refused() {
        for text in ["", "{}", "[]", "Sealed 1 Feb 2026", r#"{"casebook": 1}"#] {
            assert!(matches!(Seal::read(text), Err(SealError::NotASeal(_))), "{text:?}");
        }
        assert!(matches!(Seal::read(&" ".repeat(LONGEST + 1)), Err(SealError::NotASeal(_))));
    }

    proptest! {
        /// Any one character that is typed otherwise is noticed, unless it
        /// says the same (white space, or another way to write a character).
        #[test]
        fn a_slip_is_noticed(at in any::<prop::sample::Index>(), with in "[ -~]") {
            let written = serde_json::to_string_pretty(&seal()).unwrap();
            let at = at.get(&written.char_indices().collect::<Vec<_>>()).0;
            let slip: String = written.char_indices()
                .map(|(place, was)| if place == at { with.clone() } else { was.to_string() })
                .collect();
            if let Ok(read) = Seal::read(&slip) {
                prop_assert_eq!(read, seal());
            }
        }
    }
}
