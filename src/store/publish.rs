//! Publishing the figures of a month, and restating them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::cases::Loaded;
use super::error::Error;
use super::imports::{moment, parse};
use super::journal::{self, CASEBOOK, Subject, read_entry};
use super::list::period_values;
use super::past::{Mark, Moved};
use super::rows::{day, day_number};
use super::takes::Takes;
use super::{Store, sql};
use crate::domain::{
    Action, AgencyId, Case, ChainHead, Counting, Cutoff, Dating, Doubt, EventKind, Field, FieldError, Figures, Filter,
    Invalid, JournalEntry, Members, Month, Mover, Period, ProvinceId, Publication, PublicationBody, Reason,
    Restatement, Stamp, TotalsQuery, hexadecimal,
};
use crate::text::clean;

impl Store {
    /// Publishes the figures of a month as they are now. Where they were
    /// published before, a reason is needed.
    pub fn publish(
        &mut self,
        counting: &Counting,
        place: &str,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<Publication, Error> {
        self.write(|store| store.publish_here(counting, place, reason, stamp))
    }

    fn publish_here(
        &mut self,
        counting: &Counting,
        place: &str,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<Publication, Error> {
        journal::hold(self.engine.as_mut(), CASEBOOK)?;
        // Nothing is written to the totals until this is.
        self.engine.hold_derived()?;
        let reason = clean(reason);
        let counting = &self.settled(counting)?;
        if let Some(before) = self.publication(counting)?
            && reason.is_empty()
        {
            return Err(needs_reason(&before.body.counting, true));
        }
        let chains = self.heads()?;
        let figures = self.figures_now(counting)?;
        let counted = self.counted(counting)?;
        let happened = EventKind::ALL.into_iter().map(|kind| (kind, *figures.tally(kind)));
        let body = PublicationBody {
            counting: counting.clone(),
            place: place.to_owned(),
            figures: happened.filter(|(_, tally)| !tally.is_zero()).collect(),
            records: counted.len() as u64,
            digest: digest(&counted),
            chains,
        };
        let written = serde_json::to_string(&body).map_err(|error| Error::Engine(error.to_string()))?;
        let subject = Subject { reason: &reason, ..Subject::of(Action::Publish) };
        journal::append(self.engine.as_mut(), stamp, CASEBOOK, &subject, &written)?;
        let days = counting.period();
        let made = self.last_publication()?;
        let made = made.ok_or_else(|| Error::Engine("a publication was not stored".to_owned()))?;
        let values = [made.number.into(), day_number(days.from).into(), day_number(days.last()).into()];
        self.engine.execute(sql::INSERT_PUBLICATION, &values)?;
        Ok(made)
    }

    /// All publications, oldest first.
    pub fn publications(&mut self) -> Result<Vec<Publication>, Error> {
        let entries = self.engine.rows(sql::PUBLISHED, &[], |row| read_entry(row))?;
        entries.into_iter().map(publication).collect()
    }

    fn last_publication(&mut self) -> Result<Option<Publication>, Error> {
        let last = self.engine.row(sql::LAST_PUBLISHED, &[], |row| read_entry(row))?;
        last.map(publication).transpose()
    }

    /// The publications of months that have some of these days.
    fn publications_in(&mut self, days: Period) -> Result<Vec<Publication>, Error> {
        let values = [day_number(days.from).into(), day_number(days.last()).into()];
        let entries = self.engine.rows(sql::PUBLISHED_IN, &values, |row| read_entry(row))?;
        entries.into_iter().map(publication).collect()
    }

    /// The last publication of a month, counted in this way.
    pub fn publication(&mut self, counting: &Counting) -> Result<Option<Publication>, Error> {
        Ok(self.publications_of(counting)?.pop())
    }

    /// All publications of a month that was counted in this way, oldest first.
    pub fn publications_of(&mut self, counting: &Counting) -> Result<Vec<Publication>, Error> {
        let made = self.publications_in(counting.period())?;
        let counting = self.settled(counting)?;
        Ok(made.into_iter().filter(|publication| publication.body.counting == counting).collect())
    }

    /// The same counting, however its filter was typed. Agencies are taken by
    /// their numbers: a name may come to mean another unit too, and what was
    /// published stays what it was.
    fn settled(&mut self, counting: &Counting) -> Result<Counting, Error> {
        let agency_ids = self.agency_set(&counting.filter)?;
        let filter = Filter { agencies: Vec::new(), agency_ids, ..counting.filter.clone() };
        Ok(Counting { filter: filter.in_order(), ..counting.clone() })
    }

    /// Whether the records that a publication rests on are those of today,
    /// each as it was.
    pub fn still_rests(&mut self, publication: &Publication) -> Result<bool, Error> {
        self.read(|store| Ok(digest(&store.counted(&publication.body.counting)?) == publication.body.digest))
    }

    /// The figures that were last published beside those of today, and the
    /// cases that make the difference. `None` where they were not published.
    pub fn restate(&mut self, counting: &Counting) -> Result<Option<Restatement>, Error> {
        self.read(|store| {
            let publication = store.publication(counting)?;
            publication.map(|publication| store.restate_here(publication)).transpose()
        })
    }

    fn restate_here(&mut self, publication: Publication) -> Result<Restatement, Error> {
        let counting = &publication.body.counting;
        let (published, now) = (publication.body.total()?, self.figures_now(counting)?);
        let takes = self.takes(&counting.filter)?;
        let mut counted = self.counted(counting)?;
        let mut moves = Vec::new();
        let mut sum = published.clone();
        self.each_moved(&Mark::of(&publication.body.chains), |store, moved| {
            let Moved { before, now, since } = moved;
            counted.remove(&now.case.id);
            let mut difference = store.counts_for(counting, &takes, &now)?;
            let mut is_elsewhere = false;
            if let Some(before) = before {
                is_elsewhere =
                    !difference.is_zero() && store.placed(counting, &before)? != store.placed(counting, &now)?;
                let figures = store.counts_for(counting, &takes, &before)?;
                if !figures.is_zero() {
                    counted.insert(before.case.id, before.case.revision);
                }
                difference.add(&figures.negated())?;
            }
            sum.add(&difference)?;
            if !difference.is_zero() || is_elsewhere {
                moves.push(Mover { agency: now.agency, case: now.case, difference, changes: since });
            }
            Ok(())
        })?;
        // They add up, unless somebody has changed the database.
        if sum != now || digest(&counted) != publication.body.digest {
            return Err(Error::Restated(counting.month));
        }
        moves.sort_by_key(|moved| (moved.case.detected_on, moved.case.id));
        Ok(Restatement { publication, published, now, moves })
    }

    /// What a case adds to the figures of a month.
    fn counts_for(&self, counting: &Counting, takes: &Takes<'_>, held: &Loaded) -> Result<Figures, Error> {
        if takes.case(held, self.coder())? { Ok(counting.figures(&held.case)?) } else { Ok(Figures::default()) }
    }

    /// The rows of a summary under which a case counts: its province for the
    /// region, force, group and category.
    fn placed(&self, counting: &Counting, held: &Loaded) -> Result<(ProvinceId, Members), Error> {
        let province = ProvinceId(self.coder().province(&held.case.province)?);
        let group = held.case.violation.as_deref().and_then(|code| self.reference.violation(code)?.group);
        let group = group.map_or(0, |group| 1 + group as i64);
        let members =
            Members { status: 0, agency: 0, violation: group, ..self.coder().members(&held.case, held.agency)? };
        Ok((self.reference.counted_in(province, counting.boundaries), members))
    }

    fn figures_now(&mut self, counting: &Counting) -> Result<Figures, Error> {
        let query = TotalsQuery {
            by: Vec::new(),
            filter: counting.filter.clone(),
            period: Some(counting.period()),
            dating: counting.dated_by,
            cutoff: counting.cutoff,
            boundaries: counting.boundaries,
            no_empty: true,
        };
        Ok(self.totals_here(&query)?.total)
    }

    /// The cases that the figures of a month rest on, with their revisions.
    fn counted(&mut self, counting: &Counting) -> Result<BTreeMap<Uuid, i64>, Error> {
        let mut values = self.filter_values(&counting.filter)?;
        values.extend(period_values(Some(counting.period()), counting.dated_by, None));
        let counted = self.engine.rows(sql::COUNTED, &values, |row| Ok((row.id(0)?, row.int(1)?)))?;
        Ok(counted.into_iter().collect())
    }

    /// Refuses a write that gives no reason, and changes the figures of a
    /// month that was published.
    pub(super) fn guard_published(
        &mut self,
        before: Option<&Loaded>,
        after: Option<&Loaded>,
        reason: &str,
    ) -> Result<(), Error> {
        if !clean(reason).is_empty() {
            return Ok(());
        }
        let published = self.published_for(before, after)?;
        self.guard_against(&published, before, after)
    }

    /// The published month whose figures a case changes that is to be stored.
    pub fn published_doubt(&mut self, case: &Case) -> Result<Option<Doubt>, Error> {
        self.read(|store| {
            let agency = store.agency_if_there(case)?.unwrap_or(AgencyId(0));
            let held = Loaded { case: case.clone(), agency, import: None };
            let published = store.published_for(None, Some(&held))?;
            let changed = store.changed_of(&published, None, Some(&held))?;
            Ok(changed.map(|counting| Doubt::Published { month: counting.month }))
        })
    }

    /// How the months that were published were counted.
    pub(super) fn published(&mut self) -> Result<Vec<Counting>, Error> {
        Ok(countings(self.publications()?))
    }

    /// How those published months were counted in which a case counts before
    /// or after a write.
    fn published_for(&mut self, before: Option<&Loaded>, after: Option<&Loaded>) -> Result<Vec<Counting>, Error> {
        let cases = || before.into_iter().chain(after).map(|held| &held.case);
        let days = || cases().flat_map(|case| Dating::ALL.iter().flat_map(|dating| counted_on(case, *dating)));
        let Some((first, last)) = days().min().zip(days().max()) else { return Ok(Vec::new()) };
        Ok(countings(self.publications_in(Period::of_days(first, last))?))
    }

    /// Refuses a write that changes the figures of any of these months.
    pub(super) fn guard_against(
        &mut self,
        published: &[Counting],
        before: Option<&Loaded>,
        after: Option<&Loaded>,
    ) -> Result<(), Error> {
        self.changed_of(published, before, after)?.map_or(Ok(()), |counting| Err(needs_reason(counting, false)))
    }

    /// The first of these months whose figures a write changes.
    fn changed_of<'a>(
        &mut self,
        published: &'a [Counting],
        before: Option<&Loaded>,
        after: Option<&Loaded>,
    ) -> Result<Option<&'a Counting>, Error> {
        for counting in published {
            let in_month = |held: &Loaded| counting.figures(&held.case).map(|figures| !figures.is_zero());
            let [was, is] = [before.map_or(Ok(false), in_month)?, after.map_or(Ok(false), in_month)?];
            if !was && !is {
                continue;
            }
            let takes = self.takes(&counting.filter)?;
            let count = |held: Option<&Loaded>| {
                held.map_or(Ok(Figures::default()), |held| self.counts_for(counting, &takes, held))
            };
            let (was, is) = (count(before)?, count(after)?);
            let moved = match before.zip(after).filter(|_| was == is && !is.is_zero()) {
                Some((before, after)) => self.placed(counting, before)? != self.placed(counting, after)?,
                None => was != is,
            };
            if moved {
                return Ok(Some(counting));
            }
        }
        Ok(None)
    }

    /// The month whose publication is not of the journal that is there, or is
    /// not noted as it says.
    pub(super) fn wrong_publication(&mut self) -> Result<Option<Month>, Error> {
        let noted = self.engine.rows(sql::PUBLICATIONS, &[], |row| Ok((row.int(0)?, row.int(1)?, row.int(2)?)))?;
        let publications = self.publications()?;
        if let Some((_, first, _)) = noted.get(publications.len()) {
            return Ok(Some(Month::of(day(*first)?, Cutoff::default())));
        }
        for (at, Publication { number, body, .. }) in publications.into_iter().enumerate() {
            let days = body.counting.period();
            let note = (number, day_number(days.from), day_number(days.last()));
            let mut fits = noted.get(at) == Some(&note);
            for ChainHead { chain, length, head } in &body.chains {
                let there = self.hash_at(*chain, *length)?;
                fits &= if *length == 0 { head.is_empty() } else { there.as_ref() == Some(head) };
            }
            if !fits {
                return Ok(Some(body.counting.month));
            }
        }
        Ok(None)
    }
}

fn publication(entry: JournalEntry) -> Result<Publication, Error> {
    let (body, at): (PublicationBody, DateTime<Utc>) = (parse(&entry)?, moment(&entry)?);
    Ok(Publication { number: entry.number, at, who: entry.who, reason: entry.reason, body })
}

/// How months were counted, each way once.
fn countings(publications: Vec<Publication>) -> Vec<Counting> {
    let mut countings: Vec<Counting> = Vec::new();
    for publication in publications {
        if !countings.contains(&publication.body.counting) {
            countings.push(publication.body.counting);
        }
    }
    countings
}

/// The days on which a case counts.
fn counted_on(case: &Case, dating: Dating) -> Vec<NaiveDate> {
    case.events().iter().map(|event| event.counted_on(dating, case)).collect()
}

/// A SHA-256 over the cases that figures rest on, in the order of their ids.
fn digest(counted: &BTreeMap<Uuid, i64>) -> String {
    let mut hash = Sha256::new();
    for (id, revision) in counted {
        hash.update(id.as_bytes());
        hash.update(revision.to_be_bytes());
    }
    hexadecimal(&hash.finalize())
}

fn needs_reason(counting: &Counting, again: bool) -> Error {
    let reason = Reason::Published { month: counting.month, again };
    Invalid(vec![FieldError { field: Field::Reason, line: None, value: String::new(), reason }]).into()
}
