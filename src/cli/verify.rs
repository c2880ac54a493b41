//! `verify` and `rebuild`.

use serde_json::{Value, json};

use super::failure::Failure;
use super::session::Session;
use crate::lang::Words;
use crate::render::{Block, Page, Record, View};
use crate::store::Verified;
use crate::text::write_digits;

pub(super) fn run(session: &Session) -> Result<(), Failure> {
    let mut store = session.open()?;
    let mut verified = store.verify()?;
    if let Some(finding) = verified.finding.take() {
        return Err(Failure::Verification(finding));
    }
    session.show(&VerifiedView(&verified), None)
}

pub(super) fn rebuild(session: &Session) -> Result<(), Failure> {
    let mut store = session.open()?;
    let rows = store.rebuild()?;
    session.say(&(session.words.said.rebuilt)(&rows.to_string()));
    Ok(())
}

struct VerifiedView<'a>(&'a Verified);

impl View for VerifiedView<'_> {
    fn page(&self, words: &'static Words) -> Page {
        let number = |n: i64| write_digits(n.into(), words.marks);
        let Verified { cases, entries, chains, .. } = self.0;
        let line = (words.said.verified)(&number(*cases), &number(*entries), &number(*chains));
        Page { title: String::new(), blocks: vec![Block::Line(line)], notes: Vec::new(), currency: None }
    }

    fn json(&self) -> Value {
        self.records().into_iter().next().map_or(Value::Null, Value::Object)
    }

    fn records(&self) -> Vec<Record> {
        let Verified { cases, entries, chains, .. } = self.0;
        let value = json!({"ok": true, "cases": cases, "entries": entries, "chains": chains});
        value.as_object().cloned().into_iter().collect()
    }
}
