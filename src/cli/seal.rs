//! `seal`: the ends of the journal's chains, to be kept elsewhere.

use super::failure::Failure;
use super::session::Session;
use crate::render::{Format, SealView};

pub(super) fn run(session: &Session) -> Result<(), Failure> {
    // A file that is called as one likes is to be read by `verify`.
    let format = session.format_of_file(Format::Json)?;
    let seal = session.open()?.seal(&session.stamp_now())?;
    session.show_as(&SealView(&seal), format, None)
}
