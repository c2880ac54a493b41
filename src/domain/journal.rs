//! The journal: what every change leaves behind, chained so that nothing can
//! be changed or left out afterwards without its being seen.

use std::fmt::Write;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[$doc])* $name),+ }

        impl Action {
            /// The word in the database.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}
actions! {
    /// The casebook was made.
    Init = "init",
    /// An agency was named for the first time.
    Agency = "agency",
    /// A case was recorded.
    Record = "record",
    /// A case was corrected.
    Amend = "amend",
    /// A case was decided.
    Decide = "decide",
    /// A payment was recorded.
    Pay = "pay",
    /// Goods were disposed of.
    Dispose = "dispose",
    /// A case was transferred to criminal investigators.
    Transfer = "transfer",
    /// A file was closed.
    Close = "close",
    /// Photos or scans were added to a case.
    Attach = "attach",
    /// A case was struck out.
    Void = "void",
    /// Cases came with files.
    Import = "import",
    /// An import was undone.
    Undo = "undo",
    /// The figures of a month were published.
    Publish = "publish",
}

/// Who acts, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The moment.
    pub at: DateTime<Utc>,
    /// The day, where the user is.
    pub today: NaiveDate,
    /// The user.
    pub who: String,
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// The chain, which is a province's row; 0 is the casebook's own.
    pub chain: i64,
    /// The place in the chain, from 1.
    pub number: i64,
    /// The moment, RFC 3339 in UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// What was done: the code of an [`Action`].
    pub action: String,
    /// To which case, if any.
    pub case_id: Option<Uuid>,
    /// The revision of the case that it made.
    pub revision: i64,
    /// Why, where a reason was given.
    pub reason: String,
    /// What it did, as JSON: a list of [`Difference`]s for a case.
    pub body: String,
    /// The SHA-256 of all this and of the hash before it, in hexadecimal.
    pub hash: String,
}

impl JournalEntry {
    /// The hash that the entry must have after one whose hash is `before`.
    #[must_use]
    pub fn hash_after(&self, before: &str) -> String {
        let case_id = self.case_id.map(|id| id.to_string()).unwrap_or_default();
        let (chain, number, revision) = (self.chain.to_string(), self.number.to_string(), self.revision.to_string());
        let parts =
            [before, &chain, &number, &self.at, &self.who, &self.action, &case_id, &revision, &self.reason, &self.body];
        let mut hash = Sha256::new();
        for part in parts {
            // A length before each part keeps their borders apart.
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hexadecimal(&hash.finalize())
    }
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A value that changed, by its path in the case: `decision.fine_amount`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The keys from the outside in, joined by dots; empty for the whole.
    pub path: String,
    /// The value before; null where there was none.
    pub old: Value,
    /// The value since.
    pub new: Value,
}

/// What changed between two values. Objects are compared key by key; lists,
/// figures with their bounds, and provinces as a whole.
#[must_use]
pub fn differences(old: &Value, new: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", old, new, &mut found);
    found
}

/// Whether an object is one figure: an amount or a count with its bound.
#[must_use]
pub fn is_figure(object: &Map<String, Value>) -> bool {
    !object.is_empty() && object.keys().all(|key| ["value", "n", "bound"].contains(&key.as_str()))
}

fn compare(path: &str, old: &Value, new: &Value, found: &mut Vec<Difference>) {
    // An amount is one value, bound and all.
    if let (Value::Object(old), Value::Object(new)) = (old, new)
        && !is_figure(old)
        && !old.contains_key("since")
    {
        let added = new.keys().filter(|key| !old.contains_key(*key));
        for key in old.keys().chain(added) {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let value = |of: &Map<String, Value>| of.get(key).cloned().unwrap_or_default();
            compare(&path, &value(old), &value(new), found);
        }
    } else if old != new {
        found.push(Difference { path: path.to_owned(), old: old.clone(), new: new.clone() });
    }
}

/// Takes differences back: `value`, as it was before them. `None` where it is
/// not what they say it became.
#[must_use]
pub fn revert(value: &Value, differences: &[Difference]) -> Option<Value> {
    let mut value = value.clone();
    for difference in differences.iter().rev() {
        let place = place(&mut value, &difference.path)?;
        if *place != difference.new {
            return None;
        }
        *place = difference.old.clone();
    }
    prune(&mut value);
    Some(value)
}

fn place<'a>(value: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    if path.is_empty() {
        return Some(value);
    }
    path.split('.').try_fold(value, |at, key| Some(at.as_object_mut()?.entry(key).or_insert(Value::Null)))
}

/// Takes out keys that are null, as serialised cases have none.
fn prune(value: &mut Value) {
    if let Value::Object(map) = value {
        map.retain(|_, value| !value.is_null());
        map.values_mut().for_each(prune);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_change_is_told_by_path_and_can_be_taken_back() {
        let old = json!({"goods": [1], "decision": {"fine_amount": {"value": 5}}});
        let new = json!({"goods": [1], "decision": {"fine_amount": {"value": 6}}, "note": "x"});
        let told = differences(&old, &new);
        let paths: Vec<_> = told.iter().map(|difference| difference.path.as_str()).collect();
        assert_eq!(paths, ["decision.fine_amount", "note"]);
        assert_eq!(revert(&new, &told), Some(old.clone()));
        assert_eq!(revert(&old, &told), None, "the old value is not what the change led to");
    }

    #[test]
    fn every_part_of_an_entry_is_hashed() {
        let entry = JournalEntry {
            chain: 1,
            number: 2,
            at: "2026-02-28T00:00:00Z".into(),
            who: "an".into(),
            action: "record".into(),
            case_id: None,
            revision: 1,
            reason: String::new(),
            body: "[]".into(),
            hash: String::new(),
        };
        let hash = entry.hash_after("");
        let moved = JournalEntry { who: "a".into(), action: "nrecord".into(), ..entry.clone() };
        let changed = [
            JournalEntry { chain: 2, ..entry.clone() },
            JournalEntry { number: 3, ..entry.clone() },
            JournalEntry { at: "2026-02-28T00:00:01Z".into(), ..entry.clone() },
            JournalEntry { case_id: Some(Uuid::nil()), ..entry.clone() },
            JournalEntry { revision: 2, ..entry.clone() },
            JournalEntry { reason: "r".into(), ..entry.clone() },
            JournalEntry { body: "[ ]".into(), ..entry.clone() },
            moved,
        ];
        for other in changed {
            assert_ne!(other.hash_after(""), hash, "{other:?}");
        }
        assert_ne!(entry.hash_after("0"), hash);
    }

    fn objects() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![any::<i32>().prop_map(Value::from), "[a-c]{0,3}".prop_map(Value::from)];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop::collection::btree_map("[a-d]", inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect()))
        })
    }

    proptest! {
        #[test]
        fn differences_lead_back(old in objects(), new in objects()) {
            let (old, new) = (json!({"case": old}), json!({"case": new}));
            prop_assert_eq!(revert(&new, &differences(&old, &new)), Some(old));
        }
    }
}
