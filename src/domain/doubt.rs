//! Doubts: what is allowed, and yet looks like a slip of the pen. A doubt is
//! told, and confirmed with a reason; it never refuses a case.

use chrono::{NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Amount, Bound, Cap, Case, Field, Month, OffenderKind};

/// What looks unlikely in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The fine is beyond the legal cap.
    FineAboveCap {
        /// The fine.
        fine: Amount,
        /// The cap.
        cap: Decimal,
        /// The kind of offender that the cap is for; not known, an
        /// organisation's is taken.
        kind: Option<OffenderKind>,
        /// The articles that set it.
        article: String,
        /// Whether all that is said of the cap was checked.
        verified: bool,
    },
    /// An amount is far from those of like cases: a zero too many, or too few.
    FarFromMedian {
        /// The field.
        field: Field,
        /// The amount.
        value: Amount,
        /// The median of the like cases.
        median: Decimal,
        /// How many they are.
        cases: usize,
    },
    /// The figures of its month were published, and it changes them.
    Published {
        /// The month.
        month: Month,
    },
    /// Another case may be the same one.
    ProbableDuplicate {
        /// Its id.
        id: Uuid,
        /// Its number.
        case_no: Option<String>,
        /// Its agency.
        agency: String,
        /// When it was found.
        detected_on: NaiveDate,
        /// What the two share.
        alike: Alike,
    },
}

/// What a case shares with one that may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alike {
    /// The goods, by their names.
    Goods,
    /// The seized value.
    SeizedValue,
    /// The fine.
    FineAmount,
}

impl Doubt {
    /// The field to look at first.
    #[must_use]
    pub fn field(&self) -> Field {
        match self {
            Self::FarFromMedian { field, .. } => *field,
            Self::Published { .. } => Field::DetectedOn,
            Self::ProbableDuplicate { alike: Alike::Goods, .. } => Field::Goods,
            Self::ProbableDuplicate { alike: Alike::SeizedValue, .. } => Field::SeizedValue,
            Self::FineAboveCap { .. } | Self::ProbableDuplicate { alike: Alike::FineAmount, .. } => Field::FineAmount,
        }
    }
}

/// A case of the past with which a new one is compared: what it was about and
/// its amounts, where they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikeCase {
    /// Whether its violation is that of the new case.
    pub same_violation: bool,
    /// Whether the category of its first lot is that of the new case.
    pub same_category: bool,
    /// Its fine.
    pub fine_amount: Option<Decimal>,
    /// Its seized value.
    pub seized_value: Option<Decimal>,
}

/// One of its amounts.
type Figure = fn(&LikeCase) -> Option<Decimal>;

/// With fewer like cases nothing is said of what is usual.
pub const FEWEST_LIKE: usize = 5;
/// How many times as much, or as little, as the median is doubted.
const FAR: i64 = 10;
/// How many days apart two records of one case may be dated.
const NEAR_DAYS: i64 = 3;

impl Case {
    /// The doubt that the fine is beyond its cap. What stands for many cases
    /// has no cap, nor has a fine that is said to be less than it.
    #[must_use]
    pub fn fine_doubt(&self, caps: &[Cap], currency: &str) -> Option<Doubt> {
        let decision = self.decision.as_ref().filter(|_| self.case_count.n == 1)?;
        let fine = decision.fine_amount.filter(|fine| fine.bound != Bound::AtMost)?;
        let violation = self.violation.as_deref()?;
        let kind = self.offender.as_ref().and_then(|offender| offender.kind);
        let holds = |cap: &&Cap| cap.currency == currency && cap.holds_for(violation, decision.decided_on);
        let cap = caps.iter().find(holds).filter(|cap| fine.value > cap.amount(kind))?;
        let (article, verified) = (cap.article.clone(), cap.is_verified());
        Some(Doubt::FineAboveCap { fine, cap: cap.amount(kind), kind, article, verified })
    }

    /// The doubts that an amount has a zero too many or too few.
    #[must_use]
    pub fn median_doubts(&self, like: &[LikeCase]) -> Vec<Doubt> {
        let doubt = |(field, value, of): (Field, Amount, Figure)| {
            let sample = sample(like, of);
            let median = far_from(value.value, &sample)?;
            Some(Doubt::FarFromMedian { field, value, median, cases: sample.len() })
        };
        self.comparable().filter_map(doubt).collect()
    }

    /// Whether it has an amount that those of like cases say something of: if
    /// not, they need not be looked for.
    #[must_use]
    pub fn has_comparable_amount(&self) -> bool {
        self.comparable().next().is_some()
    }

    /// The amounts that are compared with those of like cases.
    fn comparable(&self) -> impl Iterator<Item = (Field, Amount, Figure)> {
        let fine = self.decision.as_ref().and_then(|decision| decision.fine_amount);
        let seized: Figure = |like| like.seized_value;
        let amounts = [
            (Field::SeizedValue, self.seized_value, seized),
            (Field::FineAmount, fine, |like: &LikeCase| like.fine_amount),
        ];
        let is_one = self.case_count.n <= 1;
        let known = move |(field, value, of): (Field, Option<Amount>, Figure)| {
            Some((field, value.filter(|amount| is_one && !amount.value.is_zero())?, of))
        };
        amounts.into_iter().filter_map(known)
    }

    /// The days between which another record of the case may be dated.
    #[must_use]
    pub fn near_days(&self) -> (NaiveDate, NaiveDate) {
        let days = TimeDelta::days(NEAR_DAYS);
        let on = self.detected_on;
        (on.checked_sub_signed(days).unwrap_or(on), on.checked_add_signed(days).unwrap_or(on))
    }

    /// The doubt that it is one with another case, of the same province and
    /// near in time. What tells the two apart rules it out.
    #[must_use]
    pub fn duplicate_doubt(&self, other: &Self) -> Option<Doubt> {
        let alike = self.likeness().alike(&other.likeness())?;
        Some(Doubt::ProbableDuplicate {
            id: other.id,
            case_no: other.case_no.clone(),
            agency: other.agency.clone(),
            detected_on: other.detected_on,
            alike,
        })
    }
}

/// The amounts of the cases that are like in most respects, of which there
/// are enough: violation and category, violation alone, category alone.
fn sample(like: &[LikeCase], of: Figure) -> Vec<Decimal> {
    let degrees: [fn(&LikeCase) -> bool; 3] =
        [|like| like.same_violation && like.same_category, |like| like.same_violation, |like| like.same_category];
    for is_like in degrees {
        let known = like.iter().filter(|like| is_like(like)).filter_map(of);
        let mut amounts: Vec<Decimal> = known.filter(|amount| !amount.is_zero()).collect();
        if amounts.len() >= FEWEST_LIKE {
            amounts.sort_unstable();
            return amounts;
        }
    }
    Vec::new()
}

/// The median of sorted amounts, if a value is ten times as far from it and
/// outside their whole range: large cases are common, and no slips.
fn far_from(value: Decimal, sorted: &[Decimal]) -> Option<Decimal> {
    let median = *sorted.get(sorted.len().checked_sub(1)? / 2)?;
    let (least, most) = (*sorted.first()?, *sorted.last()?);
    let far = Decimal::from(FAR);
    let above = value > most && value / far >= median;
    let below = value < least && median / far >= value;
    (above || below).then_some(median)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Currency, Draft, Entry, Reference, ReferenceTexts};

    fn case(fields: &[(Field, &str)]) -> Case {
        let mut entry = Entry::default();
        let usual = [
            (Field::Province, "Đồng Tháp"),
            (Field::Agency, "Đội QLTT số 10"),
            (Field::DetectedOn, "28/2/2026"),
            (Field::Goods, "Thuốc lá điếu Jet"),
        ];
        for (field, value) in usual.iter().chain(fields) {
            entry.set(*field, None, (*value).to_owned()).unwrap();
        }
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        let (id, currency) = (Uuid::now_v7(), Currency::vnd());
        let today = "2026-11-01".parse().unwrap();
        Draft { entry: &entry, id, reference: &reference, currency: &currency, today }.try_into().unwrap()
    }

    fn capped(fields: &[(Field, &str)]) -> Option<(i64, bool)> {
        match case(fields).fine_doubt(&Cap::all().unwrap(), "VND")? {
            Doubt::FineAboveCap { cap, verified, .. } => Some((i64::try_from(cap).unwrap(), verified)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_fine_is_doubted_beyond_the_cap_of_its_violation_and_offender() {
        let fined = |violation, kind: Option<&'static str>, fine| {
            let mut fields = vec![(Field::Violation, violation), (Field::FineAmount, fine)];
            fields.extend(kind.map(|kind| (Field::OffenderKind, kind)));
            capped(&fields)
        };
        assert_eq!(fined("khong_nguon_goc", Some("person"), "100.000.000"), None, "the cap itself is allowed");
        assert_eq!(fined("khong_nguon_goc", Some("person"), "100.000.001"), Some((100_000_000, true)));
        assert_eq!(fined("khong_nguon_goc", Some("household"), "150tr"), Some((100_000_000, true)));
        assert_eq!(fined("khong_nguon_goc", Some("organisation"), "150tr"), None);
        assert_eq!(fined("khong_nguon_goc", None, "150tr"), None, "not known, an organisation's cap holds");
        assert_eq!(fined("khong_nguon_goc", None, "hơn 201 triệu"), Some((200_000_000, true)));
        assert_eq!(fined("shtt", Some("person"), "hơn 260 triệu"), Some((250_000_000, false)));
        assert_eq!(fined("shtt", Some("person"), "dưới 260 triệu"), None, "it may be less");
        assert_eq!(fined("attp", Some("person"), "5 tỷ"), None, "food safety has a law of its own");
    }

    #[test]
    fn what_stands_for_many_cases_is_not_compared() {
        let fields = [(Field::Violation, "hang_gia"), (Field::FineAmount, "9 tỷ"), (Field::CaseCount, "28")];
        assert_eq!(capped(&fields), None);
        assert_eq!(case(&fields).median_doubts(&usual(&[10, 11, 12, 13, 14])), []);
        assert!(!case(&fields).has_comparable_amount());
    }

    #[test]
    fn like_cases_are_looked_for_where_there_is_an_amount() {
        assert!(case(&[(Field::FineAmount, "1tr")]).has_comparable_amount());
        assert!(case(&[(Field::SeizedValue, "1tr")]).has_comparable_amount());
        assert!(!case(&[(Field::SeizedValue, "0")]).has_comparable_amount());
        assert!(!case(&[]).has_comparable_amount());
    }

    /// Like cases with these fines, in millions.
    fn usual(fines: &[i64]) -> Vec<LikeCase> {
        let like = |fine: &i64| LikeCase {
            same_violation: true,
            same_category: false,
            fine_amount: Some(Decimal::from(fine * 1_000_000)),
            seized_value: None,
        };
        fines.iter().map(like).collect()
    }

    #[test]
    fn an_amount_is_far_from_the_usual_if_it_is_ten_times_the_median_and_beyond_all() {
        let far = |fine: &str, usual: &[LikeCase]| {
            let doubts = case(&[(Field::FineAmount, fine)]).median_doubts(usual);
            doubts.first().map(|doubt| match doubt {
                Doubt::FarFromMedian { field: Field::FineAmount, median, cases, .. } => (*median, *cases),
                other => panic!("{other:?}"),
            })
        };
        let around_25 = usual(&[30, 20, 25, 40, 15]);
        let told = Some((Decimal::from(25_000_000), 5));
        assert_eq!(far("250tr", &around_25), told);
        assert_eq!(far("249tr", &around_25), None);
        assert_eq!(far("2,5tr", &around_25), told);
        assert_eq!(far("2,6tr", &around_25), None);
        assert_eq!(far("0", &around_25), None, "nothing is not a zero too few");
        assert_eq!(far("250tr", &usual(&[30, 20, 25, 40])), None, "four are too few to tell");
        assert_eq!(far("250tr", &usual(&[30, 20, 25, 40, 300])), None, "there was more before");
    }

    #[test]
    fn the_most_alike_cases_tell_what_is_usual_if_there_are_enough() {
        let mut like = usual(&[25; 5]);
        like.extend(usual(&[300; 5]).into_iter().map(|case| LikeCase { same_category: true, ..case }));
        let doubts = case(&[(Field::FineAmount, "25tr")]).median_doubts(&like);
        assert!(matches!(doubts.as_slice(), [Doubt::FarFromMedian { cases: 5, .. }]), "{doubts:?}");
        like.truncate(9);
        let doubts = case(&[(Field::FineAmount, "25tr")]).median_doubts(&like);
        assert_eq!(doubts, [], "of violation and category together there are four");
    }

    #[test]
    fn a_case_may_be_one_that_is_there_by_goods_or_amount_unless_something_tells_them_apart() {
        let alike = |one: &[(Field, &str)], two: &[(Field, &str)]| {
            let doubt = case(one).duplicate_doubt(&case(two))?;
            let Doubt::ProbableDuplicate { alike, .. } = doubt else { panic!("{doubt:?}") };
            Some(alike)
        };
        let beer = (Field::Goods, "bia Heineken");
        assert_eq!(alike(&[], &[(Field::Goods, "thuốc lá JET nhập lậu")]), Some(Alike::Goods));
        assert_eq!(alike(&[], &[beer]), None);
        let seized = |value| (Field::SeizedValue, value);
        assert_eq!(alike(&[seized("45,6tr")], &[seized("45.600.000"), beer]), Some(Alike::SeizedValue));
        assert_eq!(alike(&[seized("45tr")], &[seized("45tr"), beer]), None, "round amounts are often the same");
        assert_eq!(alike(&[seized("45tr")], &[seized("45tr")]), Some(Alike::SeizedValue));
        let fine = |value| (Field::FineAmount, value);
        assert_eq!(alike(&[fine("12,25tr")], &[fine("12.250.000"), beer]), Some(Alike::FineAmount));
        for (one, two) in [
            (seized("45tr"), seized("46tr")),
            (fine("5tr"), fine("6tr")),
            ((Field::Offender, "Nguyễn A"), (Field::Offender, "Trần B")),
            ((Field::CaseNo, "12/BB"), (Field::CaseNo, "13/BB")),
            ((Field::Quantity, "24"), (Field::Quantity, "25")),
            ((Field::CaseCount, "2"), (Field::CaseCount, "3")),
        ] {
            assert_eq!(alike(&[one], &[two]), None, "{one:?} {two:?}");
        }
        let other_agency = [(Field::CaseNo, "12/BB"), (Field::Agency, "Công an xã")];
        assert_eq!(alike(&[(Field::CaseNo, "13/BB")], &other_agency), Some(Alike::Goods), "each numbers its own files");
        let one = case(&[]);
        assert_eq!(one.duplicate_doubt(&one), None, "a case is no duplicate of itself");
    }
}
