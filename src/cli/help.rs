//! Help, errors of usage, completions and the manual page, all made from the
//! arguments' structs.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

use super::Kind;
use super::args::{Cli, CompletionsArgs};
use super::commands::with_arguments;
use super::failure::Failure;
use super::help_vi;
use super::session::{Session, complain};
use crate::domain::Field;
use crate::lang::Lang;

/// The arguments, with their help in a language.
pub(super) fn command(lang: Lang) -> Command {
    let mut command = with_arguments(Cli::command());
    match lang {
        Lang::En => command,
        Lang::Vi => {
            command.build();
            vietnamese(command, "")
        }
    }
}

/// A command and its subcommands with their help in Vietnamese.
fn vietnamese(command: Command, name: &str) -> Command {
    let text = |path: &str| help_vi::text(path);
    let about = text(name);
    let named = name.to_owned();
    let command = command.mut_args(|arg| {
        let id = arg.get_id().as_str().to_owned();
        let own = text(&format!("{named}.{id}")).or_else(|| field_help(&named, &id));
        let heading = match arg.get_help_heading() {
            Some("Filters") => "Bộ lọc",
            Some(_) => "Tùy chọn chung",
            None if arg.is_positional() => "Tham số",
            None => "Tùy chọn",
        };
        let arg = match own.or_else(|| text(&format!("*.{id}"))) {
            Some(help) => arg.help(help).long_help(help),
            None => arg,
        };
        // What clap adds by itself is English.
        arg.help_heading(heading).hide_possible_values(true).hide_default_value(true).hide_env(true)
    });
    let command = match about {
        Some(about) => command.about(about),
        None => command,
    };
    let command = command
        .help_template("{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}")
        .subcommand_help_heading("Lệnh");
    command.mut_subcommands(|subcommand| {
        let name = subcommand.get_name().to_owned();
        vietnamese(subcommand, &name)
    })
}

/// Flags that are fields of a case have the fields' names as help.
fn field_help(command: &str, id: &str) -> Option<&'static str> {
    let takes_fields = ["record", "decide", "pay", "dispose", "transfer", "close"].contains(&command);
    let words = Lang::Vi.words();
    match Field::from_key(id).filter(|_| takes_fields)? {
        Field::Reason if command == "record" => Some(words.asking.reason_flag),
        field => Some((words.field)(field)),
    }
}

/// Shows help where it was asked for, else says what is wrong with the
/// arguments.
pub(super) fn usage(error: &clap::Error, lang: Lang, as_json: bool) -> ExitCode {
    if !error.use_stderr() {
        // Help and version are results; that nobody reads them is no failure.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if as_json {
        return Failure::usage(said(error, lang)).report(lang.words(), true);
    }
    if lang == Lang::En || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return Kind::Usage.exit();
    }
    let errors = &lang.words().errors;
    complain(&format!("{}: {}\n{}", errors.error, said(error, lang), errors.more_help));
    Kind::Usage.exit()
}

/// What is wrong with the arguments, in a sentence.
fn said(error: &clap::Error, lang: Lang) -> String {
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
        ErrorKind::ArgumentConflict => {
            let prior = context(ContextKind::PriorArg).unwrap_or_default();
            (errors.usage_conflict)(&argument.unwrap_or_default(), &prior)
        }
        ErrorKind::MissingSubcommand => errors.usage_no_command.to_owned(),
        _ => (errors.usage_other)(&argument.unwrap_or_default()),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].into_iter().find_map(context);
    let near = near.map(|near| format!("; {}", (errors.usage_did_you_mean)(&near))).unwrap_or_default();
    format!("{said}{near}")
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command and argument that help shows is explained in both
    /// languages.
    #[test]
    fn help_is_in_both_languages() {
        fn compare(english: &Command, vietnamese: &Command, path: &str) {
            let about = |command: &Command| command.get_about().map(ToString::to_string);
            assert_ne!(about(english), about(vietnamese), "{path}");
            for (one, two) in english.get_arguments().zip(vietnamese.get_arguments()) {
                let help = |arg: &clap::Arg| arg.get_help().map(ToString::to_string);
                assert!(help(one).is_some(), "{path} {} has no help", one.get_id());
                assert_ne!(help(one), help(two), "{path} {}", one.get_id());
            }
            for (one, two) in english.get_subcommands().zip(vietnamese.get_subcommands()) {
                if one.get_name() != "help" {
                    compare(one, two, &format!("{path} {}", one.get_name()));
                }
            }
        }
        let mut english = command(Lang::En);
        english.build();
        compare(&english, &command(Lang::Vi), "casebook");
    }
}
