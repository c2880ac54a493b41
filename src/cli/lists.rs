//! The reference lists: `regions`, `agencies`, `violations`, `categories`; and
//! `imports`.

use super::args::RegionsArgs;
use super::failure::Failure;
use super::session::{Session, vietnam};
use crate::domain::Reference;
use crate::render::{AgencyRow, ImportsView, Unit, agencies_view, categories_view, regions_view, violations_view};
use crate::store::{Agency, Error};

pub(super) fn regions(session: &Session, args: &RegionsArgs) -> Result<(), Failure> {
    let on = args.on.as_ref().map_or(Ok(session.stamp.today), |text| session.day("on", text))?;
    session.show(&regions_view(&reference(session)?, on), None)
}

pub(super) fn violations(session: &Session) -> Result<(), Failure> {
    session.show(&violations_view(&reference(session)?), None)
}

pub(super) fn categories(session: &Session) -> Result<(), Failure> {
    session.show(&categories_view(&reference(session)?), None)
}

/// The casebook's reference data, or what a new one would have.
fn reference(session: &Session) -> Result<Reference, Failure> {
    match session.open() {
        Ok(store) => Ok(store.reference().clone()),
        Err(Failure::Store(error)) if matches!(*error, Error::Missing(_)) => Ok(vietnam()?.reference),
        Err(failure) => Err(failure),
    }
}

pub(super) fn agencies(session: &Session) -> Result<(), Failure> {
    let mut store = session.open()?;
    let agencies = store.agencies()?;
    let reference = store.reference();
    let row = |agency: Agency| {
        let force = reference.force_row(agency.force);
        AgencyRow {
            name: agency.name,
            province: reference.province(agency.province).map(|row| row.name.clone()).unwrap_or_default(),
            force: force
                .map(|force| [force.code.clone(), force.name.clone(), force.name_en.clone()])
                .unwrap_or_default(),
            cases: agency.cases,
        }
    };
    session.show(&agencies_view(agencies.into_iter().map(row).collect()), None)
}

pub(super) fn imports(session: &Session) -> Result<(), Failure> {
    let mut store = session.open()?;
    let imports = store.imports()?;
    session.show(&ImportsView { imports: &imports, currency: store.currency() }, Some(Unit::One))
}
