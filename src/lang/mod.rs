//! The words of each language, as structs: a missing one does not compile.
//!
//! Knows the domain only; `render` and `cli` use it.

mod asking;
mod asking_en;
mod asking_vi;
mod completing;
mod completing_en;
mod completing_vi;
mod deadlines;
mod deadlines_en;
mod deadlines_vi;
mod en;
mod importing;
mod importing_en;
mod importing_vi;
mod ledger;
mod ledger_en;
mod ledger_vi;
mod publishing;
mod publishing_en;
mod publishing_vi;
mod reporting;
mod reporting_en;
mod reporting_vi;
mod safety;
mod safety_en;
mod safety_vi;
mod vi;

use chrono::NaiveDate;

use crate::domain::{
    By, EventKind, Field, FieldError, FieldWarning, Key, Measure, Month, OffenderKind, Passed, Refusal, Status,
};
use crate::text::{DateError, Marks};

pub use asking::Asking;
pub use completing::Completing;
pub use deadlines::Deadlines;
pub use importing::Importing;
pub use ledger::Ledger;
pub use publishing::Publishing;
pub use reporting::{Change, Charts, Headings, Reporting, Sentences};
pub use safety::Safety;

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// The language of a code or locale: `vi`, `vi_VN.UTF-8`, `en`.
    #[must_use]
    pub fn from_locale(locale: &str) -> Option<Self> {
        match locale.split(['_', '.', '-', '@']).next()?.to_ascii_lowercase().as_str() {
            "vi" => Some(Self::Vi),
            "en" | "c" | "posix" => Some(Self::En),
            _ => None,
        }
    }

    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static Words {
        match self {
            Self::Vi => &vi::WORDS,
            Self::En => &en::WORDS,
        }
    }
}

/// The words of a language.
pub struct Words {
    /// Which language.
    pub lang: Lang,
    /// How numbers are written.
    pub marks: Marks,
    /// A date.
    pub date: fn(NaiveDate) -> String,
    /// A month, short, as a heading.
    pub month: fn(Month) -> String,
    /// A quarter, by its first month.
    pub quarter: fn(Month) -> String,
    /// A month, in a title.
    pub long_month: fn(Month) -> String,
    /// A measure.
    pub measure: fn(Measure) -> &'static str,
    /// A measure, as the heading of a column.
    pub short_measure: fn(Measure) -> &'static str,
    /// What totals are put by.
    pub by: fn(By) -> &'static str,
    /// A field.
    pub field: fn(Field) -> &'static str,
    /// A status.
    pub status: fn(Status) -> &'static str,
    /// An event of a case's life.
    pub event: fn(EventKind) -> &'static str,
    /// A kind of offender.
    pub offender_kind: fn(OffenderKind) -> &'static str,
    /// An action of the journal, by its code.
    pub action: fn(&str) -> &'static str,
    /// What is wrong with a field, as a sentence that names it.
    pub field_error: fn(&FieldError) -> String,
    /// Why a text is not a date.
    pub date_error: fn(DateError) -> &'static str,
    /// How a field was read.
    pub field_warning: fn(&FieldWarning) -> String,
    /// Why a change can't be made.
    pub refusal: fn(Refusal) -> String,
    /// Labels.
    pub labels: Labels,
    /// Notes under tables.
    pub notes: Notes,
    /// What commands say when they are done.
    pub said: Said,
    /// What went wrong.
    pub errors: Errors,
    /// What the form says, and doubts.
    pub asking: Asking,
    /// What import and export say.
    pub importing: Importing,
    /// What publishing a month and restating it say.
    pub publishing: Publishing,
    /// What the ledger of goods says.
    pub ledger: Ledger,
    /// What is said of seals, backups and attachments.
    pub safety: Safety,
    /// What is said of deadlines and late charges.
    pub deadlines: Deadlines,
    /// What completeness and the doctor say.
    pub completing: Completing,
    /// What documents say.
    pub reporting: Reporting,
    /// What charts say.
    pub charts: Charts,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[expect(missing_docs, reason = "the words themselves say what they are")]
        pub struct $name { $(pub $field: $kind),+ }
    };
}

words! {
    /// Labels of rows, columns and parts.
    Labels {
        total: &'static str,
        totals_title: &'static str,
        average: &'static str,
        share: &'static str,
        rest: fn(usize) -> String,
        unknown: &'static str,
        until: fn(NaiveDate) -> String,
        case: &'static str,
        period: fn(NaiveDate, NaiveDate) -> String,
        by_title: fn(&str, &str) -> String,
        and: &'static str,
        month_title: fn(&str) -> String,
        whole_country: &'static str,
        headline: &'static str,
        this_month: &'static str,
        previous_month: &'static str,
        change: &'static str,
        same_month_last_year: &'static str,
        year_to_date: &'static str,
        year_to_date_last_year: &'static str,
        largest_cases: &'static str,
        history: &'static str,
        goods: &'static str,
        payments: &'static str,
        disposals: &'static str,
        figure: &'static str,
        item: &'static str,
        detail: &'static str,
        case_of: fn(NaiveDate, &str) -> String,
        date: &'static str,
        amount: &'static str,
        how: &'static str,
        code: &'static str,
        code_of_line: &'static str,
        name: &'static str,
        group: &'static str,
        decree: &'static str,
        units: &'static str,
        kind: &'static str,
        province_kind: fn(&str) -> &'static str,
        former: &'static str,
        cases: &'static str,
        when: &'static str,
        who: &'static str,
        action: &'static str,
        what_changed: &'static str,
        reason: &'static str,
        status: &'static str,
        cases_title: &'static str,
        draft_title: fn(usize) -> String,
        read_from: &'static str,
        check: &'static str,
        search_title: fn(&str) -> String,
        found: &'static str,
        agencies_title: &'static str,
        violations_title: &'static str,
        categories_title: &'static str,
        regions_title: fn(NaiveDate) -> String,
    }
}

words! {
    /// Notes under tables.
    Notes {
        unit: fn(&str) -> String,
        currency_units: fn(&str) -> [String; 4],
        unknown_seized: fn(&str, &str) -> String,
        unknown_fine: fn(&str, &str) -> String,
        unknown: fn(&str, &str) -> String,
        bounds: fn(&[&str]) -> String,
        nothing: &'static str,
        shown: fn(&str, &str) -> String,
        matching: fn(&str) -> String,
        filtered: fn(&str) -> String,
        cutoff: fn(u32) -> String,
        dated_by_detected: &'static str,
        recorded_boundaries: &'static str,
        part: fn(usize, usize) -> String,
        void: fn(&str) -> String,
    }
}

words! {
    /// What commands say when they are done.
    Said {
        made: fn(&str, &str) -> String,
        recorded: fn(&str) -> String,
        already_there: fn(&str) -> String,
        changed: fn(&str, &str) -> String,
        dry_run: &'static str,
        new_agency: fn(&str) -> String,
        similar_agencies: fn(&str) -> String,
        verified: fn(&str, &str, &str, bool) -> String,
        rebuilt: fn(&str) -> String,
        warning: &'static str,
        demo: fn(&str) -> String,
        passed: fn(usize, &str, Passed) -> String,
        drafts: fn(usize, usize) -> String,
        to_check: &'static str,
        check_fields: fn(usize, &str) -> String,
        not_checked: fn(&str) -> String,
        record_draft: fn(usize) -> String,
        draft_record: &'static str,
        draft_skip: &'static str,
        draft_stop: &'static str,
        drafts_recorded: fn(usize, usize) -> String,
    }
}

words! {
    /// What went wrong, as sentences.
    Errors {
        error: &'static str,
        missing: fn(&str) -> String,
        how_to_make: fn(&str) -> String,
        not_a_casebook: fn(&str) -> String,
        exists: fn(&str) -> String,
        newer: fn(i64, i64) -> String,
        older: fn(i64, i64) -> String,
        cannot_open: fn(&str, &str) -> String,
        read_only: fn(&str) -> String,
        full: fn(&str) -> String,
        busy: fn(&str) -> String,
        corrupt: fn(&str) -> String,
        engine: fn(&str) -> String,
        overflow: &'static str,
        no_case: fn(&str) -> String,
        many_cases: fn(&str, &str) -> String,
        duplicate: fn(&str, &str) -> String,
        other_content: fn(&str) -> String,
        invalid: fn(usize) -> String,
        invalid_filter: fn(usize) -> String,
        cannot_write: fn(&str, &str) -> String,
        standard_output: &'static str,
        bad_period: fn(&str, &str) -> String,
        province_moved: fn(&str) -> String,
        cannot_read: fn(&str, &str) -> String,
        bad_reference: fn(&str) -> String,
        bad_config: fn(&str, &str) -> String,
        bad_filter: fn(&str, &str, &str) -> String,
        unsupported_format: fn(&str, &str) -> String,
        needs_a_file: fn(&str) -> String,
        average_without_periods: &'static str,
        read_needs_yes: &'static str,
        not_utf8: fn(&str) -> String,
        note_too_long: fn(&str, &str) -> String,
        draft_invalid: fn(usize, &str) -> String,
        drafts_refused: fn(usize, usize) -> String,
        unknown_field: fn(&str, &str) -> String,
        amend_form: fn(&str) -> String,
        two_periods: &'static str,
        empty_period: &'static str,
        no_words: fn(&str) -> String,
        period_range: &'static str,
        verification: fn(&str) -> String,
        finding_engine: fn(&str) -> String,
        finding_hash: fn(&str, i64) -> String,
        finding_length: fn(&str, i64, i64) -> String,
        finding_case: fn(&str) -> String,
        finding_reference: &'static str,
        finding_agency: fn(&str) -> String,
        finding_import: fn(i64) -> String,
        finding_cases: fn(i64, i64) -> String,
        finding_index: fn(&str) -> String,
        finding_total: fn(&str) -> String,
        chain_of_casebook: &'static str,
        allowed: fn(&str) -> String,
        bad_currency: fn(&str) -> String,
        more_help: &'static str,
        usage_unknown: fn(&str) -> String,
        usage_did_you_mean: fn(&str) -> String,
        usage_missing: fn(&str) -> String,
        usage_invalid: fn(&str, &str) -> String,
        usage_other: fn(&str) -> String,
        usage_conflict: fn(&str, &str) -> String,
        usage_no_command: &'static str,
    }
}

impl Words {
    /// The label of a period that is a key, by the unit that it is put by.
    #[must_use]
    pub fn period(&self, by: By, first: Month) -> String {
        match by {
            By::Quarter => (self.quarter)(first),
            By::Year => first.year().to_string(),
            _ => (self.month)(first),
        }
    }

    /// The one of two names that is in this language.
    #[must_use]
    pub fn name<'a>(&self, name: &'a str, name_en: &'a str) -> &'a str {
        match self.lang {
            Lang::Vi => name,
            Lang::En => name_en,
        }
    }

    /// The label of what is not known, for keys that may be missing.
    #[must_use]
    pub fn missing_key(&self, key: Key) -> Option<&'static str> {
        matches!(key, Key::Violation(None) | Key::Group(None) | Key::Category(None)).then_some(self.labels.unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_name_languages() {
        for (locale, lang) in [
            ("vi", Some(Lang::Vi)),
            ("vi_VN.UTF-8", Some(Lang::Vi)),
            ("en_GB", Some(Lang::En)),
            ("C.UTF-8", Some(Lang::En)),
            ("fr_FR", None),
            ("", None),
        ] {
            assert_eq!(Lang::from_locale(locale), lang, "{locale}");
        }
    }
}
