//! Asking at a terminal.

use std::cell::RefCell;
use std::io::Write;

use inquire::autocompletion::{Autocomplete, Replacement};
use inquire::ui::{Color, IndexPrefix, RenderConfig, StyleSheet, Styled};
use inquire::validator::{ErrorMessage, Validation};
use inquire::{CustomUserError, InquireError, Select, Text};

use super::ask::{Answer, Ask, BACK, Question, Stop};
use super::choices::fitting;
use crate::cli::failure::Failure;
use crate::lang::Words;
use crate::text::shown;

/// How many choices are shown at a time.
const PAGE: usize = 6;
/// How wide the mark before an error is.
const MARK: usize = 2;

/// A person at a terminal.
pub(in crate::cli) struct Terminal {
    words: &'static Words,
    color: bool,
}

impl Terminal {
    pub(super) fn new(words: &'static Words, color: bool) -> Self {
        Self { words, color }
    }

    fn look(&self) -> RenderConfig<'static> {
        let look = if self.color { RenderConfig::default_colored() } else { RenderConfig::empty() };
        let mark = |text| if self.color { Styled::new(text).with_fg(Color::LightCyan) } else { Styled::new(text) };
        look.with_prompt_prefix(mark("?"))
            .with_answered_prompt_prefix(mark("·"))
            .with_canceled_prompt_indicator(Styled::new(self.words.asking.back))
            .with_error_message(look.error_message.with_prefix(mark("!")))
            .with_scroll_up_prefix(Styled::new("↑"))
            .with_scroll_down_prefix(Styled::new("↓"))
            .with_option_index_prefix(IndexPrefix::None)
            .with_answer(if self.color { StyleSheet::new().with_fg(Color::LightCyan) } else { StyleSheet::empty() })
    }
}

/// Completes an answer, and keeps what is typed for whoever steps back.
#[derive(Clone)]
struct Completer<'a> {
    choices: &'a [String],
    typed: &'a RefCell<String>,
}

impl Autocomplete for Completer<'_> {
    fn get_suggestions(&mut self, input: &str) -> Result<Vec<String>, CustomUserError> {
        input.clone_into(&mut self.typed.borrow_mut());
        Ok(fitting(input, self.choices))
    }

    fn get_completion(&mut self, input: &str, highlighted: Option<String>) -> Result<Replacement, CustomUserError> {
        // Tab takes the first where none was chosen.
        Ok(highlighted.or_else(|| fitting(input, self.choices).into_iter().next()))
    }
}

fn is_back(text: &str) -> bool {
    text.trim() == BACK
}

impl Ask for Terminal {
    fn ask(&mut self, question: &Question<'_>) -> Result<Answer, Stop> {
        let asking = &self.words.asking;
        let typed = RefCell::new(question.typed.to_owned());
        let validate = |text: &str| {
            Ok(match (question.read)(text) {
                Err(said) if !is_back(text) => Validation::Invalid(ErrorMessage::Custom(wrapped(&said, MARK))),
                _ => Validation::Valid,
            })
        };
        let show = |text: &str| match (question.read)(text) {
            _ if is_back(text) => asking.back.to_owned(),
            Ok(Some(meaning)) => format!("{text} = {meaning}"),
            _ => text.to_owned(),
        };
        let label = format!("{}:", question.label);
        let mut prompt = Text::new(&label)
            .with_initial_value(question.typed)
            .with_page_size(PAGE)
            .with_autocomplete(Completer { choices: question.choices, typed: &typed })
            .with_validator(validate)
            .with_formatter(&show)
            .with_render_config(self.look());
        if let Some(default) = question.default {
            prompt = prompt.with_default(default);
        } else if question.optional {
            prompt = prompt.with_placeholder(asking.skip);
        }
        // Without one, there would be the library's own, in English.
        let help =
            if question.help.is_empty() && !question.choices.is_empty() { asking.complete } else { question.help };
        if !help.is_empty() {
            prompt = prompt.with_help_message(help);
        }
        match prompt.prompt() {
            Ok(text) if is_back(&text) => Ok(Answer::Back(String::new())),
            Ok(text) => Ok(Answer::Given(text)),
            Err(InquireError::OperationCanceled) => Ok(Answer::Back(typed.take())),
            Err(error) => Err(stop(error)),
        }
    }

    fn choose(&mut self, label: &str, options: &[String], start: usize) -> Result<Option<usize>, Stop> {
        let prompt = Select::new(label, options.iter().map(String::as_str).collect())
            .with_starting_cursor(start.min(options.len().saturating_sub(1)))
            .with_page_size(PAGE * 2)
            .with_help_message(self.words.asking.choose)
            .without_filtering()
            .with_render_config(self.look());
        match prompt.raw_prompt() {
            Ok(chosen) => Ok(Some(chosen.index)),
            Err(InquireError::OperationCanceled) => Ok(None),
            Err(error) => Err(stop(error)),
        }
    }

    fn tell(&mut self, text: &str) {
        self.show(&wrapped(&shown(text), 0));
    }

    fn show(&mut self, page: &str) {
        // That it can't be said is no failure: asking will tell.
        let _ = writeln!(std::io::stderr().lock(), "{page}");
    }
}

/// A text whose lines fit the terminal, broken between words; so many columns
/// stand before the first.
fn wrapped(text: &str, before: usize) -> String {
    let width = terminal_size::terminal_size().map_or(80, |(terminal_size::Width(width), _)| usize::from(width));
    textwrap::fill(text, width.saturating_sub(before).max(20))
}

fn stop(error: InquireError) -> Stop {
    match error {
        InquireError::OperationInterrupted => Stop::Interrupted,
        other => Stop::Failed(Failure::Other(other.to_string())),
    }
}
