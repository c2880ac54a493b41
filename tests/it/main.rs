//! Tests of the whole: layers, commands, the store on both engines, laws,
//! and faults.

#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod calendars;
mod completeness;
mod conformance;
mod countries;
mod deadlines;
mod document_laws;
mod document_words;
mod documents;
mod doubts;
mod exporting;
mod faults;
mod form;
mod goods;
mod importing;
mod laws;
mod layers;
mod ledger_laws;
mod linear;
mod made_up;
mod many;
mod notes;
mod past;
mod patterns;
mod processes;
mod reading;
mod reading_laws;
mod safety;
mod search;
mod searching_laws;
mod support;
mod torture;
mod transcripts;
mod upgrades;
