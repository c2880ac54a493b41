//! Headers as people write them, and the fields that they mean.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::scale::Scale;
use crate::domain::Field;
use crate::text::fold;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A field.
    Field(Field),
    /// How the amount of a field relates to the true one.
    BoundOf(Field),
    /// What is known, and not taken.
    Ignored,
}

/// Keys of exports that are no fields of their own, and what bounds belong to.
const BOUNDS: [(&str, Field); 6] = [
    ("quantity_bound", Field::Quantity),
    ("goods_value_bound", Field::GoodsValue),
    ("illegal_profit_bound", Field::IllegalProfit),
    ("paid_bound", Field::PaidAmount),
    ("disposed_quantity_bound", Field::DisposedQuantity),
    ("disposed_bound", Field::DisposedValue),
];
/// Keys of exports and of drafts that follow from others.
const FOLLOWING: [&str; 11] = [
    "status",
    "region",
    "region_code",
    "province_code",
    "group",
    "created_at",
    "words",
    "unsure",
    "item",
    "row",
    "why_refused",
];

impl Target {
    /// What a key of files and JSON means.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        let key = key.trim();
        if FOLLOWING.contains(&key) {
            return Some(Self::Ignored);
        }
        let bound = BOUNDS.iter().find(|(name, _)| *name == key).map(|(_, field)| Self::BoundOf(*field));
        bound.or_else(|| Field::from_key(key).map(Self::Field))
    }

    /// The key that means it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Field(field) => field.key(),
            Self::BoundOf(field) => BOUNDS.iter().find(|(_, of)| *of == field).map_or("", |(name, _)| name),
            Self::Ignored => "",
        }
    }
}

/// What a header means, and how surely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) target: Target,
    /// The higher the surer; two columns that are equally sure are in doubt.
    pub(super) score: usize,
    /// The unit of money that it names.
    pub(super) scale: Option<Scale>,
}

struct Synonym {
    target: Target,
    /// Words one of which must stand above; empty needs nothing.
    under: Vec<String>,
}

struct Synonyms {
    by_text: HashMap<String, Vec<Synonym>>,
    most_words: usize,
}

fn synonyms() -> &'static Synonyms {
    static ALL: OnceLock<Synonyms> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = Synonyms { by_text: HashMap::new(), most_words: 0 };
        let mut put = |target, header: &str, under: &str| {
            let folded = fold(header);
            let under = under.split('|').map(fold).filter(|words| !words.is_empty()).collect();
            all.most_words = all.most_words.max(folded.split(' ').count());
            all.by_text.entry(folded).or_default().push(Synonym { target, under });
        };
        for field in Field::ALL {
            put(Target::Field(*field), field.key(), "");
        }
        for key in BOUNDS.iter().map(|(key, _)| *key).chain(FOLLOWING) {
            put(Target::of_key(key).unwrap_or(Target::Ignored), key, "");
        }
        let mut rows = ::csv::Reader::from_reader(include_bytes!("../../data/headers.csv").as_slice());
        for row in rows.records().flatten() {
            let target = if &row[0] == "ignore" { Some(Target::Ignored) } else { Target::of_key(&row[0]) };
            if let Some(target) = target {
                put(target, &row[1], &row[2]);
            }
        }
        all
    })
}

/// What a header means that stands under another, which may be empty.
pub(super) fn meaning(header: &str, above: &str) -> Option<Match> {
    let (bare, scale) = Scale::split(header);
    let (bare_above, scale_above) = Scale::split(above);
    let (own, above) = (fold(bare), fold(bare_above));
    if own.is_empty() {
        return None;
    }
    let scale = scale.or(scale_above);
    let found = |text: &str, under: &str, score| exact(text, under).map(|(target, extra)| (target, score + extra));
    let combined = if above.is_empty() { None } else { found(&format!("{above} {own}"), "", 950) };
    let best = combined.or_else(|| found(&own, &above, 900)).or_else(|| within(&own, &above));
    best.map(|(target, score)| Match { target, score, scale })
}

/// The meaning of a text as a whole. One that needs something above counts
/// more than one that does not.
fn exact(text: &str, above: &str) -> Option<(Target, usize)> {
    let all = synonyms().by_text.get(text)?;
    let stands = |words: &String| format!(" {above} ").contains(&format!(" {words} "));
    let under = all.iter().find(|synonym| synonym.under.iter().any(stands)).map(|synonym| (synonym.target, 20));
    under.or_else(|| all.iter().find(|synonym| synonym.under.is_empty()).map(|synonym| (synonym.target, 0)))
}

/// The meaning of the longest words within a text that make up most of it.
fn within(text: &str, above: &str) -> Option<(Target, usize)> {
    let words: Vec<&str> = text.split(' ').collect();
    for length in (2..=words.len().min(synonyms().most_words)).rev() {
        for part in words.windows(length) {
            if length * 10 < words.len() * 6 {
                return None;
            }
            if let Some((target, _)) = exact(&part.join(" "), above) {
                return Some((target, length * 100 / words.len()));
            }
        }
    }
    None
}
