//! Searching by words: the texts of a case, and the words that are sought in
//! them.

use super::{Case, Field, Reference};
use crate::text::fold;

/// Words are told apart by so many characters; what is longer is no word
/// that anybody types, and PostgreSQL takes none beyond 2 kB.
const LONGEST_WORD: usize = 100;

/// A text of a case, and the field that holds it.
pub type FieldText<'a> = (Field, &'a str);

impl Case {
    /// Every text by which the case is found, field by field. Codes are found
    /// by filters; only the violation is called by its name too.
    #[must_use]
    pub fn texts<'a>(&'a self, reference: &'a Reference) -> Vec<FieldText<'a>> {
        let province = reference.province_of(&self.province).map(|province| province.name.as_str());
        let violation = self.violation.as_deref().and_then(|code| reference.violation(code));
        let mut texts = Vec::new();
        let mut put = |field, text: Option<&'a str>| texts.extend(text.map(|text| (field, text)));
        put(Field::CaseNo, self.case_no.as_deref());
        put(Field::Province, province);
        put(Field::Commune, self.commune.as_deref());
        put(Field::Agency, Some(&self.agency));
        self.partners.iter().for_each(|name| put(Field::Partners, Some(name)));
        put(Field::Violation, violation.map(|row| row.name.as_str()));
        put(Field::LegalBasis, self.legal_basis.as_deref());
        for lot in &self.goods {
            put(Field::Goods, Some(&lot.name));
            put(Field::Brand, lot.brand.as_deref());
            put(Field::Origin, lot.origin.as_deref());
        }
        self.put_outcome(&mut put);
        put(Field::Source, self.source.as_deref());
        put(Field::Note, self.note.as_deref());
        texts
    }

    /// The texts about the offender, and about what the case led to.
    fn put_outcome<'a>(&'a self, put: &mut impl FnMut(Field, Option<&'a str>)) {
        if let Some(offender) = &self.offender {
            put(Field::Offender, offender.name.as_deref());
            put(Field::OffenderId, offender.id_no.as_deref());
            put(Field::OffenderAddress, offender.address.as_deref());
        }
        if let Some(decision) = &self.decision {
            put(Field::DecisionNo, decision.decision_no.as_deref());
            put(Field::Remedies, decision.remedies.as_deref());
        }
        self.disposals.iter().for_each(|disposal| put(Field::Minutes, disposal.minutes.as_deref()));
        put(Field::TransferredTo, self.transfer.as_ref().and_then(|transfer| transfer.to.as_deref()));
        put(Field::Reason, self.void.as_ref().map(|void| void.reason.as_str()));
    }
}

/// One thing that is sought, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A word that begins so.
    Beginning(String),
    /// These words, whole and one after the other, in one field.
    Phrase(Vec<String>),
}

/// What is sought: terms that a case must all have, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought(Vec<Term>);

impl Sought {
    /// Reads what a person typed: words, and phrases between quotes. A quote
    /// that is not closed runs to the end. `None` if there is no letter and no
    /// digit in it.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let (mut words, mut phrases) = (Vec::new(), Vec::new());
        for (at, part) in typed.split(['"', '“', '”', '„', '«', '»']).enumerate() {
            let folded = fold(part);
            let found = folded.split(' ').filter(|word| !word.is_empty()).map(|word| word_key(word).to_owned());
            if at % 2 == 0 {
                words.extend(found);
            } else {
                phrases.extend(Some(found.collect::<Vec<_>>()).filter(|phrase| !phrase.is_empty()));
            }
        }
        words.sort_unstable();
        words.dedup();
        // Who has "dongthap" has "dong" too; in order, the longer comes next.
        let implied = |at: usize| words.get(at + 1).is_some_and(|next: &String| next.starts_with(&words[at]));
        let words = (0..words.len()).filter(|at| !implied(*at)).map(|at| Term::Beginning(words[at].clone()));
        phrases.sort_unstable();
        phrases.dedup();
        let terms: Vec<Term> = words.chain(phrases.into_iter().map(Term::Phrase)).collect();
        (!terms.is_empty()).then_some(Self(terms))
    }

    /// What must be there, all of it.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.0
    }
}

/// A folded word as far as words are told apart.
#[must_use]
pub fn word_key(word: &str) -> &str {
    if word.len() <= LONGEST_WORD {
        return word;
    }
    word.char_indices().nth(LONGEST_WORD).map_or(word, |(end, _)| &word[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(typed: &str) -> Vec<String> {
        let sought = Sought::read(typed).map(|sought| sought.0).unwrap_or_default();
        let shown = |term| match term {
            Term::Beginning(word) => format!("{word}*"),
            Term::Phrase(words) => words.join("+"),
        };
        sought.into_iter().map(shown).collect()
    }

    #[test]
    fn words_and_phrases_are_told_apart() {
        assert_eq!(terms("Thuốc \"LÁ điếu\" lậu"), ["lau*", "thuoc*", "la+dieu"]);
        assert_eq!(terms("“Đồng Tháp” 12/BB"), ["12*", "bb*", "dong+thap"]);
        assert_eq!(terms("a \"b c"), ["a*", "b+c"], "a quote that is not closed");
        assert_eq!(terms("NEAR(* - '"), ["near*"]);
    }

    #[test]
    fn what_another_word_implies_is_not_sought_twice() {
        assert_eq!(terms("dong dongthap dong thap"), ["dongthap*", "thap*"]);
        assert_eq!(terms("\"a\" \"a\""), ["a"]);
    }

    #[test]
    fn without_a_letter_or_digit_nothing_is_sought() {
        for typed in ["", " ", "\"\"", "*", "!?", "\0"] {
            assert_eq!(Sought::read(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let word = "đ".repeat(5_000);
        assert_eq!(terms(&word), [format!("{}*", "d".repeat(LONGEST_WORD))]);
    }
}
