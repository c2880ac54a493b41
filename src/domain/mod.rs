//! What Casebook is about: cases and what happens to them, money and its
//! bounds, periods, regions, filters, totals and the journal's entries.
//!
//! Knows nothing of files, SQL, terminals or clocks: today is passed in.

mod agency;
mod amount;
mod calendar;
mod caps;
mod case;
mod change;
mod completeness;
mod currency;
mod deadlines;
mod doubt;
mod due;
mod entry;
mod event;
mod excerpt;
mod field;
mod figures;
mod filter;
mod gathering;
mod health;
mod import;
mod journal;
mod known;
mod late_charge;
mod ledger;
mod likeness;
mod loading;
mod matching;
mod passed;
mod period;
mod place;
mod place_names;
mod publication;
mod reader;
mod reference;
mod report_seal;
mod rules;
mod seal;
mod search;
mod series;
mod stock;
mod time_limits;
mod totals;
mod values;
mod written;

pub use crate::text::Bound;
pub use agency::{AgencyId, agency_key};
pub use amount::{Amount, Count, Overflow, Sum};
pub use calendar::{Calendar, DayKind, LimitEnd, LimitUnit, SpecialDay, TimeLimit};
pub use caps::Cap;
pub use case::{
    Attachment, Case, Decision, Disposal, Goods, How, Offender, OffenderKind, Payment, ProvinceKey, Quantity, Status,
    Transfer, Void,
};
pub use change::{Change, ChangeError, Changed, Refusal};
pub use completeness::{
    CaseName, Completeness, CompletenessQuery, Contradiction, DatedCase, Found, MONTHS_BEFORE, NAMED, NumberGap,
    STALE_DAYS, SilentAgency, Twins,
};
pub use currency::Currency;
pub use deadlines::{Deadline, DeadlineState};
pub use doubt::{Alike, Doubt, FEWEST_LIKE, LikeCase};
pub use due::{DueCase, by_office};
pub use entry::{Draft, Entry};
pub use event::{Event, EventKind};
pub use excerpt::{Excerpt, Piece};
pub use field::{Field, FieldError, FieldWarning, Invalid, Part, Reason};
pub use figures::{Figures, Measure, Tally};
pub use filter::{Filter, StatusSet};
pub use gathering::Gathering;
pub use health::{Health, JOURNAL_MODE, Kept};
pub use import::{
    CasesDigest, Content, Import, ImportBody, ImportCounts, ImportedFile, Incoming, ReadCase, UndoBody, Undone,
};
pub use journal::{Action, Difference, JournalEntry, Stamp, differences, hexadecimal, is_figure, revert};
pub use known::Known;
pub use late_charge::{LateCase, LateCharge, LateDays};
pub use ledger::{Ledger, LotBalance, Move, NotHeld, Overdrawn};
pub use likeness::{Likeness, are_like_goods, twins_among};
pub use loading::{ReferenceError, ReferenceTexts};
pub use matching::NoMatch;
pub use passed::Passed;
pub use period::{Cutoff, Half, Month, Period, TimeUnit};
pub use place::{Province, ProvinceAlias, ProvinceId, ProvinceKind, Region, RegionId};
pub use publication::{ChainHead, Counting, Mover, Publication, PublicationBody, Restatement};
pub use reader::{LONGEST_NOTE, says_nothing};
pub use reference::{Category, CategoryId, Force, ForceId, Group, Reference, Violation, ViolationId};
pub use report_seal::{Asked, AskedTotals, ReportSeal, ReportSetting, figures_digest, heads_digest};
pub use seal::{Seal, SealError, SealedChain};
pub use search::{FieldText, Sought, Term, word_key};
pub use series::{Gap, Numbered, Numbers, Series, read_number_of_file};
pub use stock::{CaseStock, StockCase, StockLot, StockQuery, StockRow, StockSums};
pub use time_limits::{DeadlineKind, DeadlineRule, LateRate, LimitStart, TimeLimitTexts, TimeLimits};
pub use totals::{Boundaries, By, Dating, Key, Members, Names, Slice, Totals, TotalsQuery, TotalsRow};
pub use values::Values;
pub use written::bounded;
