//! Finding an item of a reference list by what a person typed.

use crate::text::fold;

/// Why a name or code was not matched, with what it may have meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoMatch {
    /// Nothing has this name; these come near.
    Unknown {
        /// Names that come near.
        near: Vec<String>,
    },
    /// Nothing has this name; these are all that there are.
    NotListed {
        /// All names.
        allowed: Vec<String>,
    },
    /// It could mean any of these.
    Ambiguous {
        /// The names that it could mean.
        candidates: Vec<String>,
    },
}

/// An item that can be named in several ways.
pub(super) trait Named {
    /// The code used in files.
    fn code(&self) -> &str;
    /// Its names, in any language.
    fn names(&self) -> [&str; 2];
    /// How errors list it.
    fn listed(&self) -> String {
        format!("{} ({})", self.code(), self.names()[0])
    }
}

/// Finds the one item meant: by code, else by a whole name, else by words
/// that stand in the names of one item alone.
pub(super) fn find<'a, T: Named>(items: impl Iterator<Item = &'a T> + Clone, text: &str) -> Result<&'a T, NoMatch> {
    // "giả" with its marks is not the code "gia"; "hàng giả" is "hang_gia".
    let by_code = |item: &&T| (text.is_ascii() || item.code().contains('_')) && fold(item.code()) == fold(text);
    if let Some(item) = items.clone().find(by_code) {
        return Ok(item);
    }
    let wanted = fold(text);
    let exact: Vec<_> = items.clone().filter(|item| item.names().iter().any(|name| fold(name) == wanted)).collect();
    let found = if exact.is_empty() {
        items.clone().filter(|item| item.names().iter().any(|name| has_words(&fold(name), &wanted))).collect()
    } else {
        exact
    };
    match found.as_slice() {
        [item] => Ok(item),
        [] => Err(NoMatch::NotListed { allowed: items.map(Named::listed).collect() }),
        several => Err(NoMatch::Ambiguous { candidates: several.iter().map(|item| item.listed()).collect() }),
    }
}

/// Whether all words of one folded text stand, whole, in another.
fn has_words(folded: &str, words: &str) -> bool {
    !words.is_empty() && words.split(' ').all(|word| folded.split(' ').any(|other| other == word))
}

/// How many slips of the pen lie between two folded names; `None` if they are
/// more than one or two.
pub(super) fn slips(one: &str, two: &str) -> Option<usize> {
    let most = if one.chars().count().min(two.chars().count()) < 5 { 1 } else { 2 };
    Some(strsim::damerau_levenshtein(one, two)).filter(|slips| *slips <= most)
}
