//! What an answer may be completed to.

use chrono::{Days, NaiveDate};

use super::sheet::Sheet;
use crate::domain::{Boundaries, Field, OffenderKind, ProvinceId, Reference};
use crate::lang::{Lang, Words};
use crate::store::{Agency, Hints};
use crate::text::{clean, compare, fold};

/// How many days back a date is offered.
const DAYS: u64 = 3;

/// What is known that an answer may name.
pub(super) struct Known<'a> {
    pub(super) words: &'static Words,
    pub(super) reference: &'a Reference,
    pub(super) agencies: &'a [Agency],
    pub(super) hints: &'a Hints,
    pub(super) today: NaiveDate,
}

impl Known<'_> {
    /// The choices for a field, the likely ones first.
    pub(super) fn choices(&self, sheet: &Sheet, field: Field, lot: usize) -> Vec<String> {
        match field {
            Field::Province => self.provinces(),
            Field::Commune => self.communes(sheet),
            Field::Agency => self.agencies(sheet),
            Field::DetectedOn | Field::DecidedOn | Field::PaidOn => self.days(),
            Field::Violation => {
                self.reference.violations.iter().map(|row| self.name(&row.name, &row.name_en)).collect()
            }
            Field::Force => self.reference.forces.iter().map(|row| self.name(&row.name, &row.name_en)).collect(),
            Field::OffenderKind => OffenderKind::ALL.map(|kind| (self.words.offender_kind)(kind).to_owned()).into(),
            Field::Goods => self.hints.goods.iter().map(|(_, name)| name.clone()).fold(Vec::new(), once),
            Field::Category => self.categories(sheet.answer(Field::Goods, lot)),
            Field::Unit => self.units(sheet.answer(Field::Category, lot)),
            _ => Vec::new(),
        }
    }

    fn name(&self, name: &str, name_en: &str) -> String {
        self.words.name(name, name_en).to_owned()
    }

    fn provinces(&self) -> Vec<String> {
        let mut names: Vec<String> = self.reference.provinces_on(self.today).map(|row| row.name.clone()).collect();
        names.sort_by(|one, two| compare(one, two));
        names
    }

    /// The province of today in which a case was found.
    fn place(&self, sheet: &Sheet) -> Option<ProvinceId> {
        let found = self.reference.find_province(sheet.answer(Field::Province, 1), self.today).ok()?;
        Some(self.present(found.id))
    }

    fn present(&self, id: ProvinceId) -> ProvinceId {
        self.reference.counted_in(id, Boundaries::Today)
    }

    fn communes(&self, sheet: &Sheet) -> Vec<String> {
        let place = self.place(sheet);
        let here = self.hints.communes.iter().filter(|(province, _)| Some(self.present(*province)) == place);
        here.map(|(_, name)| name.clone()).fold(Vec::new(), once)
    }

    /// The agencies of the province, the busiest first, then all others.
    fn agencies(&self, sheet: &Sheet) -> Vec<String> {
        let place = self.place(sheet);
        let mut agencies: Vec<&Agency> = self.agencies.iter().collect();
        let elsewhere = |agency: &Agency| Some(self.present(agency.province)) != place;
        agencies.sort_by_key(|agency| (elsewhere(agency), std::cmp::Reverse(agency.cases)));
        agencies.into_iter().map(|agency| agency.name.clone()).fold(Vec::new(), once)
    }

    fn days(&self) -> Vec<String> {
        let days = (0..DAYS).filter_map(|back| self.today.checked_sub_days(Days::new(back)));
        days.map(|day| written(day, self.words)).collect()
    }

    /// The categories, first that of goods of this name.
    fn categories(&self, goods: &str) -> Vec<String> {
        let wanted = fold(goods);
        let before = self.hints.goods.iter().filter(|(_, name)| fold(name) == wanted).find_map(|(id, _)| *id);
        let mut rows: Vec<_> = self.reference.categories.iter().collect();
        rows.sort_by_key(|row| Some(row.id) != before);
        rows.into_iter().map(|row| self.name(&row.name, &row.name_en)).collect()
    }

    /// The units of a category, then those that were used.
    fn units(&self, category: &str) -> Vec<String> {
        let usual = self.reference.find_category(category).map(|row| row.units.clone()).unwrap_or_default();
        usual.into_iter().chain(self.hints.units.iter().cloned()).fold(Vec::new(), once)
    }
}

/// A day as it is shown, and can be read again.
pub(super) fn written(day: NaiveDate, words: &Words) -> String {
    match words.lang {
        Lang::Vi => (words.date)(day),
        Lang::En => day.to_string(),
    }
}

fn once(mut list: Vec<String>, item: String) -> Vec<String> {
    if !list.contains(&item) {
        list.push(item);
    }
    list
}

/// The choices that what was typed may mean, however it is written: those
/// that have it with its very marks, then those that begin with it, then those
/// of which a word does.
pub(super) fn fitting(typed: &str, choices: &[String]) -> Vec<String> {
    let wanted = fold(typed);
    let marked = clean(typed).to_lowercase();
    let fits = |choice: &&String| format!(" {}", fold(choice)).contains(&format!(" {wanted}"));
    let mut found: Vec<String> = choices.iter().filter(fits).cloned().collect();
    found.sort_by_key(|choice| {
        let is_marked = choice.to_lowercase().contains(&marked);
        (!is_marked, !fold(choice).starts_with(&wanted))
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_fit_without_marks() {
        let choices = ["Đồng Nai", "Đồng Tháp", "Lâm Đồng"].map(str::to_owned);
        assert_eq!(fitting("dong th", &choices), ["Đồng Tháp"]);
        assert_eq!(fitting("ĐỒNG", &choices), ["Đồng Nai", "Đồng Tháp", "Lâm Đồng"]);
        assert_eq!(fitting("dồng", &choices).len(), 3, "a slip in a mark hides none");
        assert_eq!(fitting("", &choices), choices);
        let violations = ["Gian lận thuế", "Niêm yết giá", "Hàng giả"].map(str::to_owned);
        assert_eq!(fitting("giả", &violations), ["Hàng giả", "Gian lận thuế", "Niêm yết giá"], "marks decide");
        assert!(fitting("ong", &choices).is_empty(), "words are matched at their beginnings");
    }
}
