//! Totals: figures added up by region, month and whatever else is asked.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use foldhash::fast::RandomState;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::gathering::{Gathering, Table, rows};
use super::{
    AgencyId, CategoryId, Cutoff, EventKind, Figures, Filter, ForceId, Group, Measure, Month, Overflow, Period,
    Province, ProvinceId, Reference, RegionId, Status, Tally, TimeUnit, ViolationId,
};
use crate::text;

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$item_doc])* $item),+ }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$item),+];

            /// The word in flags and JSON.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$item => $code),+ }
            }
        }
    };
}

coded! {
    /// What totals are put by.
    By {
        /// Socio-economic region.
        Region = "region",
        /// Province.
        Province = "province",
        /// Agency.
        Agency = "agency",
        /// Force.
        Force = "force",
        /// Month.
        Month = "month",
        /// Quarter.
        Quarter = "quarter",
        /// Year.
        Year = "year",
        /// Kind of violation.
        Violation = "violation",
        /// Group A, B or C.
        Group = "group",
        /// Category of the case's first lot.
        Category = "category",
        /// Where the case stands.
        Status = "status",
    }
}

impl By {
    /// The unit of time, if it is one.
    #[must_use]
    pub fn time_unit(self) -> Option<TimeUnit> {
        match self {
            Self::Month => Some(TimeUnit::Month),
            Self::Quarter => Some(TimeUnit::Quarter),
            Self::Year => Some(TimeUnit::Year),
            _ => None,
        }
    }
}

coded! {
    /// The day on which a figure counts.
    Dating {
        /// Each figure when it happened.
        Happened = "happened",
        /// Everything when the case was found.
        Detected = "detected",
    }
}

coded! {
    /// The provinces under which cases are counted.
    Boundaries {
        /// Today's.
        Today = "today",
        /// Those in which they were recorded.
        Recorded = "recorded",
    }
}

/// What is asked of the totals.
#[derive(Debug, Clone, PartialEq)]
pub struct TotalsQuery {
    /// What they are put by, outermost first.
    pub by: Vec<By>,
    /// Which cases they take in.
    pub filter: Filter,
    /// The period, which may be open; `None` is all there is.
    pub period: Option<Period>,
    /// The day on which a figure counts.
    pub dating: Dating,
    /// The day on which months end.
    pub cutoff: Cutoff,
    /// The provinces under which cases are counted.
    pub boundaries: Boundaries,
    /// Whether periods in which nothing happened are left out.
    pub no_empty: bool,
}

impl TotalsQuery {
    /// The smallest unit of time that it is put by.
    #[must_use]
    pub fn time_unit(&self) -> Option<TimeUnit> {
        self.by.iter().filter_map(|by| by.time_unit()).min_by_key(|unit| unit.months())
    }
}

/// The members of the dimensions to which some events belong, as numbers; 0
/// is none, or not asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Members {
    /// The agency.
    pub agency: i64,
    /// The force.
    pub force: i64,
    /// The violation.
    pub violation: i64,
    /// The category.
    pub category: i64,
    /// The place of the status in [`Status::ALL`].
    pub status: i64,
}

impl Members {
    /// Those of the dimensions that totals are put by.
    #[must_use]
    pub fn asked_by(self, query: &TotalsQuery) -> Self {
        let if_asked = |wanted: &[By], member: i64| {
            if query.by.iter().any(|by| wanted.contains(by)) { member } else { 0 }
        };
        Self {
            agency: if_asked(&[By::Agency], self.agency),
            force: if_asked(&[By::Force], self.force),
            violation: if_asked(&[By::Violation, By::Group], self.violation),
            category: if_asked(&[By::Category], self.category),
            status: if_asked(&[By::Status], self.status),
        }
    }
}

/// Some events of one kind, added up: what the store gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// The province as recorded.
    pub province: ProvinceId,
    /// What else they have in common.
    pub members: Members,
    /// A day of the period in which they count.
    pub on: NaiveDate,
    /// What happened.
    pub kind: EventKind,
    /// How often, and how much.
    pub tally: Tally,
}

/// What a row of totals stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A region.
    Region(RegionId),
    /// A province.
    Province(ProvinceId),
    /// An agency.
    Agency(AgencyId),
    /// A force.
    Force(ForceId),
    /// A month, or the quarter or year that begins with it.
    Time(Month),
    /// A violation, or none named.
    Violation(Option<ViolationId>),
    /// A group, or none known.
    Group(Option<Group>),
    /// A category, or none named.
    Category(Option<CategoryId>),
    /// A state.
    Status(Status),
    /// So many others, added up.
    Rest(usize),
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct TotalsRow {
    /// What it stands for, in the order of the query's `by`.
    pub keys: Vec<Key>,
    /// Its figures.
    pub figures: Figures,
}

/// The name of an agency and the province that it belongs to.
pub type Names = BTreeMap<AgencyId, (String, ProvinceId)>;

/// Totals, as they were asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    /// What was asked.
    pub query: TotalsQuery,
    /// The days covered; `None` if nothing is there.
    pub span: Option<Period>,
    /// The rows, in the order of their keys.
    pub rows: Vec<TotalsRow>,
    /// The sum of the rows.
    pub total: Figures,
    /// The agencies that are among the keys.
    pub agencies: Names,
    /// Whether only the largest are kept apart, and the rest put together.
    pub is_cut: bool,
}

impl Totals {
    /// Nothing yet.
    pub(crate) fn none(query: TotalsQuery, span: Option<Period>) -> Self {
        let (rows, total, agencies) = (Vec::new(), Figures::default(), Names::new());
        Self { query, span, rows, total, agencies, is_cut: false }
    }

    /// Adds slices to totals that were not sorted or cut yet.
    pub fn add(self, slices: &[Slice], agencies: Names, reference: &Reference) -> Result<Self, Overflow> {
        let mut gathering = Gathering::after(self);
        slices.iter().try_for_each(|slice| gathering.add(slice, reference))?;
        gathering.end(agencies, reference)
    }

    /// Sorts by a measure at each level, largest first unless `ascending`;
    /// periods that stand under something else stay in order.
    pub fn sort_by(&mut self, measure: Measure, ascending: bool) {
        // Of each key, by what leads to it: its sum, and where it stood first.
        let mut groups: HashMap<Vec<Key>, (Decimal, usize)> = HashMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            for level in 1..=row.keys.len() {
                let group = groups.entry(row.keys[..level].to_vec()).or_insert((Decimal::ZERO, at));
                group.0 += row.figures.value(measure);
            }
        }
        self.rows.sort_by(|one, two| {
            let differ = one.keys.iter().zip(&two.keys).position(|(one, two)| one != two);
            let Some(level) = differ else { return Ordering::Equal };
            let rank = |keys: &[Key]| {
                let (sum, at) = groups.get(&keys[..=level]).copied().unwrap_or_default();
                let sum = if level > 0 && matches!(keys[level], Key::Time(_)) { Decimal::ZERO } else { sum };
                let sum = if ascending { sum } else { -sum };
                (matches!(keys[level], Key::Rest(_)), sum, at)
            };
            rank(&one.keys).cmp(&rank(&two.keys))
        });
    }

    /// Keeps the `n` largest of the first key by a measure and puts the rest
    /// together as one, so that the total never changes.
    pub fn keep_top(&mut self, n: usize, measure: Measure) -> Result<(), Overflow> {
        self.sort_by(measure, false);
        let mut firsts: Vec<Key> = self.rows.iter().filter_map(|row| row.keys.first().copied()).collect();
        firsts.dedup();
        let rest = Key::Rest(firsts.len().saturating_sub(n));
        let kept: BTreeSet<Key> = firsts.into_iter().take(n).collect();
        let mut table = Table::default();
        for mut row in std::mem::take(&mut self.rows) {
            if row.keys.first().is_some_and(|first| !kept.contains(first)) {
                row.keys[0] = rest;
                let deeper = row.keys.iter_mut().skip(1).filter(|key| !matches!(key, Key::Time(_)));
                deeper.for_each(|key| *key = rest);
            }
            table.entry(row.keys).or_default().add(&row.figures)?;
        }
        self.rows = rows(table);
        self.is_cut = true;
        Ok(())
    }
}

/// Puts slices under their keys.
pub(super) struct Keys<'a> {
    pub(super) query: &'a TotalsQuery,
    pub(super) reference: &'a Reference,
}

impl Keys<'_> {
    pub(super) fn of(&self, slice: &Slice) -> Vec<Key> {
        self.query.by.iter().map(|by| self.key(*by, slice)).collect()
    }

    fn key(&self, by: By, slice: &Slice) -> Key {
        let some = |number: i64| (number != 0).then_some(number);
        match by {
            By::Region => self.region(slice.province),
            By::Province => Key::Province(self.counted(slice.province)),
            By::Agency => Key::Agency(AgencyId(slice.members.agency)),
            By::Force => Key::Force(ForceId(slice.members.force)),
            By::Violation => Key::Violation(some(slice.members.violation).map(ViolationId)),
            By::Group => Key::Group(self.group(slice.members.violation)),
            By::Category => Key::Category(some(slice.members.category).map(CategoryId)),
            By::Status => Key::Status(status(slice.members.status)),
            By::Month | By::Quarter | By::Year => time_key(by, Month::of(slice.on, self.query.cutoff)),
        }
    }

    fn counted(&self, province: ProvinceId) -> ProvinceId {
        match self.query.boundaries {
            Boundaries::Today => self.reference.present(province),
            Boundaries::Recorded => self.reference.unmerged(province),
        }
    }

    /// The region, by the newest row of its code, in which a province lies
    /// today, or lay when it was recorded.
    fn region(&self, province: ProvinceId) -> Key {
        let counted = self.reference.province(self.reference.counted_in(province, self.query.boundaries));
        let region = counted.and_then(|province| self.reference.region(province.region));
        let newest = region.and_then(|region| {
            let same = self.reference.regions.iter().filter(|other| other.code == region.code);
            same.max_by_key(|other| other.valid_from)
        });
        Key::Region(newest.map_or(RegionId(0), |region| region.id))
    }

    fn group(&self, violation: i64) -> Option<Group> {
        self.reference.violation_row(ViolationId(violation)).and_then(|row| row.group)
    }
}

fn status(number: i64) -> Status {
    usize::try_from(number).ok().and_then(|at| Status::ALL.get(at)).copied().unwrap_or(Status::Open)
}

pub(super) fn time_key(by: By, month: Month) -> Key {
    Key::Time(by.time_unit().map_or(month, |unit| unit.start(month)))
}

/// The places of keys in their order. Names are compared once for each key,
/// however many rows have it.
pub(super) struct Ranks(HashMap<Key, usize, RandomState>);

impl Ranks {
    pub(super) fn of(keys: impl Iterator<Item = Key>, names: &Names, reference: &Reference) -> Self {
        let mut keys: Vec<Key> = keys.collect::<HashSet<Key>>().into_iter().collect();
        keys.sort_by(|one, two| order(*one, *two, names, reference));
        Self(keys.into_iter().zip(0..).collect())
    }

    /// Whether a key is among them.
    pub(super) fn has(&self, key: Key) -> bool {
        self.0.contains_key(&key)
    }

    /// What rows of such keys are to be sorted by.
    pub(super) fn of_keys(&self, keys: &[Key]) -> Vec<Option<usize>> {
        keys.iter().map(|key| self.0.get(key).copied()).collect()
    }
}

/// The order of two keys.
fn order(one: Key, two: Key, names: &Names, reference: &Reference) -> Ordering {
    match (one, two) {
        (Key::Region(one), Key::Region(two)) => reference.region_rank(one).cmp(&reference.region_rank(two)),
        (Key::Province(one), Key::Province(two)) => reference.place_rank(one).cmp(&reference.place_rank(two)),
        (Key::Agency(one), Key::Agency(two)) => {
            let place = |id: AgencyId| names.get(&id).map(|(_, province)| reference.place_rank(*province));
            let name = |id: AgencyId| names.get(&id).map_or("", |(name, _)| name.as_str());
            place(one).cmp(&place(two)).then_with(|| text::compare(name(one), name(two))).then(one.cmp(&two))
        }
        // What is not known comes last.
        (Key::Violation(one), Key::Violation(two)) => (one.is_none(), one).cmp(&(two.is_none(), two)),
        (Key::Group(one), Key::Group(two)) => (one.is_none(), one).cmp(&(two.is_none(), two)),
        (Key::Category(one), Key::Category(two)) => (one.is_none(), one).cmp(&(two.is_none(), two)),
        (one, two) => one.cmp(&two),
    }
}

impl Reference {
    fn region_rank(&self, id: RegionId) -> (i64, RegionId) {
        (self.region(id).map_or(i64::MAX, |region| region.sort), id)
    }

    /// Regions from north to south, provinces by their codes within them.
    pub(super) fn place_rank(&self, id: ProvinceId) -> (i64, &str, ProvinceId) {
        let province = self.province(id);
        let region = province.and_then(|province| self.region(province.region));
        (region.map_or(i64::MAX, |region| region.sort), province.map_or("", |province| &province.code), id)
    }

    /// The newest row of a province that was renewed without being merged: of
    /// these, what was recorded before and after belongs together.
    fn unmerged(&self, id: ProvinceId) -> ProvinceId {
        let Some(province) = self.province(id) else { return id };
        let Some(next) = province.successor.and_then(|next| self.province(next)) else { return id };
        let came_from = |other: &&Province| other.successor == Some(next.id);
        let alone = next.code == province.code && self.provinces.iter().filter(came_from).count() == 1;
        if alone { self.unmerged(next.id) } else { id }
    }
}
