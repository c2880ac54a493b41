//! Asking, whoever answers: a person at a terminal, or a test.

use crate::cli::failure::Failure;

/// A question.
pub(in crate::cli) struct Question<'a> {
    /// What is asked for.
    pub(super) label: &'a str,
    /// What helps to answer.
    pub(super) help: &'a str,
    /// What stands there already, to be edited.
    pub(super) typed: &'a str,
    /// What an empty answer stands for.
    pub(super) default: Option<&'a str>,
    /// Whether it may be passed over.
    pub(super) optional: bool,
    /// What an answer may be completed to.
    pub(super) choices: &'a [String],
    /// How an answer is understood, where that is not plain, or why it can't
    /// be taken.
    pub(super) read: &'a dyn Fn(&str) -> Result<Option<String>, String>,
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Answer {
    /// What was typed; it can be taken.
    Given(String),
    /// A step back, and what was typed until then.
    Back(String),
}

/// Why there is no answer.
#[derive(Debug)]
pub(in crate::cli) enum Stop {
    /// The user left with Ctrl-C.
    Interrupted,
    /// Something failed.
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Who answers.
pub(in crate::cli) trait Ask {
    /// Asks until there is an answer that can be taken.
    fn ask(&mut self, question: &Question<'_>) -> Result<Answer, Stop>;

    /// Lets one of several be chosen; `None` is a step back.
    fn choose(&mut self, label: &str, options: &[String], start: usize) -> Result<Option<usize>, Stop>;

    /// Says something, as long as it may be.
    fn tell(&mut self, text: &str);

    /// Shows a page that is set already.
    fn show(&mut self, page: &str);
}

/// The sign of a step back where Esc can't be pressed.
pub(super) const BACK: &str = "<";
