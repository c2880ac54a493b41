//! `doctor`: how the casebook is kept, and what is missing in it.

use clap::Args;

use super::due::{LimitArgs, time_limits};
use super::failure::Failure;
use super::session::{Session, vietnam};
use crate::domain::{Boundaries, CompletenessQuery, Cutoff, Filter, Month, STALE_DAYS};
use crate::render::{CompletenessView, DoctorView};

#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    pub(super) stale: StaleArgs,
    #[command(flatten)]
    pub(super) limits: LimitArgs,
}

#[derive(Debug, Args)]
pub(super) struct StaleArgs {
    /// After how many days a seizure without a value, or an entry, is late
    #[arg(long = "stale", value_name = "DAYS", id = "stale", default_value_t = STALE_DAYS, value_parser = clap::value_parser!(u32).range(0..=36_500))]
    pub(super) days: u32,
}

pub(super) fn run(session: &Session, args: &DoctorArgs) -> Result<(), Failure> {
    let mut store = session.open()?;
    let today = session.stamp.today;
    let query = CompletenessQuery {
        filter: Filter::default(),
        period: None,
        // The last month that is over.
        silent_in: Month::of(today, Cutoff::default()).plus(-1),
        cutoff: Cutoff::default(),
        boundaries: Boundaries::Today,
        today,
        unpaid_before: time_limits(session, &args.limits)?.unpaid_before(today),
        stale: args.stale.days,
    };
    let (health, found) = store.health(&vietnam()?.reference, &query)?;
    session.show(&DoctorView { health: &health, completeness: CompletenessView { found: &found, query: &query } }, None)
}
