//! Casebook: the register of market-enforcement cases.
//!
//! Inspectors record cases, analysts print fine and seizure totals by region
//! and month, officials read monthly summaries. The library holds all of it;
//! the command `casebook` is [`cli::run`].
//!
//! # What a case is
//!
//! A [`domain::Case`] is one file about one violation: who found it, where,
//! what goods, what it led to. What happens to it happens on days of its own
//! and counts in the period of that day: its detection (a case, a seized
//! value), its decision (a fine), each payment, each disposal of goods, its
//! transfer to criminal investigators. A void case leaves every total and
//! stays in the file.
//!
//! - **Unknown is not zero**: a value that awaits valuation is `None`, no
//!   seizure is 0, and totals say how many of their cases are unknown.
//! - **Figures may be bounds**: "hơn 450 triệu" is at least 450 million. Every
//!   amount carries a [`domain::Bound`], and a total inherits it.
//! - **One record can stand for many**: a report of 28 cases is one record
//!   with a [`domain::Count`] of 28.
//! - **Money is exact**: a decimal in the library, a whole number of smallest
//!   units in the database, an error where it would overflow.
//! - **Regions are data with dates**: a province is a code and a day
//!   ([`domain::ProvinceKey`]); a case keeps the province it was recorded in,
//!   and totals put it under today's boundaries unless told otherwise.
//!
//! # In a program
//!
//! ```
//! use casebook::domain::{Boundaries, By, Currency, Cutoff, Dating, Entry, Field, Filter, Measure};
//! use casebook::domain::{Reference, ReferenceTexts, Stamp, TotalsQuery};
//! use casebook::store::{NewCasebook, Store};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let now = chrono::Utc::now();
//! let stamp = Stamp { at: now, today: now.date_naive(), who: "an".to_owned() };
//! let new = NewCasebook {
//!     currency: Currency::vnd(),
//!     reference: Reference::parse(&ReferenceTexts::default())?,
//! };
//! let mut store = Store::in_memory(&new, &stamp)?;
//!
//! let mut entry = Entry::default();
//! for (field, value) in [
//!     (Field::Province, "dong thap"),
//!     (Field::Agency, "Đội QLTT số 10"),
//!     (Field::DetectedOn, "28/2/2026"),
//!     (Field::Goods, "hàng giả mạo nhãn hiệu"),
//!     (Field::FineAmount, "hơn 450 triệu đồng"),
//! ] {
//!     entry.set(field, None, value.to_owned()).map_err(|error| format!("{error:?}"))?;
//! }
//! store.record(&entry, &stamp)?;
//!
//! let totals = store.totals(&TotalsQuery {
//!     by: vec![By::Region, By::Month],
//!     filter: Filter::default(),
//!     period: None,
//!     dating: Dating::Happened,
//!     cutoff: Cutoff::default(),
//!     boundaries: Boundaries::Today,
//!     no_empty: false,
//! })?;
//! let fine = totals.total.get(Measure::FineAmount);
//! assert_eq!((fine.value, fine.bound()), (450_000_000.into(), casebook::domain::Bound::AtLeast));
//! # Ok(())
//! # }
//! ```
//!
//! # The layers
//!
//! `text ← domain ← store, notes, exchange, report ← render ← cli ← main`: a layer
//! knows those to its left, never those to its right; `store`, `notes`,
//! `exchange` and `report` do not know each other. A test reads the `use` lines and holds the
//! code to this table.
//!
//! | Module | Knows | Must not know |
//! | --- | --- | --- |
//! | [`text`] | folding and ordering Vietnamese; a grammar of numbers, amounts, quantities and dates, in fields and in running text | the domain, everything else |
//! | [`domain`] | cases, money, periods, places, filters, totals, the journal's entries | files, SQL, terminals, clocks (today is passed in) |
//! | [`store`] | the engines, the statements in `src/store/sql/`, running totals, the journal | output formats |
//! | [`notes`] | reading whole notes into draft cases, by rules and tables of words | SQL, files, terminals |
//! | [`exchange`] | rows in and out of files; documents read back | SQL |
//! | [`report`] | a report as a plain value: what stands in which row and column | any format |
//! | [`lang`] | the words of each language, as structs: a missing one does not compile | everything but the domain |
//! | [`render`] | one file a format; a grid of typed cells, a chart and a document between a report and every format for people | where the figures come from |
//! | [`cli`] | arguments as plain structs, a file for each command | SQL |
//!
//! # Where a figure comes from
//!
//! [`domain::Case::events`] says which figures a case adds to which day. The
//! view `happening` in `schema.sql` says the same in SQL, and the table `total`
//! keeps the events added up by province and half-month, with one dimension or
//! none, and without one by day too. Every write changes `total` in its own
//! transaction by the difference that it makes ([`store::Store::record`],
//! [`store::Store::change`]). A query over whole half-months reads `total`; the
//! days at ragged ends are read from the totals by day where they are told
//! apart by place alone, else counted from the cases, and so is whatever
//! `total` is not kept by. Properties in
//! `tests/it/laws.rs` hold the three equal, and [`store::Store::verify`]
//! counts everything over again.
//!
//! # What the law says of time
//!
//! [`domain::TimeLimits`] holds the dated rules, days of rest and rates of
//! `data/`; they warn, and change nothing that is stored.
//! [`domain::Case::deadlines`] says which deadlines a case has and what ended
//! them, [`store::Store::due`] which are open in all cases. The charge on a
//! fine paid late ([`domain::Case::late_charge`]) grows with every day and is
//! in no running total: it is counted from the cases, and only where it is
//! asked for ([`store::Store::totals_with`]).
//!
//! # How words are found
//!
//! [`domain::Case::texts`] says by which texts a case is found. Folded, they
//! stand in a full-text index that every write keeps ([`store::Store::search`]):
//! FTS5 in SQLite, a `tsvector` in PostgreSQL, both given words that are cut
//! and folded here, so that they find the same. A key that begins with the day
//! of detection lets the newest cases come first without sorting all that
//! match.
//!
//! # How change is kept
//!
//! Every change appends to `journal` in the same transaction: when, who, what,
//! which case, old and new values, why. There is a chain for each province, so
//! that offices do not wait for one another, and each entry's hash takes in
//! the one before it ([`domain::JournalEntry::hash_after`]). `verify` walks
//! every case back through its entries to where there was none.
//!
//! # What was known, and what was published
//!
//! A state of the casebook is a beginning of each chain. Times never go back
//! in the journal, so what was known at a moment is one; cases that changed
//! after it are taken back entry by entry, and the difference is added to the
//! totals of today ([`store::Store::totals_as_known`]). A
//! [`domain::Publication`] names such a state beside its figures, so that
//! [`store::Store::restate`] can lead every difference since to the case that
//! makes it. What changes published figures wants a reason. Properties in
//! `tests/it/past.rs` hold both to what was printed then.
//!
//! # What keeps a casebook safe
//!
//! [`store::Store::seal`] gives the ends of the chains to be kept elsewhere,
//! and [`store::Store::verify_against`] proves that history since was only
//! added to. [`store::Store::backup`] copies a casebook with its attachments
//! while others write. `tests/it/torture/` kills processes, fills disks,
//! changes bytes, writes from many sides and turns the clock back, and holds
//! what is left to what was acknowledged.
//!
//! # What becomes of goods, and what is missing
//!
//! [`domain::Ledger`] is what of each lot is held and where the rest went:
//! taken in = held + destroyed + sold + returned + handed over. A disposal that
//! can't have been is refused where a case is read, so that every way in is held
//! by it; bounds and unknown quantities refuse nothing that may be true.
//! [`store::Store::goods`] hands over the lots of all cases.
//! [`domain::Completeness`] is what is missing, late, or there twice, found by one
//! walk through the cases of a month, or of all ([`store::Store::completeness`]).
//!
//! # How files come in
//!
//! [`exchange::read_file`] hands over a file's cases one by one: it finds the
//! encoding, the header and what each column holds ([`exchange::TablePlan`]),
//! joins the rows of one case, and tells of every row that is none. What it
//! reads is checked on one core while [`store::Store::import`] stores it on the
//! other, in one transaction: running totals are summed up in memory and added
//! at its end. A case is known again by its id, which is made of what it says
//! ([`domain::Content`]), else by its number at its agency. The journal keeps
//! one entry for an import, with a digest over its cases that `verify`
//! computes anew from what the cases were before every change since.
//!
//! # Two engines, one set of SQL
//!
//! `schema.sql` and all statements are written in what SQLite and PostgreSQL
//! both understand: `text`, `bigint` and 16-byte ids; `$1` for values (SQLite
//! is given `?1`); `cast(sum(x) as bigint)`; no ordering, matching or folding
//! of names by the database. The few lines of the schema, and of the statements
//! of the search index, that must differ are marked there. One conformance suite runs on both.

pub mod cli;
pub mod domain;
pub mod exchange;
pub mod lang;
pub mod notes;
pub mod render;
pub mod report;
pub mod store;
pub mod text;
