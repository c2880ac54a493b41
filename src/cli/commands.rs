//! The commands, each with its arguments.
//!
//! A run needs the arguments of one of them, and those of all take a good part
//! of its start. A derived `Subcommand` puts them all together; this one leaves
//! each command's for when it is used.

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, FromArgMatches, Subcommand};

use super::args::{
    AmendArgs, ChangeArgs, CompletionsArgs, DemoArgs, ExportArgs, ImportArgs, InitArgs, ListArgs, MonthArgs, ReadArgs,
    RecordArgs, RegionsArgs, SearchArgs, ShowArgs, TotalsArgs, VoidArgs,
};
use super::doctor::DoctorArgs;
use super::due::DueArgs;
use super::fields::{CloseFields, DecideFields, DisposeFields, PayFields, TransferFields};
use super::goods::GoodsArgs;
use super::safety_args::{AttachArgs, BackupArgs, RebuildArgs, RestoreArgs, VerifyArgs};

macro_rules! commands {
    ($($(#[doc = $about:literal])+ $command:ident $(($arguments:ty))? = $name:literal,)+) => {
        /// What is to be done.
        #[derive(Debug)]
        pub(super) enum Command {
            $($(#[doc = $about])+ $command $(($arguments))?,)+
        }

        impl Command {
            /// The command of a name, with its arguments.
            fn complete(command: clap::Command) -> clap::Command {
                match command.get_name() {
                    $($name => {
                        $(let command = <$arguments as Args>::augment_args(command).long_about(None::<&str>);)?
                        command.about(concat!($($about),+).trim())
                    })+
                    _ => command,
                }
            }
        }

        impl Subcommand for Command {
            fn augment_subcommands(parent: clap::Command) -> clap::Command {
                parent $(.subcommand(
                    clap::Command::new($name).about(concat!($($about),+).trim()).defer(Self::complete)
                ))+
            }

            fn augment_subcommands_for_update(parent: clap::Command) -> clap::Command {
                Self::augment_subcommands(parent)
            }

            fn has_subcommand(name: &str) -> bool {
                [$($name),+].contains(&name)
            }
        }

        impl FromArgMatches for Command {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                match matches.subcommand() {
                    $(Some(($name, _given)) => Ok(Self::$command $((<$arguments>::from_arg_matches(_given)?))?),)+
                    _ => Err(clap::Error::new(ErrorKind::MissingSubcommand)),
                }
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                *self = Self::from_arg_matches(matches)?;
                Ok(())
            }
        }
    };
}

/// All commands with their arguments, for help: where these come before the
/// options of all commands.
pub(super) fn with_arguments(all: clap::Command) -> clap::Command {
    all.mut_subcommands(|command| Command::complete(command.defer(|complete| complete)))
}

commands! {
    /// Show totals and a summary of sample cases, in memory
    Demo(DemoArgs) = "demo",
    /// Make a casebook
    Init(InitArgs) = "init",
    /// Record a case: with flags, or asked field by field on a terminal
    Record(RecordArgs) = "record",
    /// Read notes or news items in Vietnamese into draft cases
    Read(ReadArgs) = "read",
    /// Import cases from spreadsheets, CSV and JSON, or undo an import
    Import(ImportArgs) = "import",
    /// Export cases as CSV, XLSX, JSON or JSON Lines; attachments stay (see backup)
    Export(ExportArgs) = "export",
    /// List past imports
    Imports = "imports",
    /// Show a case, and what happened to it
    Show(ShowArgs) = "show",
    /// List cases
    List(ListArgs) = "list",
    /// Find cases by words in any text field
    Search(SearchArgs) = "search",
    /// Correct a case
    Amend(AmendArgs) = "amend",
    /// Record the decision on a case
    Decide(ChangeArgs<DecideFields>) = "decide",
    /// Record a payment
    Pay(ChangeArgs<PayFields>) = "pay",
    /// Record what was done with seized goods
    Dispose(ChangeArgs<DisposeFields>) = "dispose",
    /// Record a transfer to criminal investigators
    Transfer(ChangeArgs<TransferFields>) = "transfer",
    /// Close a file
    Close(ChangeArgs<CloseFields>) = "close",
    /// Strike a case out: it leaves every total, and stays in the file
    Void(VoidArgs) = "void",
    /// List the seized goods that are held, where and since when
    Goods(GoodsArgs) = "goods",
    /// Add figures up, by region, month and more
    Totals(TotalsArgs) = "totals",
    /// Summarise a month
    Month(MonthArgs) = "month",
    /// List deadlines that are overdue or end soon, by office
    Due(DueArgs) = "due",
    /// Keep photos and scans of a case, or get one out again
    Attach(AttachArgs) = "attach",
    /// Check the journal, the cases, the totals and the attachments
    Verify(VerifyArgs) = "verify",
    /// Print the ends of the journal's chains, to be kept elsewhere
    Seal = "seal",
    /// Copy the casebook while others may write, and check the copy
    Backup(BackupArgs) = "backup",
    /// Make the casebook from a backup, which is checked first
    Restore(RestoreArgs) = "restore",
    /// Tell how the casebook is kept, and what is missing in it
    Doctor(DoctorArgs) = "doctor",
    /// Count the running totals over again, and make the search index anew
    Rebuild(RebuildArgs) = "rebuild",
    /// List regions and their provinces
    Regions(RegionsArgs) = "regions",
    /// List agencies
    Agencies = "agencies",
    /// List kinds of violations
    Violations = "violations",
    /// List categories of goods
    Categories = "categories",
    /// Write completions for a shell
    Completions(CompletionsArgs) = "completions",
    /// Write the manual page
    Man = "man",
}
