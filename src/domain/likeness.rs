//! What two records of one case have in common, and what tells them apart.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Alike, Case};
use crate::text::fold;

/// Figures after which an amount is no round one, so that having it in common
/// says something.
const TELLING_FIGURES: usize = 3;
/// What more cases than these share on one day tells none of them apart.
const MOST_ALIKE: usize = 30;

/// What of a case is compared with another's. All texts are folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// Its id.
    pub id: Uuid,
    /// Its agency.
    pub agency: String,
    /// Its number.
    pub case_no: Option<String>,
    /// Who broke the rule.
    pub offender: Option<String>,
    /// For how many cases it stands.
    pub case_count: u32,
    /// The seized value.
    pub seized: Option<Decimal>,
    /// The fine.
    pub fine: Option<Decimal>,
    /// The quantity of the first lot.
    pub quantity: Option<Decimal>,
    /// The unit of that.
    pub unit: Option<String>,
    /// The names of its lots.
    pub goods: Vec<String>,
}

impl Case {
    /// What of it is compared with other cases.
    #[must_use]
    pub fn likeness(&self) -> Likeness {
        let first = self.goods.first();
        let fine = self.decision.as_ref().and_then(|decision| decision.fine_amount);
        Likeness {
            id: self.id,
            agency: fold(&self.agency),
            case_no: self.case_no.as_deref().map(fold),
            offender: self.offender.as_ref().and_then(|offender| offender.name.as_deref().map(fold)),
            case_count: self.case_count.n,
            seized: self.seized_value.map(|amount| amount.value),
            fine: fine.map(|amount| amount.value),
            quantity: first.and_then(|goods| goods.quantity).map(|quantity| quantity.value),
            unit: first.and_then(|goods| goods.unit.as_deref().map(fold)),
            goods: self.goods.iter().map(|goods| fold(&goods.name)).collect(),
        }
    }
}

impl Likeness {
    /// What two cases of one place and time share that may be one; `None`
    /// where something tells them apart, or they share nothing that says so.
    #[must_use]
    pub fn alike(&self, other: &Self) -> Option<Alike> {
        let (seized, fines) = ((self.seized, other.seized), (self.fine, other.fine));
        if self.is_told_from(other) || differ(&seized) || differ(&fines) {
            return None;
        }
        let like_goods = self.goods.iter().any(|one| other.goods.iter().any(|two| are_like_goods(one, two)));
        if shared(seized, like_goods) {
            Some(Alike::SeizedValue)
        } else if shared(fines, like_goods) {
            Some(Alike::FineAmount)
        } else {
            like_goods.then_some(Alike::Goods)
        }
    }

    /// Whether something but amounts tells two cases apart.
    fn is_told_from(&self, other: &Self) -> bool {
        let unlike = |one: &Option<String>, two: &Option<String>| {
            one.as_ref().zip(two.as_ref()).is_some_and(|(one, two)| one != two)
        };
        self.id == other.id
            || self.case_count != other.case_count
            || unlike(&self.offender, &other.offender)
            || (self.agency == other.agency && unlike(&self.case_no, &other.case_no))
            || (self.unit == other.unit && differ(&(self.quantity, other.quantity)))
    }

    /// What it is looked for by among the cases of its place and day.
    fn marks(&self) -> Vec<Mark> {
        let amount = |amount: Option<Decimal>| amount.filter(|amount| !amount.is_zero()).map(|one| one.normalize());
        let seized = amount(self.seized).map(Mark::Seized);
        let fine = amount(self.fine).map(Mark::Fine);
        let goods = self.goods.iter().map(|name| Mark::Goods(goods_key(name)));
        seized.into_iter().chain(fine).chain(goods).collect()
    }
}

#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Mark {
    Seized(Decimal),
    Fine(Decimal),
    Goods(String),
}

/// The cases of one place and day that may be one, in groups by their places
/// in the list, each with what its first two share.
#[must_use]
pub fn twins_among(cases: &[Likeness]) -> Vec<(Alike, Vec<usize>)> {
    let mut by_mark: HashMap<Mark, Vec<usize>> = HashMap::new();
    for (at, case) in cases.iter().enumerate() {
        for mark in case.marks() {
            let alike = by_mark.entry(mark).or_default();
            if alike.last() != Some(&at) {
                alike.push(at);
            }
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for alike in by_mark.values().filter(|alike| alike.len() <= MOST_ALIKE) {
        let rest = |at: usize| alike.iter().skip(at + 1);
        pairs.extend(alike.iter().enumerate().flat_map(|(at, one)| rest(at).map(|two| (*one, *two))));
    }
    let mut groups: Vec<(Alike, Vec<usize>)> = Vec::new();
    let mut group_of: HashMap<usize, usize> = HashMap::new();
    for (one, two) in pairs {
        let Some(alike) = cases[one].alike(&cases[two]) else { continue };
        match (group_of.get(&one).copied(), group_of.get(&two).copied()) {
            (None, None) => {
                group_of.extend([(one, groups.len()), (two, groups.len())]);
                groups.push((alike, vec![one, two]));
            }
            (Some(group), None) | (None, Some(group)) => {
                let new = if group_of.contains_key(&one) { two } else { one };
                group_of.insert(new, group);
                groups[group].1.push(new);
            }
            (Some(group), Some(other)) if group != other => {
                let moved = std::mem::take(&mut groups[other].1);
                group_of.extend(moved.iter().map(|at| (*at, group)));
                groups[group].1.extend(moved);
            }
            _ => {}
        }
    }
    groups.retain(|(_, group)| !group.is_empty());
    for (_, group) in &mut groups {
        group.sort_unstable();
    }
    groups
}

fn differ((one, two): &(Option<Decimal>, Option<Decimal>)) -> bool {
    one.zip(*two).is_some_and(|(one, two)| one != two)
}

/// Whether two amounts are one that says something: not zero, and not round,
/// unless the goods are like too.
fn shared((one, two): (Option<Decimal>, Option<Decimal>), like_goods: bool) -> bool {
    let Some((one, two)) = one.zip(two) else { return false };
    let digits = one.normalize().mantissa().unsigned_abs().to_string();
    let figures = digits.trim_end_matches('0').len();
    !one.is_zero() && one == two && (like_goods || figures >= TELLING_FIGURES)
}

/// Words that tell what is wrong with goods, not what they are: folded.
const NOT_OF_GOODS: &str = "hang hoa san pham cac loai khong ro nguon goc xuat xu nhap lau gia mao nhan hieu qua han \
     su dung kem chat luong ngoai nuoc vi pham bi va co cua";

/// The words of a folded name that tell what goods are, each once, in order.
fn words_of_goods(name: &str) -> Vec<&str> {
    static PASSED: LazyLock<HashSet<&str>> = LazyLock::new(|| NOT_OF_GOODS.split(' ').collect());
    let mut words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty() && !PASSED.contains(word)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The same for names that have the same words; the name itself where none of
/// them tells what it is.
fn goods_key(name: &str) -> String {
    let words = words_of_goods(name);
    if words.is_empty() { name.to_owned() } else { words.join(" ") }
}

/// Whether two folded names of goods are alike: most of the words of the
/// shorter stand in the other too.
#[must_use]
pub fn are_like_goods(one: &str, two: &str) -> bool {
    let (ones, twos) = (words_of_goods(one), words_of_goods(two));
    let (shared, fewest) =
        (ones.iter().filter(|word| twos.binary_search(word).is_ok()).count(), ones.len().min(twos.len()));
    if fewest == 0 { one == two } else { shared * 5 >= fewest * 3 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn case(agency: &str, number: &str, goods: &str, seized: i64) -> Likeness {
        Likeness {
            id: Uuid::now_v7(),
            agency: agency.to_owned(),
            case_no: (!number.is_empty()).then(|| number.to_owned()),
            offender: None,
            case_count: 1,
            seized: (seized > 0).then(|| seized.into()),
            fine: None,
            quantity: None,
            unit: None,
            goods: vec![goods.to_owned()],
        }
    }

    #[test]
    fn twins_are_groups_of_what_may_be_one() {
        let cases = [
            case("doi 1", "1", "thuoc la", 5),
            case("doi 1", "2", "thuoc la", 5),
            case("cong an", "", "thuoc la jet", 5),
            case("doi 2", "", "duong cat", 0),
            case("doi 3", "", "duong cat nhap lau", 0),
            case("doi 3", "", "ruou", 7),
        ];
        let groups = twins_among(&cases);
        let told: Vec<_> = groups.iter().map(|(alike, group)| (*alike, group.as_slice())).collect();
        assert_eq!(told, [(Alike::SeizedValue, &[0, 1, 2][..]), (Alike::Goods, &[3, 4][..])]);
        assert!(twins_among(&cases[..2]).is_empty(), "an agency's own numbers tell its cases apart");
    }

    #[test]
    fn what_very_many_share_tells_nothing() {
        let many: Vec<Likeness> = (0..=MOST_ALIKE).map(|_| case("doi 1", "", "thuoc la", 0)).collect();
        assert!(twins_among(&many).is_empty());
        assert_eq!(twins_among(&many[1..]).len(), 1);
    }

    #[test]
    fn goods_are_alike_by_the_words_that_name_them() {
        for (one, two, alike) in [
            ("thuoc la dieu jet", "thuoc la jet nhap lau", true),
            ("quan ao khong ro nguon goc", "my pham khong ro nguon goc", false),
            ("hang gia mao nhan hieu", "hang gia mao nhan hieu", true),
            ("hang gia mao nhan hieu", "hang nhap lau", false),
            ("", "", true),
        ] {
            assert_eq!(are_like_goods(one, two), alike, "{one} / {two}");
            assert_eq!(are_like_goods(two, one), alike, "{two} / {one}");
        }
    }

    fn any_case() -> impl Strategy<Value = Likeness> {
        let agency = prop::sample::select(vec!["doi 1", "doi 2", "cong an"]);
        let number = prop::sample::select(vec!["", "", "1", "2"]);
        let goods = prop::sample::select(vec!["thuoc la", "thuoc la jet", "duong cat nhap lau", "duong cat"]);
        (agency, number, goods, prop::sample::select(vec![0_i64, 12_345, 5_000_000]))
            .prop_map(|(agency, number, goods, seized)| case(agency, number, goods, seized))
    }

    proptest! {
        /// Groups hold no case twice, each of them is like another of its
        /// group, and what are alike by the same words or amount are in one.
        #[test]
        fn groups_are_what_is_alike(cases in prop::collection::vec(any_case(), 0..12)) {
            let groups = twins_among(&cases);
            let group_of = |at: usize| groups.iter().position(|(_, group)| group.contains(&at));
            let members: Vec<usize> = groups.iter().flat_map(|(_, group)| group.clone()).collect();
            prop_assert_eq!(members.iter().collect::<BTreeSet<_>>().len(), members.len());
            for (_, group) in &groups {
                for one in group {
                    prop_assert!(group.iter().any(|two| cases[*one].alike(&cases[*two]).is_some()));
                }
            }
            for (one, two) in (0..cases.len()).flat_map(|one| (0..one).map(move |two| (one, two))) {
                let same_mark = cases[one].marks().iter().any(|mark| cases[two].marks().contains(mark));
                if same_mark && cases[one].alike(&cases[two]).is_some() {
                    prop_assert!(group_of(one).is_some() && group_of(one) == group_of(two));
                }
            }
        }
    }
}
