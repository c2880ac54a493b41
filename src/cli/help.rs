//! Help, errors of usage, completions and the manual page, all made from the
//! arguments' structs.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

use super::Kind;
use super::args::{Cli, CompletionsArgs};
use super::failure::Failure;
use super::session::{Session, complain};
use crate::lang::Lang;

/// The arguments, with their help in a language.
pub(super) fn command(_lang: Lang) -> Command {
    Cli::command()
}

/// Shows help where it was asked for, else says what is wrong with the
/// arguments.
pub(super) fn usage(error: &clap::Error, lang: Lang) -> ExitCode {
    if !error.use_stderr() {
        // Help and version are results; that nobody reads them is no failure.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if lang == Lang::En || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return Kind::Usage.exit();
    }
    let errors = &lang.words().errors;
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        Some(other) => Some(other.to_string()),
        None => None,
    };
    let argument = context(ContextKind::InvalidArg);
    let said = match error.kind() {
        ErrorKind::UnknownArgument => (errors.usage_unknown)(&argument.unwrap_or_default()),
        ErrorKind::InvalidSubcommand => {
            (errors.usage_unknown)(&context(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::MissingRequiredArgument => (errors.usage_missing)(&argument.unwrap_or_default()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = context(ContextKind::InvalidValue).unwrap_or_default();
            let said = (errors.usage_invalid)(&argument.unwrap_or_default(), &value);
            let allowed = context(ContextKind::ValidValue).filter(|allowed| !allowed.is_empty());
            allowed.map_or_else(|| said.clone(), |allowed| format!("{said}. {}", (errors.allowed)(&allowed)))
        }
        _ => (errors.usage_other)(&error.kind().to_string()),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].into_iter().find_map(context);
    let near = near.map(|near| format!("; {}", (errors.usage_did_you_mean)(&near))).unwrap_or_default();
    complain(&format!("{}: {said}{near}\n{}", errors.error, errors.more_help));
    Kind::Usage.exit()
}

/// `completions`: a script for a shell.
pub(super) fn completions(session: &Session, args: &CompletionsArgs) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(session.words.lang), "casebook", &mut script);
    session.write(&String::from_utf8_lossy(&script))
}

/// `man`: the manual page.
pub(super) fn man(session: &Session) -> Result<(), Failure> {
    let mut page = Vec::new();
    let made = clap_mangen::Man::new(command(session.words.lang)).render(&mut page);
    made.map_err(|error| Failure::Other(error.to_string()))?;
    session.write(&String::from_utf8_lossy(&page))
}
