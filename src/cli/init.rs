//! `init`: a new casebook.

use std::path::Path;

use super::args::InitArgs;
use super::failure::Failure;
use super::session::Session;
use crate::domain::{Currency, Reference, ReferenceTexts};
use crate::store::NewCasebook;

pub(super) fn run(session: &Session, args: &InitArgs) -> Result<(), Failure> {
    let currency = Currency::new(&args.currency)
        .ok_or_else(|| Failure::usage((session.words.errors.bad_currency)(&args.currency)))?;
    let mut texts = ReferenceTexts::default();
    if let Some(folder) = &args.regions {
        texts.regions = read(&folder.join("regions.csv"))?;
        texts.provinces = read(&folder.join("provinces.csv"))?;
        texts.kinds = read(&folder.join("province_kinds.csv"))?;
        texts.aliases = read(&folder.join("province_aliases.csv"))?;
    }
    let new = NewCasebook { currency, reference: Reference::parse(&texts)? };
    let store = session.create(&new)?;
    session.say(&(session.words.said.made)(&session.db_shown(), store.currency().code()));
    Ok(())
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::Read { path: path.to_owned(), said: error.to_string() })
}
