//! The numbers of files: series of them, and what is missing in one.

use std::collections::BTreeMap;

use super::AgencyId;

/// A number that is further from the next than this is no member of a running
/// series: "20260115-1" counts days, not files.
const WIDEST_GAP: u64 = 1_000;
/// Numbers of which not one in so many is there are none either: they are
/// shared with others, or chosen.
const SPARSEST: u64 = 20;
/// With fewer numbers nothing is said of a series.
const FEWEST: usize = 3;
/// The years that a number may name.
const YEARS: std::ops::RangeInclusive<u64> = 1_990..=2_099;

/// A series of file numbers: what stands around the number, folded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Series {
    /// The agency that counts.
    pub agency: AgencyId,
    /// What stands before the number.
    pub before: String,
    /// What stands after it.
    pub after: String,
    /// The year in which it was counted, unless the text names one: then it
    /// starts anew each year.
    pub year: Option<i64>,
}

/// A file's number within its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered {
    /// The number.
    pub number: u64,
    /// How many digits it was written with, where it begins with a 0; else 0.
    pub width: usize,
}

/// Reads the folded number of a file, found in a year: its first run of digits
/// that is no year, and the series that the rest of it names.
#[must_use]
pub fn read_number_of_file(agency: AgencyId, folded: &str, year: i64) -> Option<(Series, Numbered)> {
    let mut runs: Vec<(usize, &str)> = Vec::new();
    let mut rest = folded;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let tail = &rest[start..];
        let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        runs.push((folded.len() - tail.len(), &tail[..end]));
        rest = &tail[end..];
    }
    let is_year = |run: &&(usize, &str)| run.1.len() == 4 && run.1.parse().is_ok_and(|year| YEARS.contains(&year));
    let (at, digits) = *runs.iter().find(|run| !is_year(run)).or(runs.first())?;
    let number = digits.parse().ok().filter(|number| *number < u64::from(u32::MAX))?;
    let names_year = runs.iter().filter(|run| run.0 != at).any(|run| is_year(&run));
    let series = Series {
        agency,
        before: folded[..at].to_owned(),
        after: folded[at + digits.len()..].to_owned(),
        year: (!names_year).then_some(year),
    };
    Some((series, Numbered { number, width: if digits.starts_with('0') { digits.len() } else { 0 } }))
}

/// The numbers of a series that were found, each with what it leads back to.
#[derive(Debug, Clone)]
pub struct Numbers<T>(BTreeMap<u64, (usize, T)>);

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

/// A range of missing numbers, and the neighbours on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap<'a, T> {
    /// The first number that is missing.
    pub first: u64,
    /// The last.
    pub last: u64,
    /// How many digits they would be written with; 0 is as many as they have.
    pub width: usize,
    /// What has the number before.
    pub before: &'a T,
    /// What has the number after.
    pub after: &'a T,
}

impl<T> Numbers<T> {
    /// Adds a number; one that is there stays.
    pub fn add(&mut self, numbered: Numbered, of: T) {
        self.0.entry(numbered.number).or_insert((numbered.width, of));
    }

    /// What is missing between the smallest and the largest.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap<'_, T>> {
        let numbers: Vec<_> = self.0.iter().collect();
        let runs = numbers.chunk_by(|(one, _), (two, _)| *two - *one <= WIDEST_GAP);
        runs.filter(|run| is_running(run.len(), *run[0].0, *run[run.len() - 1].0)).flat_map(gaps_of).collect()
    }
}

/// Whether so many numbers from a first to a last are a running series, of
/// which some may be missing.
fn is_running(there: usize, first: u64, last: u64) -> bool {
    let enough = u64::try_from(there).unwrap_or(u64::MAX).saturating_mul(SPARSEST);
    there >= FEWEST && last - first < enough
}

fn gaps_of<'a, T>(run: &[(&'a u64, &'a (usize, T))]) -> Vec<Gap<'a, T>> {
    let pairs = run.windows(2).filter(|pair| *pair[1].0 - *pair[0].0 > 1);
    let gap = |pair: &[(&'a u64, &'a (usize, T))]| {
        let ((one, (width, before)), (two, (_, after))) = (pair[0], pair[1]);
        Gap { first: one + 1, last: two - 1, width: *width, before, after }
    };
    pairs.map(gap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(String, u64, Option<i64>)> {
        let (series, numbered) = read_number_of_file(AgencyId(1), &fold(text), 2026)?;
        Some((format!("{}#{}", series.before, series.after), numbered.number, series.year))
    }

    #[test]
    fn a_number_is_the_first_that_is_no_year() {
        let series = |text: &str, number, year| Some((text.to_owned(), number, year));
        assert_eq!(read("12/BB-QLTT"), series("# bb qltt", 12, Some(2026)));
        assert_eq!(read("12/bb-qltt"), read("12/BB QLTT"), "as it is matched");
        assert_eq!(read("0012/BB"), series("# bb", 12, Some(2026)));
        assert_eq!(read("12/2025/BB-QLTT"), series("# 2025 bb qltt", 12, None), "a year in it belongs to the series");
        assert_eq!(read("2025/12/BB"), series("2025 # bb", 12, None));
        assert_eq!(read("2025/BB"), series("# bb", 2025, Some(2026)), "a number may look like a year");
        assert_eq!(read("BB số 7 đội 10"), series("bb so # doi 10", 7, Some(2026)));
        assert_eq!((read("BB"), read(""), read("99999999999999999999")), (None, None, None));
    }

    fn gaps(numbers: &[u64]) -> Vec<(u64, u64)> {
        let mut all = Numbers::default();
        for number in numbers {
            all.add(Numbered { number: *number, width: 0 }, ());
        }
        all.gaps().iter().map(|gap| (gap.first, gap.last)).collect()
    }

    #[test]
    fn gaps_are_ranges_between_the_smallest_and_the_largest() {
        assert_eq!(gaps(&[12, 15, 13, 20]), [(14, 14), (16, 19)]);
        assert_eq!(gaps(&[12, 13, 14]), []);
        assert_eq!(gaps(&[12, 20]), [], "two numbers are no series");
        assert_eq!(gaps(&[1, 2, 4, 20_260_115]), [(3, 3)], "what is too far off is none of it");
        assert_eq!(gaps(&[1, 2, 60]), [(3, 59)]);
        assert_eq!(gaps(&[1, 2, 61]), [], "one in twenty must be there");
    }

    proptest! {
        /// What is there and what is missing are all numbers from the smallest
        /// to the largest, each once.
        #[test]
        fn gaps_and_numbers_make_a_whole(numbers in prop::collection::btree_set(1_u64..60, 3..40)) {
            let numbers: Vec<u64> = numbers.into_iter().collect();
            let missing = gaps(&numbers).into_iter().flat_map(|(first, last)| first..=last);
            let mut all: Vec<u64> = missing.chain(numbers.iter().copied()).collect();
            all.sort_unstable();
            let (first, last) = (numbers[0], numbers[numbers.len() - 1]);
            prop_assert_eq!(all, (first..=last).collect::<Vec<_>>());
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,30}", year in 1_900_i64..2_100) {
            if let Some((series, numbered)) = read_number_of_file(AgencyId(1), &text, year) {
                let digits = numbered.number.to_string();
                let zeros = "0".repeat(numbered.width.saturating_sub(digits.len()));
                prop_assert_eq!(format!("{}{zeros}{digits}{}", series.before, series.after), text);
            }
        }
    }
}
