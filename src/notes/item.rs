//! One item of a text: its words, its sentences, and what they mention.

use std::ops::Range;

use crate::text::{Kind, Lexicon, Mention, Spelling, Word, mentions, span, words};

/// A news item or a note, cut up.
#[derive(Debug)]
pub(super) struct Item<'a> {
    pub(super) text: &'a str,
    pub(super) words: Vec<Word<'a>>,
    pub(super) mentions: Vec<Mention>,
    /// The words of each sentence.
    pub(super) sentences: Vec<Range<usize>>,
    /// How many of the words are the title's; 0 without one.
    pub(super) title: usize,
    pub(super) spelling: Spelling,
    /// Whether all of it is in capitals, so that these tell no names.
    pub(super) is_shouted: bool,
    /// Whether it has hardly any capitals, so that names go without.
    pub(super) is_flat: bool,
}

impl<'a> Item<'a> {
    /// Cuts up a text whose first `title` bytes are its title.
    pub(super) fn new(text: &'a str, title: usize) -> Self {
        let spelling = Spelling::of(text);
        let words = words(text, spelling);
        let sentences = sentences(&words);
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        Self {
            mentions: mentions(&words),
            title: words.iter().take_while(|word| word.end() <= title).count(),
            is_shouted: letters().filter(|c| c.is_lowercase()).count() * 4 < letters().count(),
            is_flat: words.iter().filter(|word| word.is_capital()).count() * 12 < words.len(),
            sentences,
            text,
            words,
            spelling,
        }
    }

    /// Some of its words; none, where the range makes no sense.
    pub(super) fn slice(&self, within: &Range<usize>) -> &[Word<'a>] {
        self.words.get(within.clone()).unwrap_or_default()
    }

    /// What is mentioned wholly within some of its words.
    pub(super) fn mentions_in(&self, within: &Range<usize>) -> &[Mention] {
        let first = self.mentions.partition_point(|mention| mention.at.start < within.start);
        let after = self.mentions.partition_point(|mention| mention.at.end <= within.end);
        self.mentions.get(first..after).unwrap_or_default()
    }

    /// What some of its words are, as they are written, on one line.
    pub(super) fn said(&self, at: &Range<usize>) -> String {
        crate::text::clean(&self.text[span(self.slice(at))])
    }

    /// The sentence in which a word stands.
    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        let found = self.sentences.partition_point(|sentence| sentence.end <= at);
        self.sentences.get(found).cloned().unwrap_or(at..at + 1)
    }

    /// The part of a sentence between commas and the like in which a word
    /// stands.
    pub(super) fn clause(&self, at: usize) -> Range<usize> {
        let sentence = self.sentence(at);
        let ends = |word: &Word<'_>| [',', ';', '(', ')', ':', '–'].iter().any(|mark| word.is_mark(*mark));
        let start = self.words[sentence.start..at]
            .iter()
            .rposition(ends)
            .map_or(sentence.start, |found| sentence.start + found + 1);
        let end = self.words[at..sentence.end].iter().position(ends).map_or(sentence.end, |found| at + found);
        start..end.max(at + 1)
    }

    /// Whether a word belongs to the title.
    pub(super) fn in_title(&self, at: usize) -> bool {
        at < self.title
    }

    /// Where phrases of a lexicon stand in some of the words.
    pub(super) fn find<T: Clone>(&self, lexicon: &Lexicon<T>, within: &Range<usize>) -> Vec<(Range<usize>, T)> {
        let found = lexicon.all_in(self.slice(within));
        found.map(|(at, length, what)| (within.start + at..within.start + at + length, what.clone())).collect()
    }

    /// Whether any phrase of a lexicon stands in some of the words.
    pub(super) fn has<T: Clone>(&self, lexicon: &Lexicon<T>, within: &Range<usize>) -> bool {
        lexicon.all_in(self.slice(within)).next().is_some()
    }

    /// Whether a phrase of a lexicon ends right before a word; its first word.
    pub(super) fn before<T: Clone>(&self, lexicon: &Lexicon<T>, at: usize) -> Option<(usize, T)> {
        let at = if at > 0 && self.words[at - 1].is_mark(':') { at - 1 } else { at };
        (at.saturating_sub(5)..at).find_map(|start| {
            let (length, what) = lexicon.at_start(&self.words[start..at])?;
            (start + length == at).then(|| (start, what.clone()))
        })
    }
}

/// The longest sentence, in words; people write a third of it at most. Rules
/// look at whole sentences once for each figure in them, so a text without a
/// full stop must not be one sentence.
const LONGEST_SENTENCE: usize = 250;

/// The sentences of some words: they end with a full stop before a capital,
/// with a line, and where they would be too long.
fn sentences(words: &[Word<'_>]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1);
        let stop = word.kind == Kind::Mark
            && word.text.starts_with(['.', '!', '?', '…'])
            && next.is_none_or(|next| (next.spaced || runs_on(words, at)) && !abbreviates(words, at));
        let too_long = at + 1 - start >= LONGEST_SENTENCE;
        if stop || word.kind == Kind::Break || too_long {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < words.len() {
        sentences.push(start..words.len());
    }
    sentences
}

/// Whether a full stop ends a sentence though no space follows: "95tr6.cho".
fn runs_on(words: &[Word<'_>], at: usize) -> bool {
    let small = |word: &Word<'_>| word.kind == Kind::Letters && word.text.chars().count() > 2 && !word.is_capital();
    let ended = at.checked_sub(1).is_some_and(|before| words[before].kind == Kind::Digits || small(&words[before]));
    words[at].is_mark('.') && ended && words.get(at + 1).is_some_and(|next| next.kind == Kind::Letters)
}

/// Whether a full stop ends an abbreviation: "P. Hòa Bình", "TP. Huế", "TT.".
fn abbreviates(words: &[Word<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &words[before]);
    let short = |word: &Word<'_>| {
        matches!(word.bare.as_str(), "p" | "tp" | "tt" | "q" | "h" | "tx" | "x" | "t" | "ths" | "ts" | "bs" | "o" | "b")
            && word.text.chars().all(char::is_uppercase)
    };
    // "ông N.V.L. (ở xã …": initials, unless a sentence begins behind them.
    let initial = |word: &Word<'_>| word.text.chars().count() == 1 && word.is_capital();
    let goes_on = words.get(at + 1).is_none_or(|next| !next.is_capital());
    words[at].is_mark('.') && before.is_some_and(|before| short(before) || goes_on && initial(before))
}
