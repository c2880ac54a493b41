//! Reference data: what the law may change is data, each row with its dates
//! and its source.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::journal::hexadecimal;
use super::matching::{Named, NoMatch, find};
use super::place::{Province, ProvinceAlias, ProvinceKind, Region};
use crate::text::fold;

/// Groups of violations of the national steering committee 389.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Group {
    /// Banned and smuggled goods.
    A,
    /// Trade fraud and all that is in neither other group.
    B,
    /// Counterfeits and infringed intellectual property.
    C,
}

impl Group {
    /// The three groups.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// Its letter.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }

    /// The group of a letter.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code().eq_ignore_ascii_case(code.trim()))
    }
}

macro_rules! row_ids {
    ($($(#[$doc:meta])* $name:ident),+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(pub i64);)+
    };
}
row_ids! {
    /// The number of a force's row.
    ForceId,
    /// The number of a violation's row.
    ViolationId,
    /// The number of a goods category's row.
    CategoryId
}

/// A force that finds and handles cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Force {
    /// Its row.
    pub id: ForceId,
    /// Its code, `market_surveillance`.
    pub code: String,
    /// Its Vietnamese name.
    pub name: String,
    /// Its English name.
    pub name_en: String,
    /// Its short Vietnamese name, as units carry it: `QLTT`.
    pub short: String,
    /// Folded words by which it is known in a unit's name.
    pub patterns: Vec<String>,
}

/// A kind of violation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Its row.
    pub id: ViolationId,
    /// Its code, `hang_gia`.
    pub code: String,
    /// Its Vietnamese name.
    pub name: String,
    /// Its English name.
    pub name_en: String,
    /// Its group in the statistics of committee 389.
    pub group: Option<Group>,
    /// The decree that punishes it.
    pub decree: String,
    /// `verified`, or what is not sure.
    pub confidence: String,
}

/// A category of goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Category {
    /// Its row.
    pub id: CategoryId,
    /// Its code, `thuoc_la`.
    pub code: String,
    /// Its Vietnamese name.
    pub name: String,
    /// Its English name.
    pub name_en: String,
    /// Units in which such goods are counted.
    pub units: Vec<String>,
}

macro_rules! named {
    ($($name:ident),+) => {
        $(impl Named for $name {
            fn code(&self) -> &str { &self.code }
            fn names(&self) -> [&str; 2] { [&self.name, &self.name_en] }
        })+
    };
}
named!(Force, Violation, Category);

/// All reference data of a casebook.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Reference {
    /// Regions, with their dates.
    pub regions: Vec<Region>,
    /// Provinces, with their dates.
    pub provinces: Vec<Province>,
    /// Changes of provinces' kinds.
    pub kinds: Vec<ProvinceKind>,
    /// Other names of provinces.
    pub aliases: Vec<ProvinceAlias>,
    /// Forces.
    pub forces: Vec<Force>,
    /// Kinds of violations.
    pub violations: Vec<Violation>,
    /// Categories of goods.
    pub categories: Vec<Category>,
}

impl Reference {
    /// The SHA-256 of all of it, in hexadecimal: what the journal keeps.
    #[must_use]
    pub fn digest(&self) -> String {
        hexadecimal(&Sha256::digest(serde_json::to_vec(self).unwrap_or_default()))
    }
}

/// The code of the force of units that no other force's words fit.
const OTHER_FORCE: &str = "other";

impl Reference {
    /// The force meant by a name or code.
    pub fn find_force(&self, text: &str) -> Result<&Force, NoMatch> {
        let short = self.forces.iter().find(|force| !force.short.is_empty() && fold(&force.short) == fold(text));
        short.map_or_else(|| find(self.forces.iter(), text), Ok)
    }

    /// The force that a unit's name speaks of, else `other`. The longest
    /// words decide: "cảnh sát biển" is not "cảnh sát".
    #[must_use]
    pub fn force_of_agency(&self, name: &str) -> &str {
        let name = format!(" {} ", fold(name));
        let spoken_of = |force: &&Force| {
            force.patterns.iter().filter(|pattern| name.contains(&format!(" {pattern} "))).map(String::len).max()
        };
        let known = self.forces.iter().filter(|force| spoken_of(force).is_some()).max_by_key(spoken_of);
        known.map_or(OTHER_FORCE, |force| &force.code)
    }

    /// The violation meant by a name or code.
    pub fn find_violation(&self, text: &str) -> Result<&Violation, NoMatch> {
        find(self.violations.iter(), text)
    }

    /// The category of goods meant by a name or code.
    pub fn find_category(&self, text: &str) -> Result<&Category, NoMatch> {
        find(self.categories.iter(), text)
    }

    /// The force of a row.
    #[must_use]
    pub fn force_row(&self, id: ForceId) -> Option<&Force> {
        self.forces.iter().find(|row| row.id == id)
    }

    /// The violation of a row.
    #[must_use]
    pub fn violation_row(&self, id: ViolationId) -> Option<&Violation> {
        self.violations.iter().find(|row| row.id == id)
    }

    /// The category of a row.
    #[must_use]
    pub fn category_row(&self, id: CategoryId) -> Option<&Category> {
        self.categories.iter().find(|row| row.id == id)
    }

    /// The force of a code.
    #[must_use]
    pub fn force(&self, code: &str) -> Option<&Force> {
        self.forces.iter().find(|force| force.code == code)
    }

    /// The violation of a code.
    #[must_use]
    pub fn violation(&self, code: &str) -> Option<&Violation> {
        self.violations.iter().find(|violation| violation.code == code)
    }

    /// The category of a code.
    #[must_use]
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.code == code)
    }
}
