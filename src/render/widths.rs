//! How wide the columns of a table are on paper, and tables too wide for it.

use super::grid::{Align, Cell, Column, Grid, GridRow, Unit};
use crate::lang::Words;

/// How many letters stand beside each other in a table on paper.
pub(super) const PAPER: usize = 88;

/// What is left on both sides of a cell, in letters.
const SIDES: usize = 2;

/// How many letters the longest word of a text has.
fn longest_word(text: &str) -> usize {
    text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0)
}

impl Grid {
    /// About how many letters wide each column is, its words broken and its
    /// figures not.
    pub(super) fn letters(&self, words: &Words, unit: Unit) -> Vec<usize> {
        /// Words are broken into lines of about this length.
        const LINE: usize = 18;
        let texts = self.texts(words, unit);
        let letters = |(at, column): (usize, &Column)| {
            let cells = texts.iter().filter_map(|row| row.get(at)).map(|text| match column.align {
                Align::Right => text.chars().count(),
                Align::Left => text.chars().count().min(LINE).max(longest_word(text)),
            });
            cells.chain([longest_word(&column.header)]).max().unwrap_or(0) + SIDES
        };
        self.columns.iter().enumerate().map(letters).collect()
    }

    /// The same in tables that stand on a page, each with the first column.
    pub(super) fn split(self, words: &Words, unit: Unit) -> Vec<Self> {
        let letters = self.letters(words, unit);
        let is_figure = |at: usize| self.columns.get(at).is_some_and(|column| column.align == Align::Right);
        let figures = (1..letters.len()).all(is_figure);
        if letters.iter().sum::<usize>() <= PAPER || !figures {
            return vec![self];
        }
        let first = letters.first().copied().unwrap_or_default();
        let mut runs: Vec<Vec<usize>> = Vec::new();
        let mut left = 0;
        for (at, n) in letters.iter().enumerate().skip(1) {
            if *n > left || runs.is_empty() {
                runs.push(vec![0]);
                left = PAPER.saturating_sub(first);
            }
            runs.last_mut().into_iter().for_each(|run| run.push(at));
            left = left.saturating_sub(*n);
        }
        let of = runs.len();
        let pick = |(nth, run): (usize, &Vec<usize>)| {
            let part = (words.notes.part)(nth + 1, of);
            let title = self.title.as_ref().map_or_else(|| part.clone(), |title| format!("{title} ({part})"));
            let cells = |row: &GridRow| run.iter().filter_map(|at| row.cells.get(*at)).cloned().collect();
            Self {
                title: Some(title),
                columns: run.iter().map(|at| self.columns[*at].clone()).collect(),
                rows: self.rows.iter().map(|row| GridRow { cells: cells(row), ..row.clone() }).collect(),
            }
        };
        runs.iter().enumerate().map(pick).collect()
    }

    /// How wide each column is where the whole is so wide. Figures, days and
    /// words are not broken while there is room for them: where it is short,
    /// columns of words get less than they would like.
    pub(super) fn widths(&self, words: &Words, unit: Unit, whole: i32) -> Vec<i32> {
        let wanted = self.letters(words, unit);
        let least = self.least_letters(words, unit, &wanted);
        let (all, needed): (usize, usize) = (wanted.iter().sum(), least.iter().sum());
        let set: Vec<usize> = match PAPER.checked_sub(needed) {
            Some(room) if all > PAPER => {
                let more = |(wanted, least): (&usize, &usize)| least + (wanted - least) * room / (all - needed).max(1);
                wanted.iter().zip(&least).map(more).collect()
            }
            Some(_) => wanted,
            None => least,
        };
        let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        let sum = number(set.iter().sum::<usize>().max(1));
        set.iter().map(|n| whole.saturating_mul(number(*n)) / sum).collect()
    }

    /// How many letters wide each column is at least: as its figures, its days,
    /// and its longest word.
    fn least_letters(&self, words: &Words, unit: Unit, wanted: &[usize]) -> Vec<usize> {
        let texts = self.texts(words, unit);
        let is_date = |at: usize| self.rows.iter().any(|row| matches!(row.cells.get(at), Some(Cell::Date(_))));
        let least = |(at, column): (usize, &Column)| {
            if column.align == Align::Right || is_date(at) {
                return wanted[at];
            }
            let cells = texts.iter().filter_map(|row| row.get(at)).map(|text| longest_word(text));
            (cells.chain([longest_word(&column.header)]).max().unwrap_or(0) + SIDES).min(wanted[at])
        };
        self.columns.iter().enumerate().map(least).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Amount, Bound};
    use crate::lang::Lang;

    fn money(value: i64, bound: Bound) -> Cell {
        Cell::amount(Some(Amount { value: value.into(), bound }))
    }

    #[test]
    fn words_and_figures_are_not_broken_while_there_is_room() {
        let words = Lang::Vi.words();
        let goods = "rượu, bia và nước giải khát các loại không rõ nguồn gốc";
        let row = |number: &str| {
            let texts = [number, "Đội QLTT số 10", goods, goods, goods].map(|text| Cell::Text(text.to_owned()));
            GridRow::body(texts.into_iter().chain([money(123_456_789_012_345, Bound::AtLeast)]).collect())
        };
        let columns = ["Số hồ sơ", "Đơn vị", "Hàng hóa", "Ghi chú", "Khác"].map(Column::left);
        let columns = columns.into_iter().chain([Column::right("Tiền phạt")]).collect();
        let grid = Grid { title: None, columns, rows: vec![row("1234/BB-QLTT")] };
        let letters = grid.letters(words, Unit::One);
        assert!(letters.iter().sum::<usize>() > PAPER);
        // Hundredths of a letter on a page.
        let widths = grid.widths(words, Unit::One, i32::try_from(PAPER).unwrap() * 100);
        assert!(widths[0] >= 1_400 && widths[5] >= 2_000, "{widths:?}");
        assert!(widths.iter().sum::<i32>() <= i32::try_from(PAPER).unwrap() * 100);
    }

    #[test]
    fn what_is_too_wide_stands_in_parts_with_its_first_column() {
        let words = Lang::Vi.words();
        let figures = (1..=12).map(|n| money(n * 1_000_000_000_000, Bound::Exact));
        let row = GridRow::body(std::iter::once(Cell::Text("Huế".to_owned())).chain(figures).collect());
        let columns = std::iter::once(Column::left("Tỉnh")).chain((1..=12).map(|n| Column::right(n.to_string())));
        let grid = Grid { title: None, columns: columns.collect(), rows: vec![row] };
        let parts = grid.clone().split(words, Unit::One);
        assert!(parts.len() > 1);
        assert!(parts.iter().all(|part| part.letters(words, Unit::One).iter().sum::<usize>() <= PAPER));
        assert!(parts.iter().all(|part| part.columns[0].header == "Tỉnh"));
        let headers: Vec<&str> =
            parts.iter().flat_map(|part| &part.columns[1..]).map(|one| one.header.as_str()).collect();
        assert_eq!(headers, (1..=12).map(|n| n.to_string()).collect::<Vec<_>>());
        let narrow = parts[1].clone();
        assert_eq!(narrow.clone().split(words, Unit::One), [narrow]);
    }
}
