//! The command line: arguments as plain structs, a file for each command.
//!
//! Holds nothing worth testing by itself: it reads arguments, asks the
//! store, and hands what it gets to the renderer. Knows nothing of SQL.

mod args;
mod attach;
mod backup;
mod change;
mod commands;
mod config;
mod demo;
mod doctor;
mod due;
mod export;
mod failure;
mod fields;
mod filters;
mod form;
mod goods;
mod help;
mod help_vi;
mod import;
mod init;
mod list;
mod lists;
mod month;
mod output;
mod progress;
mod read;
mod record;
mod reports;
mod safety_args;
mod safety_failure;
mod seal;
mod search;
mod session;
mod show;
mod totals;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::Cli;
use commands::Command;
use failure::{Failure, Kind};
use session::Session;

/// Runs the program with its arguments and tells how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let config = config::Config::load();
    let lang = session::language(&arguments, config.as_ref().ok());
    let as_json = session::wants_json(&arguments);
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // What help says in a language is put together where it is asked
            // for: that takes longer than to read the arguments.
            let told = help::command(lang).try_get_matches_from(&arguments);
            return help::usage(told.as_ref().err().unwrap_or(&error), lang, as_json);
        }
    };
    match config
        .and_then(|config| Session::new(cli.global, config, lang))
        .and_then(|mut session| dispatch(&mut session, cli.command))
    {
        Ok(code) => code,
        Err(failure) => failure.report(lang.words(), as_json),
    }
}

fn dispatch(session: &mut Session, command: Command) -> Result<ExitCode, Failure> {
    // A format that can't be had is told before anything is stored.
    if !matches!(command, Command::Completions(_) | Command::Man) {
        // What they read and write has forms of its own.
        let own_form = matches!(
            command,
            Command::Attach(_) | Command::Due(_) | Command::Export(_) | Command::Import(_) | Command::Seal
        );
        session.check_output(own_form)?;
    }
    match command {
        Command::Demo(args) => demo::run(session, &args),
        Command::Init(args) => init::run(session, &args),
        Command::Record(args) => record::run(session, args),
        Command::Read(args) => read::run(session, &args),
        Command::Import(args) => import::run(session, &args),
        Command::Export(args) => export::run(session, &args),
        Command::Imports => lists::imports(session),
        Command::Show(args) => show::run(session, &args),
        Command::List(args) => list::run(session, &args),
        Command::Search(args) => search::run(session, &args),
        Command::Amend(args) => change::amend(session, &args),
        Command::Decide(args) => change::decide(session, args),
        Command::Pay(args) => change::pay(session, args),
        Command::Dispose(args) => change::dispose(session, args),
        Command::Transfer(args) => change::transfer(session, args),
        Command::Close(args) => change::close(session, args),
        Command::Void(args) => change::void(session, args),
        Command::Goods(args) => goods::run(session, &args),
        Command::Totals(args) => totals::run(session, &args),
        Command::Month(args) => month::run(session, &args),
        Command::Attach(args) => attach::run(session, &args),
        Command::Verify(args) => verify::run(session, &args),
        Command::Seal => seal::run(session),
        Command::Backup(args) => backup::run(session, &args),
        Command::Restore(args) => backup::restore(session, &args),
        Command::Due(args) => due::run(session, &args),
        Command::Doctor(args) => doctor::run(session, &args),
        Command::Rebuild(args) => verify::rebuild(session, &args),
        Command::Regions(args) => lists::regions(session, &args),
        Command::Agencies => lists::agencies(session),
        Command::Violations => lists::violations(session),
        Command::Categories => lists::categories(session),
        Command::Completions(args) => help::completions(session, &args),
        Command::Man => help::man(session),
    }?;
    Ok(ExitCode::SUCCESS)
}
