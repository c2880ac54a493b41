//! Sealing a casebook, and comparing it with a seal.

use super::error::Error;
use super::journal::CASEBOOK;
use super::verify::Finding;
use super::{Store, sql};
use crate::domain::{ChainHead, ProvinceId, Seal, SealedChain, Stamp};

impl Store {
    /// The ends of all chains, to be kept elsewhere. They are read in one
    /// state of the casebook.
    pub fn seal(&mut self, stamp: &Stamp) -> Result<Seal, Error> {
        self.read(|store| store.seal_here(stamp))
    }

    fn seal_here(&mut self, stamp: &Stamp) -> Result<Seal, Error> {
        let mut chains = Vec::new();
        for ChainHead { chain, length, head } in self.heads()?.into_iter().filter(|chain| chain.length > 0) {
            // What does not fit together is not sealed.
            if self.hash_at(chain, length)?.as_ref() != Some(&head) {
                return Err(Error::Unsound(Finding::Hash { chain: self.chain_name(chain), number: length }));
            }
            let province = self.reference.province(ProvinceId(chain));
            chains.push(SealedChain {
                chain,
                province_code: province.map(|province| province.code.clone()),
                province: province.map(|province| province.name.clone()),
                length,
                head,
            });
        }
        let seal = Seal {
            casebook: self.identity()?,
            sealed_at: stamp.at,
            by: stamp.who.clone(),
            currency: self.currency.code().to_owned(),
            cases: self.count_all_cases()?,
            entries: chains.iter().map(|chain| chain.length).sum(),
            chains,
            digest: String::new(),
        };
        Ok(seal.sealed())
    }

    /// What a casebook is known by for ever: the hash of its first entry.
    pub(super) fn identity(&mut self) -> Result<String, Error> {
        let first = self.hash_at(CASEBOOK, 1)?;
        first.ok_or_else(|| Error::Corrupt("the journal has no first entry".to_owned()))
    }

    pub(super) fn hash_at(&mut self, chain: i64, number: i64) -> Result<Option<String>, Error> {
        self.engine.row(sql::HASH_AT, &[chain.into(), number.into()], |row| row.text(0))
    }

    pub(super) fn count_all_cases(&mut self) -> Result<i64, Error> {
        Ok(self.engine.row(sql::ALL_CASES, &[], |row| row.int(0))?.unwrap_or_default())
    }

    /// Whether a seal is of this casebook.
    pub(super) fn check_identity(&mut self, seal: &Seal) -> Result<Option<Finding>, Error> {
        let same = self.identity()? == seal.casebook;
        Ok((!same).then_some(Finding::OtherCasebook(seal.sealed_at)))
    }

    /// The first chain of which what was sealed is not there any more.
    pub(super) fn check_seal(&mut self, seal: &Seal) -> Result<Option<Finding>, Error> {
        for SealedChain { chain, length, head, .. } in &seal.chains {
            let name = self.chain_name(*chain);
            match self.hash_at(*chain, *length)? {
                Some(hash) if hash == *head => {}
                Some(_) => return Ok(Some(Finding::Rewritten { chain: name, number: *length })),
                None => {
                    let found = self.heads()?.into_iter().find(|other| other.chain == *chain);
                    let found = found.map_or(0, |found| found.length);
                    return Ok(Some(Finding::CutShort { chain: name, found, sealed: *length }));
                }
            }
        }
        Ok(None)
    }
}
