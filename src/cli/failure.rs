//! What went wrong, for people and for scripts.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::reports::ReportFinding;
use super::safety_failure::{file_kind, file_message};
use crate::domain::{Field, FieldError, Invalid, NoMatch, NotHeld, Reason, ReferenceError};
use crate::lang::Words;
use crate::render::RenderError;
use crate::store::{Error, Finding};
use crate::text::{DateError, ReadError};

/// Why a command did not do its work.
#[derive(Debug)]
pub(super) enum Failure {
    /// The store refused or failed.
    Store(Box<Error>),
    /// The values of filters are not valid.
    Filter(Invalid),
    /// The arguments make no sense together.
    Usage(String),
    /// What is asked for is not there.
    NotThere(String),
    /// A file can't be written.
    Write { path: PathBuf, said: String },
    /// A file can't be read.
    Read { path: PathBuf, said: String },
    /// What was read can't be taken.
    Input(String),
    /// Rows of an import that can't be taken.
    Rows(Box<Refusals>),
    /// Reference data can't be used.
    Reference(ReferenceError),
    /// The configuration file is wrong.
    Config { path: PathBuf, said: String },
    /// The casebook does not fit together.
    Verification(Finding),
    /// Documents are not what their casebook says.
    Reports(Vec<(PathBuf, ReportFinding)>),
    /// The user left with Ctrl-C; what there is to be said of it.
    Interrupted(String),
    /// Anything that should not happen.
    Other(String),
}

/// A row of a file that can't be taken.
#[derive(Debug)]
pub(super) struct BadRow {
    pub(super) file: String,
    pub(super) row: u64,
    pub(super) column: String,
    pub(super) field: Option<Field>,
    pub(super) value: String,
    pub(super) reason: &'static str,
    pub(super) message: String,
}

impl BadRow {
    /// `file:row:column: what is wrong`.
    pub(super) fn line(&self) -> String {
        let column = if self.column.is_empty() { String::new() } else { format!(":{}", self.column) };
        format!("{}:{}{column}: {}", self.file, self.row, self.message)
    }
}

/// The rows of an import that can't be taken.
#[derive(Debug)]
pub(super) struct Refusals {
    /// The first of them.
    pub(super) bad: Vec<BadRow>,
    /// How much more is wrong.
    pub(super) more: u64,
    /// How many rows are refused.
    pub(super) refused: u64,
    /// Of how many.
    pub(super) rows: u64,
    /// Whether all of them differ from cases that are there.
    pub(super) only_conflicts: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Store(Box::new(error))
    }
}

impl From<RenderError> for Failure {
    fn from(error: RenderError) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<ReferenceError> for Failure {
    fn from(error: ReferenceError) -> Self {
        Self::Reference(error)
    }
}

/// The kinds of failures, each with its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Failed = 1,
    Usage = 2,
    Invalid = 3,
    NotFound = 4,
    Conflict = 5,
    Verification = 6,
    /// As a shell tells of a program that Ctrl-C ended.
    Interrupted = 130,
}

impl Kind {
    /// The word in JSON.
    fn code(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::Invalid => "invalid",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::Verification => "verification",
            Self::Interrupted => "interrupted",
        }
    }

    /// The program's exit code.
    pub(super) fn exit(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

impl Failure {
    pub(super) fn usage(said: String) -> Self {
        Self::Usage(said)
    }

    pub(super) fn input(said: String) -> Self {
        Self::Input(said)
    }

    pub(super) fn invalid(invalid: Invalid) -> Self {
        Error::from(invalid).into()
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Store(error) => store_kind(error),
            Self::Rows(rows) if rows.only_conflicts => Kind::Conflict,
            Self::Usage(_) => Kind::Usage,
            Self::NotThere(_) => Kind::NotFound,
            Self::Rows(_) | Self::Filter(_) | Self::Input(_) | Self::Reference(_) | Self::Config { .. } => {
                Kind::Invalid
            }
            Self::Reports(wrong) if wrong.iter().all(|(_, finding)| finding.is_unsealed()) => Kind::Invalid,
            Self::Verification(_) | Self::Reports(_) => Kind::Verification,
            Self::Interrupted(_) => Kind::Interrupted,
            Self::Write { .. } | Self::Read { .. } | Self::Other(_) => Kind::Failed,
        }
    }

    /// The fields that are not valid.
    pub(super) fn fields(&self) -> &[FieldError] {
        match self {
            Self::Filter(Invalid(fields)) => fields,
            Self::Store(error) => match error.as_ref() {
                Error::Invalid(Invalid(fields)) | Error::Filter(Invalid(fields)) => fields,
                _ => &[],
            },
            _ => &[],
        }
    }

    fn message(&self, words: &Words) -> String {
        let errors = &words.errors;
        match self {
            Self::Store(error) => store_message(error, words),
            Self::Filter(Invalid(fields)) => (errors.invalid_filter)(fields.len()),
            Self::Rows(rows) => (words.importing.refused)(rows.refused, rows.rows),
            Self::Usage(said)
            | Self::NotThere(said)
            | Self::Input(said)
            | Self::Interrupted(said)
            | Self::Other(said) => said.clone(),
            Self::Write { path, said } => (errors.cannot_write)(&path.display().to_string(), said),
            Self::Read { path, said } => (errors.cannot_read)(&path.display().to_string(), said),
            Self::Reference(error) => (errors.bad_reference)(&error.to_string()),
            Self::Config { path, said } => (errors.bad_config)(&path.display().to_string(), said),
            Self::Verification(finding) => (errors.verification)(&finding_message(finding, words)),
            Self::Reports(wrong) => {
                let lines = wrong.iter().map(|(path, finding)| report_message(path, finding, words));
                lines.collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// Says what went wrong on standard error, and gives the exit code.
    pub(super) fn report(&self, words: &Words, as_json: bool) -> ExitCode {
        let message = self.message(words);
        if as_json {
            let fields = match self {
                Self::Rows(rows) => rows.bad.iter().map(row_json).collect(),
                _ => self.fields().iter().map(|error| field_json(error, words)).collect::<Vec<_>>(),
            };
            let error = json!({"error": {"kind": self.kind().code(), "message": message, "fields": fields}});
            super::session::complain(&error.to_string());
        } else {
            self.lines(words).iter().for_each(|line| super::session::complain(line));
        }
        self.kind().exit()
    }

    /// What went wrong, in lines: the whole, then field by field.
    pub(super) fn lines(&self, words: &Words) -> Vec<String> {
        let message = self.message(words);
        let first = match self {
            // Leaving is no error.
            Self::Interrupted(_) => message,
            _ => format!("{}: {message}", words.errors.error),
        };
        let mut lines = vec![first];
        lines.extend(self.fields().iter().map(|error| format!("  {}", (words.field_error)(error))));
        if let Self::Rows(rows) = self {
            let said = &words.importing;
            lines.extend(rows.bad.iter().map(|bad| format!("  {}", bad.line())));
            lines.extend((rows.more > 0).then(|| format!("  {}", (said.more)(rows.more))));
            let is_number =
                |bad: &BadRow| ["ambiguous", "not_a_number"].contains(&bad.reason) && bad.value.contains([',', '.']);
            lines.extend(rows.bad.iter().any(is_number).then(|| said.decimal_help.to_owned()));
            let help = if rows.only_conflicts { said.conflicts_help } else { said.refused_help };
            lines.push(help.to_owned());
        }
        lines
    }
}

fn field_json(error: &FieldError, words: &Words) -> serde_json::Value {
    json!({
        "field": error.field.key(),
        "line": error.line,
        "value": error.value,
        "reason": reason_code(error),
        "message": (words.field_error)(error),
    })
}

fn row_json(bad: &BadRow) -> serde_json::Value {
    json!({
        "file": bad.file,
        "row": bad.row,
        "column": bad.column,
        "field": bad.field.map(Field::key),
        "value": bad.value,
        "reason": bad.reason,
        "message": bad.message,
    })
}

fn store_kind(error: &Error) -> Kind {
    match error {
        Error::File(error) => file_kind(error),
        Error::Restated(_) | Error::Unsound(_) => Kind::Verification,
        Error::Missing(_) | Error::NoCase(_) | Error::NoImport(_) | Error::NoSearchIndex => Kind::NotFound,
        Error::Invalid(_) | Error::Filter(_) | Error::NotACasebook(_) | Error::Newer { .. } | Error::Overflow(_) => {
            Kind::Invalid
        }
        Error::Exists(_)
        | Error::Refused(_)
        | Error::ManyCases { .. }
        | Error::Duplicate { .. }
        | Error::OtherContent(_)
        | Error::Undone { .. }
        | Error::ChangedSince { .. } => Kind::Conflict,
        Error::CannotOpen { .. }
        | Error::Older { .. }
        | Error::ReadOnly(_)
        | Error::Full(_)
        | Error::Busy(_)
        | Error::Corrupt(_)
        | Error::CutOff
        | Error::Engine(_) => Kind::Failed,
    }
}

fn store_message(error: &Error, words: &Words) -> String {
    let errors = &words.errors;
    match error {
        Error::Missing(address) => format!("{} {}", (errors.missing)(address), (errors.how_to_make)(address)),
        Error::NotACasebook(address) => (errors.not_a_casebook)(address),
        Error::Exists(address) => (errors.exists)(address),
        Error::Newer { found, known } => (errors.newer)(*found, *known),
        Error::Older { found, known } => (errors.older)(*found, *known),
        Error::CannotOpen { path, reason } => (errors.cannot_open)(&path.display().to_string(), reason),
        Error::ReadOnly(said) => (errors.read_only)(said),
        Error::Full(said) => (errors.full)(said),
        Error::Busy(said) => (errors.busy)(said),
        Error::Corrupt(said) => (errors.corrupt)(said),
        Error::Engine(said) => (errors.engine)(said),
        Error::Overflow(_) => errors.overflow.to_owned(),
        Error::Invalid(Invalid(fields)) => (errors.invalid)(fields.len()),
        Error::Filter(Invalid(fields)) => (errors.invalid_filter)(fields.len()),
        Error::Refused(refusal) => (words.refusal)(*refusal),
        Error::NoSearchIndex => words.safety.no_search_index.to_owned(),
        Error::NoCase(wanted) => (errors.no_case)(wanted),
        Error::ManyCases { wanted, candidates } => (errors.many_cases)(wanted, &candidates.join("; ")),
        Error::Duplicate { case_no, id } => (errors.duplicate)(case_no, &id.to_string()),
        Error::OtherContent(id) => (errors.other_content)(&id.to_string()),
        Error::NoImport(import) => (words.importing.no_import)(*import),
        Error::Undone { import, on } => (words.importing.undone_already)(*import, *on),
        Error::ChangedSince { import, cases } => (words.importing.changed_since)(*import, &cases.join("; ")),
        Error::Restated(month) => (words.publishing.wrong)(*month),
        Error::File(error) => file_message(error, words),
        Error::Unsound(finding) => (words.safety.unsound)(&finding_message(finding, words)),
        Error::CutOff => words.importing.cut_off.to_owned(),
    }
}

/// What is wrong with a document.
fn report_message(path: &Path, finding: &ReportFinding, words: &Words) -> String {
    let said = &words.safety;
    let shown = path.display().to_string();
    match finding {
        ReportFinding::NoSeal => (said.report_unsealed)(&shown),
        ReportFinding::BadSeal(why) => (said.report_bad_seal)(&shown, why),
        ReportFinding::Unread(why) => (words.errors.cannot_read)(&shown, why),
        ReportFinding::Casebook(finding) => (said.report_differs)(&shown, &finding_message(finding, words)),
        ReportFinding::Row(cells) => (said.report_row)(&shown, &cells.join(" | ")),
    }
}

/// What a check has found, as a sentence.
pub(super) fn finding_message(finding: &Finding, words: &Words) -> String {
    let errors = &words.errors;
    let named = |chain: &str| if chain.is_empty() { errors.chain_of_casebook.to_owned() } else { chain.to_owned() };
    match finding {
        Finding::Engine(said) => (errors.finding_engine)(said),
        Finding::Hash { chain, number } => (errors.finding_hash)(&named(chain), *number),
        Finding::Length { chain, found, noted } => (errors.finding_length)(&named(chain), *found, *noted),
        Finding::Case(id) => (errors.finding_case)(id),
        Finding::Reference => errors.finding_reference.to_owned(),
        Finding::Agency(name) => (errors.finding_agency)(name),
        Finding::Cases { journalled, stored } => (errors.finding_cases)(*journalled, *stored),
        Finding::Import(import) => (errors.finding_import)(*import),
        Finding::Publication(month) => (words.publishing.finding)(*month),
        Finding::Index(place) => (errors.finding_index)(place),
        Finding::Total(key) => (errors.finding_total)(key),
        Finding::OtherCasebook(at) => (words.safety.finding_other)(*at),
        Finding::OtherJournal(at) => (words.safety.finding_journal)(*at),
        Finding::OtherFigures(at) => (words.safety.finding_figures)(*at),
        Finding::Rewritten { chain, number } => (words.safety.finding_rewritten)(&named(chain), *number),
        Finding::CutShort { chain, found, sealed } => (words.safety.finding_cut)(&named(chain), *found, *sealed),
        Finding::Attachment { case, name, missing: true } => (words.safety.finding_missing)(case, name),
        Finding::Attachment { case, name, missing: false } => (words.safety.finding_changed)(case, name),
    }
}

/// A word for a script, by what is wrong.
pub(super) fn reason_code(error: &FieldError) -> &'static str {
    match error.reason {
        Reason::Missing => "missing",
        Reason::Amount(ReadError::Negative) => "negative",
        Reason::Fraction { .. } => "fraction",
        Reason::TooLarge { .. } => "too_large",
        Reason::Currency { .. } => "currency",
        Reason::Date(DateError::Impossible) => "impossible_date",
        Reason::Date(_) => "not_a_date",
        Reason::Future { .. } => "future",
        Reason::TooEarly { .. } => "too_early",
        Reason::Before { .. } => "before",
        Reason::After { .. } => "after",
        Reason::Zero => "zero",
        Reason::NoMatch(NoMatch::Unknown { .. } | NoMatch::NotListed { .. }) => "unknown",
        Reason::Amount(ReadError::Ambiguous) | Reason::NoMatch(NoMatch::Ambiguous { .. }) => "ambiguous",
        Reason::Amount(_) => "not_a_number",
        Reason::NotOneOf { .. } => "not_allowed",
        Reason::WholeNumber { .. } => "not_a_whole_number",
        Reason::Needs(_) => "needs",
        Reason::BoundConflict => "bound_conflict",
        Reason::TooLong { .. } => "too_long",
        Reason::NotAnId => "not_an_id",
        Reason::NoSuchLine { .. } => "no_such_line",
        Reason::Fixed => "fixed",
        Reason::InUse => "in_use",
        Reason::Twice => "twice",
        Reason::FormulaError => "formula_error",
        Reason::MadeADate => "made_a_date",
        Reason::NotMended => "not_mended",
        Reason::Shared => "shared",
        Reason::Published { .. } => "published",
        Reason::NotAValue => "not_a_value",
        Reason::NotHeld(NotHeld::TooMuch { .. }) => "more_than_held",
        Reason::NotHeld(NotHeld::Gone { .. }) => "nothing_held",
        Reason::NotHeld(NotHeld::WhichLot { .. }) => "several_lots",
    }
}
