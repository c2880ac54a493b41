//! The fields of a case by their names in files and flags, and what can be
//! wrong with one.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use thiserror::Error;

use super::{Month, NoMatch, NotHeld};
use crate::text::{DateError, ReadError, Warning};

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $key:literal),+ $(,)?) => {
        /// A field of a case, by its name in files and flags.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field { $($(#[$doc])* $name),+ }

        impl Field {
            /// Every field.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in files and, with hyphens, as a flag.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }
        }
    };
}

fields! {
    /// The case's public id, a UUID; the writer's to choose.
    Id = "id",
    /// The office's number of the file.
    CaseNo = "case_no",
    /// The province, by name, former name, alias or code.
    Province = "province",
    /// The commune, ward or special zone.
    Commune = "commune",
    /// The unit that found it.
    Agency = "agency",
    /// The force that the unit belongs to.
    Force = "force",
    /// With whom; names separated by semicolons.
    Partners = "partners",
    /// The first day of the period over which many cases were found.
    DetectedFrom = "detected_from",
    /// When it was found.
    DetectedOn = "detected_on",
    /// The kind of violation.
    Violation = "violation",
    /// Article and decree.
    LegalBasis = "legal_basis",
    /// What the goods are.
    Goods = "goods",
    /// The category of the goods.
    Category = "category",
    /// How many, or how much.
    Quantity = "quantity",
    /// The unit of the quantity.
    Unit = "unit",
    /// The value of the goods.
    GoodsValue = "goods_value",
    /// The brand.
    Brand = "brand",
    /// The country or place of origin.
    Origin = "origin",
    /// The value of what was seized.
    SeizedValue = "seized_value",
    /// How that value relates to the true one.
    SeizedBound = "seized_bound",
    /// The number of the decision.
    DecisionNo = "decision_no",
    /// The day of the decision.
    DecidedOn = "decided_on",
    /// The fine.
    FineAmount = "fine_amount",
    /// How the fine relates to the true one.
    FineBound = "fine_bound",
    /// Illegal profit to be handed back.
    IllegalProfit = "illegal_profit",
    /// What else was ordered.
    Remedies = "remedies",
    /// A payment.
    PaidAmount = "paid_amount",
    /// The day of the payment.
    PaidOn = "paid_on",
    /// The day on which goods were disposed of.
    DisposedOn = "disposed_on",
    /// What was done with them.
    DisposedHow = "disposed_how",
    /// How much of them.
    DisposedQuantity = "disposed_quantity",
    /// Their value.
    DisposedValue = "disposed_value",
    /// Which of the case's lots, from 1.
    Lot = "lot",
    /// The number of the minutes of the disposal.
    Minutes = "minutes",
    /// The day on which the case went to criminal investigators.
    TransferredOn = "transferred_on",
    /// To whom it went.
    TransferredTo = "transferred_to",
    /// How many persons.
    Persons = "persons",
    /// The day on which the file was closed.
    ClosedOn = "closed_on",
    /// Who broke the rule.
    Offender = "offender",
    /// A person, household or organisation.
    OffenderKind = "offender_kind",
    /// Identity or tax number.
    OffenderId = "offender_id",
    /// Where the offender lives or trades.
    OffenderAddress = "offender_address",
    /// How many cases the record stands for.
    CaseCount = "case_count",
    /// How that number relates to the true one.
    CaseCountBound = "case_count_bound",
    /// Where the record comes from.
    Source = "source",
    /// Anything else.
    Note = "note",
    /// Why a case is changed or struck out.
    Reason = "reason",
    /// Where the case stands; follows from what happened to it.
    Status = "status",
    /// The day on which it was struck out.
    VoidedOn = "voided_on",
    /// Why it was struck out.
    VoidReason = "void_reason",
    /// How often it was written.
    Revision = "revision",
    /// The region; follows from the province.
    Region = "region",
    /// The group of violations; follows from the violation.
    Group = "group",
}

impl Field {
    /// The field of a key, as [`Field::key`] writes it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }

    /// Whether it can't be set by a correction.
    #[must_use]
    pub fn is_fixed(self) -> bool {
        use Field::{Group, Id, Reason, Region, Revision, Status, VoidReason, VoidedOn};
        matches!(self, Id | Reason | Status | VoidedOn | VoidReason | Revision | Region | Group)
    }

    /// Whether it is an amount of money.
    #[must_use]
    pub fn is_money(self) -> bool {
        use Field::{DisposedValue, FineAmount, GoodsValue, IllegalProfit, PaidAmount, SeizedValue};
        matches!(self, SeizedValue | FineAmount | IllegalProfit | GoodsValue | PaidAmount | DisposedValue)
    }

    /// Whether it is a day.
    #[must_use]
    pub fn is_day(self) -> bool {
        use Field::{ClosedOn, DecidedOn, DetectedFrom, DetectedOn, DisposedOn, PaidOn, TransferredOn, VoidedOn};
        matches!(
            self,
            DetectedOn | DetectedFrom | DecidedOn | PaidOn | DisposedOn | TransferredOn | ClosedOn | VoidedOn
        )
    }

    /// Whether it is a number of something other than money.
    #[must_use]
    pub fn is_number(self) -> bool {
        use Field::{CaseCount, DisposedQuantity, Lot, Persons, Quantity, Revision};
        matches!(self, Quantity | DisposedQuantity | CaseCount | Persons | Lot | Revision)
    }

    /// Whether it is a text, not an amount, a number or a day.
    #[must_use]
    pub fn is_words(self) -> bool {
        !self.is_money() && !self.is_day() && !self.is_number()
    }

    /// Which of a case's lists it belongs to, if any.
    #[must_use]
    pub fn part(self) -> Part {
        use Field::{Brand, Category, Goods, GoodsValue, Origin, Quantity, Unit};
        use Field::{DisposedHow, DisposedOn, DisposedQuantity, DisposedValue, Lot, Minutes, PaidAmount, PaidOn};
        match self {
            Goods | Category | Quantity | Unit | GoodsValue | Brand | Origin => Part::Goods,
            PaidAmount | PaidOn => Part::Payments,
            DisposedOn | DisposedHow | DisposedQuantity | DisposedValue | Lot | Minutes => Part::Disposals,
            _ => Part::Case,
        }
    }
}

/// The parts of an entry: what there is once, and what there may be several of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// What a case has once.
    Case,
    /// Its lots of goods.
    Goods,
    /// Its payments.
    Payments,
    /// Its disposals.
    Disposals,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It is required.
    Missing,
    /// It is not an amount or number.
    Amount(ReadError),
    /// It has more decimals than the currency or quantity allows.
    Fraction {
        /// How many are allowed.
        decimals: u32,
    },
    /// It is more than is allowed.
    TooLarge {
        /// The most that is allowed.
        most: Decimal,
    },
    /// It names another currency than the casebook's.
    Currency {
        /// The currency named.
        found: &'static str,
        /// The casebook's.
        allowed: String,
    },
    /// It is not a date.
    Date(DateError),
    /// It lies after today.
    Future {
        /// Today.
        today: NaiveDate,
    },
    /// It lies before what it must follow.
    Before {
        /// What it must follow.
        field: Field,
        /// The day of that.
        date: NaiveDate,
    },
    /// It lies after what must follow it.
    After {
        /// What must follow it.
        field: Field,
        /// The day of that.
        date: NaiveDate,
    },
    /// It lies before any day that a case can have.
    TooEarly {
        /// The first day allowed.
        first: NaiveDate,
    },
    /// It is zero, where something is needed.
    Zero,
    /// It is in no list, or in doubt.
    NoMatch(NoMatch),
    /// It must be one of a few words.
    NotOneOf {
        /// The words.
        allowed: Vec<String>,
    },
    /// It must be a whole number, at least this.
    WholeNumber {
        /// The least allowed.
        least: u32,
        /// The most.
        most: u32,
    },
    /// It makes no sense without another field.
    Needs(Field),
    /// The amount says one bound and its bound field another.
    BoundConflict,
    /// It is longer than is allowed.
    TooLong {
        /// How many characters are allowed.
        most: usize,
    },
    /// It is not a UUID.
    NotAnId,
    /// There are no more lines of goods than this.
    NoSuchLine {
        /// How many there are.
        lines: usize,
    },
    /// It can't be changed.
    Fixed,
    /// Something else refers to it.
    InUse,
    /// It is given twice.
    Twice,
    /// A spreadsheet's formula ended in an error.
    FormulaError,
    /// A spreadsheet has made a day of a number such as "3/4".
    MadeADate,
    /// It was refused before, and is not mended.
    NotMended,
    /// One cell of a spreadsheet gives it to several cases.
    Shared,
    /// It changes the figures of a month that was published, or publishes
    /// them again, and says not why.
    Published {
        /// The month.
        month: Month,
        /// Whether it publishes them again.
        again: bool,
    },
    /// It is neither a text nor a number.
    NotAValue,
    /// More goods would go than there can have been.
    NotHeld(NotHeld),
}

/// A field that can't be taken, with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field.
    pub field: Field,
    /// The line of goods, from 1, where there are several.
    pub line: Option<usize>,
    /// What was found.
    pub value: String,
    /// What is wrong with it.
    pub reason: Reason,
}

/// A field that was taken, of which a person should be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldWarning {
    /// The field.
    pub field: Field,
    /// What was found.
    pub value: String,
    /// How it was read.
    pub warning: Warning,
}

/// An entry that can't be taken: all of its bad fields together.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{} field(s) are not valid: {}", .0.len(), .0.iter().map(|error| error.field.key()).collect::<Vec<_>>().join(", "))]
pub struct Invalid(pub Vec<FieldError>);
