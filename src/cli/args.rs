//! The arguments of every command, as plain structs.

#![expect(clippy::doc_markdown, reason = "these comments are the help that users read")]

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

use super::commands::Command;
use super::fields::RecordFields;
use super::filters::FilterArgs;

/// The register of market-enforcement cases.
#[derive(Debug, Parser)]
#[command(name = "casebook", version, propagate_version = true, max_term_width = 100, arg_required_else_help = true)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Args)]
pub(super) struct Global {
    /// The casebook: a file, or postgres://…
    #[arg(
        long,
        global = true,
        help_heading = "Global options",
        env = "CASEBOOK_DB",
        hide_env_values = true,
        value_name = "ADDRESS"
    )]
    pub(super) db: Option<String>,
    /// The language: vi or en
    #[arg(long, global = true, help_heading = "Global options", env = "CASEBOOK_LANG", value_name = "LANG", value_parser = ["vi", "en"])]
    pub(super) lang: Option<String>,
    /// The format: table, json, jsonl, csv, md, html, docx, pdf or xlsx; of deadlines ics too
    #[arg(long, global = true, help_heading = "Global options", value_name = "FORMAT")]
    pub(super) format: Option<String>,
    /// The file to write to; - is standard output
    #[arg(short, long, global = true, help_heading = "Global options", value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Who acts, for the journal
    #[arg(long = "as", global = true, help_heading = "Global options", env = "CASEBOOK_USER", value_name = "NAME")]
    pub(super) who: Option<String>,
    /// When to set rows off by weight: auto, always or never
    #[arg(
        long,
        hide_possible_values = true,
        global = true,
        help_heading = "Global options",
        value_enum,
        value_name = "WHEN"
    )]
    pub(super) color: Option<ColorWhen>,
    /// The date taken as today
    #[arg(
        long,
        global = true,
        help_heading = "Global options",
        env = "CASEBOOK_TODAY",
        value_name = "DATE",
        hide = true
    )]
    pub(super) today: Option<String>,
    /// Say nothing but results and errors
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub(super) quiet: bool,
    /// Say what is being done; twice for more
    #[arg(short, long, global = true, help_heading = "Global options", action = clap::ArgAction::Count)]
    pub(super) verbose: u8,
    /// Never ask anything
    #[arg(long, global = true, help_heading = "Global options")]
    pub(super) no_input: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    #[command(flatten)]
    pub(super) unit: UnitArgs,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The currency, by its ISO 4217 code
    #[arg(long, value_name = "CODE", default_value = "VND")]
    pub(super) currency: String,
    /// A folder with another country's regions
    #[arg(long, value_name = "DIR")]
    pub(super) regions: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct RecordArgs {
    #[command(flatten)]
    pub(super) fields: RecordFields,
    /// Show what would be stored, and store nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    /// The file to read; - is standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The day on which it was written: gives the year of dates without one, and stands for a day that is not given
    #[arg(long, value_name = "DATE")]
    pub(super) reported: Option<String>,
    /// The province of items that name none
    #[arg(long, value_name = "NAME")]
    pub(super) province: Option<String>,
    /// The agency of items that name none
    #[arg(long, value_name = "NAME")]
    pub(super) agency: Option<String>,
    /// Store the drafts, each after confirmation
    #[arg(long)]
    pub(super) record: bool,
    /// Store them without asking
    #[arg(long, requires = "record")]
    pub(super) yes: bool,
    /// Why, where the figures of a month that was published change
    #[arg(long, value_name = "REASON", requires = "record")]
    pub(super) reason: Option<String>,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "they are switches")]
pub(super) struct ImportArgs {
    /// The files: CSV, TSV, XLSX, XLS, ODS, JSON or JSON Lines; - is standard input, whose form --format can name
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Show what would be stored and how the columns are read, and store nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// A mapping file: what the columns hold, where their headers do not say it
    #[arg(long, value_name = "MAP")]
    pub(super) map: Option<PathBuf>,
    /// Write a first mapping of a file, to be edited
    #[arg(long, conflicts_with_all = ["partial", "update", "undo"])]
    pub(super) suggest_map: bool,
    /// The sheet to read; without it all sheets that have a header
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
    /// A field that is the same in every row that does not give it
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(super) set: Vec<String>,
    /// In which order the numbers of dates stand: dmy (as in Vietnam) or mdy
    #[arg(long, value_name = "ORDER", value_parser = ["dmy", "mdy"])]
    pub(super) dates: Option<String>,
    /// The decimal mark of numbers that are written as text: , or .
    #[arg(long, value_name = "MARK", value_parser = [",", "."])]
    pub(super) decimal: Option<String>,
    /// Store the good rows, and write the others with the reasons to a file
    #[arg(long)]
    pub(super) partial: bool,
    /// The file for rows that are refused
    #[arg(long, value_name = "FILE", requires = "partial")]
    pub(super) refused: Option<PathBuf>,
    /// Change the cases that are there as the rows say
    #[arg(long)]
    pub(super) update: bool,
    /// Leave the search index out, which takes long in a large import; search is refused until rebuild --search-index makes it
    #[arg(long, conflicts_with_all = ["update", "undo", "suggest_map"])]
    pub(super) no_search_index: bool,
    /// The encoding of a text, where it is not found out: utf-8, utf-16le, windows-1258
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    /// What stands between the columns of a text, where it is not found out
    #[arg(long, value_name = "SIGN")]
    pub(super) separator: Option<String>,
    /// Strike out the cases of an import
    #[arg(long, value_name = "IMPORT")]
    pub(super) undo: Option<i64>,
    /// Why
    #[arg(long, value_name = "REASON")]
    pub(super) reason: Option<String>,
    /// Strike out cases that were changed since, too
    #[arg(long, requires = "undo")]
    pub(super) force: bool,
}

impl ImportArgs {
    /// Whether standard input is among the files.
    pub(super) fn reads_stdin(&self) -> bool {
        self.files.iter().any(|file| file.as_os_str() == "-")
    }
}

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    #[command(flatten)]
    pub(super) filters: FilterArgs,
    #[command(flatten)]
    pub(super) count: CountArgs,
    /// Leave out offenders' personal data, and texts that may hold it
    #[arg(long)]
    pub(super) public: bool,
    /// Cases that are struck out too
    #[arg(long)]
    pub(super) with_void: bool,
    /// CSV with a mark by which Excel knows its encoding
    #[arg(long)]
    pub(super) excel: bool,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The case: its id, a beginning of it, or its number
    #[arg(value_name = "ID")]
    pub(super) case: String,
    #[command(flatten)]
    pub(super) limits: super::due::LimitArgs,
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub(super) which: WhichArgs,
    /// The order: detected_on, decided_on, fine_amount or seized_value, newest and largest first; with - before it, last
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    pub(super) sort: Option<String>,
    #[command(flatten)]
    pub(super) unit: UnitArgs,
}

/// Which cases, and which part of them.
#[derive(Debug, Args)]
pub(super) struct WhichArgs {
    #[command(flatten)]
    pub(super) filters: FilterArgs,
    /// The most to show; 0 is all
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<u64>,
    /// How many to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) offset: u64,
    #[command(flatten)]
    pub(super) count: CountArgs,
}

#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// Words, or their beginnings, in any order, with or without marks; '"between quotes"' they are a phrase
    #[arg(value_name = "WORDS", required = true)]
    pub(super) words: Vec<String>,
    /// The cases that have most of the words first, not the newest
    #[arg(long)]
    pub(super) best: bool,
    #[command(flatten)]
    pub(super) which: WhichArgs,
    #[command(flatten)]
    pub(super) unit: UnitArgs,
}

#[derive(Debug, Args)]
pub(super) struct AmendArgs {
    /// The case: its id, a beginning of it, or its number
    #[arg(value_name = "ID")]
    pub(super) case: String,
    /// Fields and their new values; goods.2=… is the second line of goods, an empty value clears
    #[arg(value_name = "FIELD=VALUE", required = true)]
    pub(super) fields: Vec<String>,
    /// Why
    #[arg(long, value_name = "REASON", required = true)]
    pub(super) reason: String,
    /// Show what would be stored, and store nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct ChangeArgs<F: Args> {
    /// The case: its id, a beginning of it, or its number
    #[arg(value_name = "ID")]
    pub(super) case: String,
    #[command(flatten)]
    pub(super) fields: F,
    /// Why, where the figures of a month that was published change
    #[arg(long, value_name = "REASON")]
    pub(super) reason: Option<String>,
    /// Show what would be stored, and store nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct VoidArgs {
    /// The case: its id, a beginning of it, or its number
    #[arg(value_name = "ID")]
    pub(super) case: String,
    /// Why
    #[arg(long, value_name = "REASON", required = true)]
    pub(super) reason: String,
    /// Show what would be stored, and store nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum UnitName {
    Auto,
    One,
    Thousand,
    Million,
    Billion,
}

#[derive(Debug, Args)]
pub(super) struct UnitArgs {
    /// The unit of money in tables: auto (one that fits), one, thousand, million or billion
    #[arg(long, value_enum, default_value_t = UnitName::Auto, value_name = "UNIT", id = "money_unit", hide_possible_values = true)]
    pub(super) unit: UnitName,
}

#[derive(Debug, Args)]
pub(super) struct CountArgs {
    /// The day on which a figure counts: happened or detected
    #[arg(long, value_name = "DATING", default_value = "happened", value_parser = ["happened", "detected"])]
    pub(super) dated_by: String,
    /// The day on which months end
    #[arg(long, value_name = "DAY", value_parser = clap::value_parser!(u32).range(1..=28))]
    pub(super) cutoff: Option<u32>,
    /// The provinces under which cases are counted: today or recorded
    #[arg(long, value_name = "WHICH", default_value = "today", value_parser = ["today", "recorded"])]
    pub(super) boundaries: String,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "they are switches")]
pub(super) struct TotalsArgs {
    /// What to put them by: region, province, agency, force, month, quarter, year, violation, group, category, status
    #[arg(long, value_name = "KEYS", value_delimiter = ',', default_value = "region,month")]
    pub(super) by: Vec<String>,
    #[command(flatten)]
    pub(super) filters: FilterArgs,
    #[command(flatten)]
    pub(super) count: CountArgs,
    /// The figures to show: cases, seized_value, decisions, fine_amount, paid_amount, late_charge and more
    #[arg(long, value_name = "MEASURES", value_delimiter = ',')]
    pub(super) measure: Vec<String>,
    /// Sort by a figure, largest first; with - before it, smallest first
    #[arg(long, value_name = "MEASURE", allow_hyphen_values = true)]
    pub(super) sort: Option<String>,
    /// Show the largest only, and the rest as one row
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) top: Option<u64>,
    /// Show the figures as they were known at the end of a day
    #[arg(long, value_name = "DATE")]
    pub(super) as_known: Option<String>,
    /// Leave out periods in which nothing happened
    #[arg(long)]
    pub(super) no_empty: bool,
    /// Put provinces under their regions
    #[arg(long)]
    pub(super) tree: bool,
    /// Add the average of the periods
    #[arg(long)]
    pub(super) average: bool,
    /// Add each row's share of the total
    #[arg(long)]
    pub(super) percent: bool,
    /// Let rows and columns change places
    #[arg(long)]
    pub(super) transpose: bool,
    /// Show small bars beside the figures
    #[arg(long)]
    pub(super) chart: bool,
    #[command(flatten)]
    pub(super) limits: super::due::LimitArgs,
    #[command(flatten)]
    pub(super) unit: UnitArgs,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "they are switches")]
pub(super) struct MonthArgs {
    /// The month: 2026-02, this or last
    #[arg(value_name = "MONTH")]
    pub(super) of: String,
    #[command(flatten)]
    pub(super) filters: super::filters::CaseFilterArgs,
    #[command(flatten)]
    pub(super) count: CountArgs,
    /// Publish the month: keep its figures in the journal
    #[arg(long, conflicts_with_all = ["restated", "as_known"])]
    pub(super) publish: bool,
    /// Show the figures that were published beside those of today, and the cases that make the difference
    #[arg(long, conflicts_with = "as_known")]
    pub(super) restated: bool,
    /// Show the figures as they were known at the end of a day
    #[arg(long, value_name = "DATE")]
    pub(super) as_known: Option<String>,
    /// Why it is published again
    #[arg(long, value_name = "REASON", requires = "publish")]
    pub(super) reason: Option<String>,
    /// How many of the largest cases to show
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(super) largest: u64,
    /// Show small bars beside the figures
    #[arg(long)]
    pub(super) chart: bool,
    /// Add all cases of the month, without personal data; in XLSX
    #[arg(long, conflicts_with_all = ["restated", "as_known"])]
    pub(super) cases: bool,
    #[command(flatten)]
    pub(super) stale: super::doctor::StaleArgs,
    #[command(flatten)]
    pub(super) limits: super::due::LimitArgs,
    #[command(flatten)]
    pub(super) unit: UnitArgs,
}

#[derive(Debug, Args)]
pub(super) struct RegionsArgs {
    /// The day on which they hold
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}
