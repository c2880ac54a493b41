//! The words of the form, and of doubts.

use crate::domain::{Doubt, Field};

/// What the form says.
#[expect(missing_docs, reason = "the words themselves say what they are")]
pub struct Asking {
    pub keys: &'static str,
    pub skip: &'static str,
    pub back: &'static str,
    pub first: &'static str,
    pub choose: &'static str,
    pub complete: &'static str,
    /// The label of a field of a lot, by its number.
    pub of_lot: fn(&str, usize) -> String,
    /// What helps to answer.
    pub help: fn(Field) -> &'static str,
    pub next_lot: &'static str,
    pub more: &'static str,
    pub more_no: &'static str,
    pub more_yes: &'static str,
    pub review: &'static str,
    pub store: &'static str,
    pub again: &'static str,
    pub to_field: &'static str,
    pub leave: &'static str,
    pub which_field: &'static str,
    /// A doubt, told.
    pub doubt: fn(&Doubt) -> String,
    pub doubtful: &'static str,
    pub right: &'static str,
    pub wrong: fn(&str) -> String,
    pub why: &'static str,
    pub why_help: &'static str,
    pub another: &'static str,
    pub another_yes: &'static str,
    pub another_no: &'static str,
    /// The case at hand was left; so many were stored before.
    pub left: fn(usize) -> String,
    pub reason_flag: &'static str,
    /// The form can't ask; these flags are needed.
    pub cannot_ask: fn(&str) -> String,
}

#[cfg(test)]
mod tests {
    use crate::domain::Field;
    use crate::lang::Lang;

    /// What stands under a question is not broken in the middle of a word.
    #[test]
    fn help_fits_a_terminal_of_eighty_columns() {
        for lang in [Lang::Vi, Lang::En] {
            let asking = &lang.words().asking;
            let help = Field::ALL.iter().map(|field| (asking.help)(*field));
            for line in help.chain([asking.choose, asking.complete, asking.why_help, asking.next_lot, asking.more]) {
                assert!(line.chars().count() <= 76, "{line}");
            }
            assert!(asking.keys.chars().count() <= 80, "{}", asking.keys);
        }
    }
}
