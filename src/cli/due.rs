//! `due`: deadlines that are overdue or end soon; and what the law says of
//! time, for the other commands that ask it.

use std::path::PathBuf;

use chrono::Days;
use clap::Args;

use super::args::{CountArgs, UnitArgs};
use super::failure::Failure;
use super::filters::{FilterArgs, boundaries, dating};
use super::list::table_limit;
use super::session::{Session, unit};
use crate::domain::{Cutoff, DeadlineKind, TimeLimitTexts, TimeLimits, by_office};
use crate::render::{DueView, Format};
use crate::store::DueQuery;

/// The format of calendars, and the extension of their files.
const ICS: &str = "ics";

#[derive(Debug, Args)]
pub(super) struct DueArgs {
    /// The deadlines that end within so many days, beside those that are overdue
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = clap::value_parser!(u64).range(..=36_500))]
    pub(super) within: u64,
    /// Only these deadlines: decision, seizure, payment, lapse, statute
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = DeadlineKind::ALL.map(DeadlineKind::code), hide_possible_values = true)]
    pub(super) kind: Vec<String>,
    #[command(flatten)]
    pub(super) limits: LimitArgs,
    /// The most to show, the soonest first; 0 is all
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<u64>,
    #[command(flatten)]
    pub(super) filters: FilterArgs,
    #[command(flatten)]
    pub(super) count: CountArgs,
    #[command(flatten)]
    pub(super) unit: UnitArgs,
}

#[derive(Debug, Args)]
pub(super) struct LimitArgs {
    /// Do without rules and days off that are not confirmed
    #[arg(long)]
    pub(super) verified: bool,
}

/// What the configuration says of time limits.
#[derive(Debug, Default)]
pub(super) struct LimitFiles {
    pub(super) deadlines: Option<PathBuf>,
    pub(super) holidays: Option<PathBuf>,
    pub(super) late_charges: Option<PathBuf>,
    pub(super) verified: bool,
}

/// What the law says of time: as it is embedded in the program, or in the
/// files that the configuration names.
pub(super) fn time_limits(session: &Session, args: &LimitArgs) -> Result<TimeLimits, Failure> {
    let files = &session.limit_files;
    let mut texts = TimeLimitTexts::default();
    for (path, text) in [
        (&files.deadlines, &mut texts.deadlines),
        (&files.holidays, &mut texts.holidays),
        (&files.late_charges, &mut texts.late_charges),
    ] {
        if let Some(path) = path {
            let failed = |error: std::io::Error| Failure::Read { path: path.clone(), said: error.to_string() };
            *text = std::fs::read_to_string(path).map_err(failed)?;
        }
    }
    let limits = TimeLimits::parse(&texts)?;
    Ok(if args.verified || files.verified { limits.only_verified() } else { limits })
}

pub(super) fn run(session: &Session, args: &DueArgs) -> Result<(), Failure> {
    let format = format(session)?;
    let limits = time_limits(session, &args.limits)?;
    let mut store = session.open()?;
    let boundaries = boundaries(&args.count.boundaries);
    let cutoff = args.count.cutoff.and_then(Cutoff::new).unwrap_or_default();
    let today = session.stamp.today;
    let until = today.checked_add_days(Days::new(args.within)).unwrap_or(today);
    let query = DueQuery {
        filter: args.filters.cases.filter(session, store.reference(), store.currency(), boundaries)?,
        period: args.filters.period(session, cutoff)?,
        dating: dating(&args.count.dated_by),
        kinds: args.kind.iter().filter_map(|code| DeadlineKind::from_code(code)).collect(),
        until,
        limit: table_limit(args.limit, format == Some(Format::Table)),
    };
    let mut found = store.due(&query, &limits)?;
    by_office(&mut found.due, store.reference());
    let view = DueView {
        due: &found.due,
        matching: found.matching,
        today,
        until,
        place: &args.filters.cases.place(store.reference(), session, boundaries),
        reference: store.reference(),
        currency: store.currency(),
    };
    match format {
        Some(format) => session.show_as(&view, format, unit(&args.unit)),
        None => session.write(&view.ics(session.words)),
    }
}

/// The format that is asked for; `None` is a calendar.
fn format(session: &Session) -> Result<Option<Format>, Failure> {
    let Some(name) = session.format_name() else { return Ok(Some(Format::Table)) };
    if name.eq_ignore_ascii_case(ICS) {
        return Ok(None);
    }
    Format::from_name(name).map(Some).ok_or_else(|| {
        let allowed: Vec<_> = Format::ALL.iter().map(|format| format.code()).chain([ICS]).collect();
        Failure::usage((session.words.errors.unsupported_format)(name, &allowed.join(", ")))
    })
}
