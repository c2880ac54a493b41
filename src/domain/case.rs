//! A case: one file about one violation, or a report of many.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Amount, Bound, Count};

/// A province as a case names it: a code, and the day since which the code
/// means that province.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ProvinceKey {
    /// The official code.
    pub code: String,
    /// The first day of the row meant.
    pub since: NaiveDate,
}

/// A quantity of goods, to six decimals at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// The number, without trailing zeros.
    #[serde(with = "rust_decimal::serde::arbitrary_precision")]
    pub value: Decimal,
    /// Whether it is the number itself, or a bound.
    #[serde(default, skip_serializing_if = "super::amount::is_exact")]
    pub bound: Bound,
}

impl Quantity {
    /// How many decimals a quantity may have.
    pub const DECIMALS: u32 = 6;
}

/// One lot of goods.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Goods {
    /// What they are.
    pub name: String,
    /// The code of their category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How many, or how much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// The unit of the quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Their value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Amount>,
    /// The brand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// Where they come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

/// The decision on a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_no: Option<String>,
    /// Its day.
    pub decided_on: NaiveDate,
    /// The fine; `None` is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fine_amount: Option<Amount>,
    /// Illegal profit to be handed back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub illegal_profit: Option<Amount>,
    /// What else was ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedies: Option<String>,
}

/// A payment on a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Its day.
    pub paid_on: NaiveDate,
    /// Its amount.
    pub amount: Amount,
}

/// What was done with seized goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Destroyed.
    Destroyed,
    /// Sold.
    Sold,
    /// Given back.
    Returned,
    /// Handed over to another body.
    HandedOver,
}

impl How {
    /// All ways, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Destroyed, Self::Sold, Self::Returned, Self::HandedOver];

    /// The word used in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Destroyed => "destroyed",
            Self::Sold => "sold",
            Self::Returned => "returned",
            Self::HandedOver => "handed_over",
        }
    }

    /// The words by which it is known: the one used in files, then others,
    /// folded.
    #[must_use]
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::Destroyed => &["destroyed", "tieu huy"],
            Self::Sold => &["sold", "ban", "ban dau gia"],
            Self::Returned => &["returned", "tra lai"],
            Self::HandedOver => &["handed_over", "ban giao", "chuyen giao"],
        }
    }
}

/// A disposal of seized goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposal {
    /// Its day.
    pub disposed_on: NaiveDate,
    /// What was done.
    pub how: How,
    /// Which of the case's lots, from 1; `None` is all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<u32>,
    /// How much of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// Its value; `None` is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Amount>,
    /// The number of the minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<String>,
}

/// The transfer of a case to criminal investigators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Its day.
    pub transferred_on: NaiveDate,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// How many persons; `None` is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persons: Option<u32>,
}

/// The kind of an offender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OffenderKind {
    /// A natural person.
    Person,
    /// A household business.
    Household,
    /// A company or other organisation.
    Organisation,
}

impl OffenderKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Person, Self::Household, Self::Organisation];

    /// The word used in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Household => "household",
            Self::Organisation => "organisation",
        }
    }

    /// The words by which it is known: the one used in files, then others,
    /// folded.
    #[must_use]
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::Person => &["person", "ca nhan"],
            Self::Household => &["household", "ho kinh doanh"],
            Self::Organisation => &["organisation", "to chuc", "doanh nghiep", "cong ty"],
        }
    }
}

/// Who broke the rule: personal data.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Offender {
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A person, household or organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<OffenderKind>,
    /// Identity or tax number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_no: Option<String>,
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// The striking out of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Void {
    /// Its day.
    pub voided_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Where a case stands, as its events tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Found, and no more.
    Open,
    /// Decided, and nothing paid.
    Decided,
    /// Some of the fine paid.
    PartPaid,
    /// All of the fine paid.
    Paid,
    /// With criminal investigators.
    Transferred,
    /// The file is closed.
    Closed,
    /// Struck out.
    Void,
}

impl Status {
    /// All states, in the order of their numbers.
    pub const ALL: [Self; 7] =
        [Self::Open, Self::Decided, Self::PartPaid, Self::Paid, Self::Transferred, Self::Closed, Self::Void];

    /// The word used in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Decided => "decided",
            Self::PartPaid => "part_paid",
            Self::Paid => "paid",
            Self::Transferred => "transferred",
            Self::Closed => "closed",
            Self::Void => "void",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// A photo or scan that belongs to a case. The file itself is kept in the
/// casebook's folder, under the digest of its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// What the file was called.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The day on which it was added.
    pub added_on: NaiveDate,
    /// What it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Attachment {
    /// The longest name that is kept, in characters.
    pub const LONGEST_NAME: usize = 200;

    /// Where its content is kept in the casebook's folder: a folder and a
    /// file, named by the digest, with the extension of its name.
    #[must_use]
    pub fn place(&self) -> (String, String) {
        let extension = self.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let plain = |extension: &String| {
            (1..=8).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let extension = extension.filter(plain).map(|extension| format!(".{extension}")).unwrap_or_default();
        let folder = self.sha256.get(..2).unwrap_or_default().to_owned();
        (folder, format!("{}{extension}", self.sha256))
    }

    /// Whether its digest is one: 64 hexadecimal digits, in small letters.
    #[must_use]
    pub fn has_digest(&self) -> bool {
        self.sha256.len() == 64 && self.sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    }
}

/// A case. What is serialised is what the journal keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The public id, a UUIDv7 made by the writer.
    pub id: Uuid,
    /// How often it was written, from 1.
    pub revision: i64,
    /// The office's number of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_no: Option<String>,
    /// Where it was found.
    pub province: ProvinceKey,
    /// The commune, ward or special zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commune: Option<String>,
    /// The unit that found it.
    pub agency: String,
    /// The code of its force; `None` until stored, where the agency's is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<String>,
    /// With whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<String>,
    /// The first day of the period over which many cases were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detected_from: Option<NaiveDate>,
    /// When it was found; of a period, its last day.
    pub detected_on: NaiveDate,
    /// The code of the violation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub violation: Option<String>,
    /// Article and decree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    /// The lots, one or more. The first one's category is the case's.
    pub goods: Vec<Goods>,
    /// The value of what was seized; `None` is unknown, nothing is 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seized_value: Option<Amount>,
    /// The decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// Payments, in the order in which they were recorded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payments: Vec<Payment>,
    /// Disposals of goods, in the order in which they were recorded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disposals: Vec<Disposal>,
    /// Photos and scans, in the order in which they were added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The transfer to criminal investigators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Transfer>,
    /// The day on which the file was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
    /// Its striking out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<Void>,
    /// Who broke the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offender: Option<Offender>,
    /// How many cases the record stands for.
    #[serde(default)]
    pub case_count: Count,
    /// Where the record comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Case {
    /// Where the case stands, as its events tell.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.void.is_some() {
            Status::Void
        } else if self.closed_on.is_some() {
            Status::Closed
        } else if self.transfer.is_some() {
            Status::Transferred
        } else {
            self.payment_status()
        }
    }

    fn payment_status(&self) -> Status {
        let Some(decision) = &self.decision else { return Status::Open };
        let fine = decision.fine_amount.map(|fine| fine.value);
        match fine {
            _ if self.payments.is_empty() => Status::Decided,
            Some(fine) if self.paid() >= fine => Status::Paid,
            _ => Status::PartPaid,
        }
    }

    /// What was paid in all.
    #[must_use]
    pub fn paid(&self) -> Decimal {
        self.payments.iter().map(|payment| payment.amount.value).sum()
    }

    /// The first day that the record covers.
    #[must_use]
    pub fn first_day(&self) -> NaiveDate {
        self.detected_from.unwrap_or(self.detected_on)
    }

    /// The code of the case's category: that of its first lot.
    #[must_use]
    pub fn category(&self) -> Option<&str> {
        self.goods.first().and_then(|goods| goods.category.as_deref())
    }

    /// When the record was made, as its id tells; `None` for an id that is
    /// not a UUIDv7.
    #[must_use]
    pub fn created_at(&self) -> Option<DateTime<Utc>> {
        let (seconds, nanos) = self.id.get_timestamp()?.to_unix();
        DateTime::from_timestamp(seconds.try_into().ok()?, nanos)
    }
}
