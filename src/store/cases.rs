//! Recording cases, changing them, and finding one.

use serde_json::Value as Json;
use uuid::Uuid;

use super::engine::Row;
use super::error::Error;
use super::journal::{self, Subject};
use super::lists::{Keys, numbers};
use super::rows::{Coder, case_no_key, status_number};
use super::verify::BATCH;
use super::{NewAgency, Store, sql};
use crate::domain::{
    Action, AgencyId, Case, Change, Difference, Draft, Entry, Field, FieldError, FieldWarning, Invalid, JournalEntry,
    ProvinceId, Reason, Refusal, Stamp, Status, differences, revert,
};

/// A case that was recorded, and what a person should be told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The case, as it is stored.
    pub case: Case,
    /// How some of its fields were read.
    pub warnings: Vec<FieldWarning>,
    /// Whether it had been recorded before, with the same id and content.
    pub already_there: bool,
    /// The agency, if it was named for the first time.
    pub new_agency: Option<NewAgency>,
}

/// A case that was changed, and what a person should be told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The case, as it is stored.
    pub case: Case,
    /// How some of its fields were read.
    pub warnings: Vec<FieldWarning>,
    /// The agency, if it was named for the first time.
    pub new_agency: Option<NewAgency>,
    /// What changed.
    pub differences: Vec<Difference>,
}

/// A case as it is stored.
pub(super) struct Loaded {
    pub(super) case: Case,
    pub(super) agency: AgencyId,
    /// The import that it came with.
    pub(super) import: Option<i64>,
}

/// How many candidates an error lists.
const CANDIDATES: i64 = 10;
/// How many cases are read with one statement.
pub(super) const MOST_AT_ONCE: usize = 1_000;
/// The shortest beginning of an id that is looked up.
const SHORTEST_PREFIX: usize = 4;

impl Store {
    /// Records a case. An entry that brings the id of a recorded case is
    /// recognised, and never counts twice. The reason that it may give, for
    /// what looks unlikely, is kept in the journal.
    pub fn record(&mut self, entry: &Entry, stamp: &Stamp) -> Result<Recorded, Error> {
        self.write(|store| store.record_here(entry, stamp))
    }

    /// What [`Store::record`] would store; nothing is.
    pub fn record_dry(&mut self, entry: &Entry, stamp: &Stamp) -> Result<Recorded, Error> {
        self.rehearse(|store| store.record_here(entry, stamp))
    }

    fn record_here(&mut self, entry: &Entry, stamp: &Stamp) -> Result<Recorded, Error> {
        let draft = Draft {
            entry,
            id: Uuid::now_v7(),
            reference: &self.reference,
            currency: &self.currency,
            today: stamp.today,
        };
        let (mut case, warnings) = draft.read()?;
        let chain = self.chain_of(&case)?;
        journal::hold(self.engine.as_mut(), chain)?;
        let (agency, new_agency) = self.settle_agency(&mut case, chain, stamp)?;
        if let Some(case) = self.as_recorded(&case)? {
            return Ok(Recorded { case, warnings, already_there: true, new_agency: None });
        }
        self.refuse_same_no(&case, agency)?;
        self.insert(&case, agency, None, None)?;
        self.add_to_totals(None, Some((&case, agency)))?;
        let stored = Loaded { case, agency, import: None };
        self.guard_published(None, Some(&stored), &entry.reason())?;
        let case = stored.case;
        let body = [Difference { path: String::new(), old: Json::Null, new: json(&case)? }];
        self.append(stamp, chain, &case, Action::Record, &entry.reason(), &body)?;
        Ok(Recorded { case, warnings, already_there: false, new_agency })
    }

    /// The stored case, where this very record is there: the same id, with the
    /// same content when it was recorded or imported.
    fn as_recorded(&mut self, case: &Case) -> Result<Option<Case>, Error> {
        let Some(seq) = self.engine.row(sql::SEQ_BY_ID, &[case.id.into()], |row| row.int(0))? else { return Ok(None) };
        let loaded = self.load_case(seq)?;
        let history = self.history(case.id)?;
        let first = match first_known(&loaded.case, &history)? {
            Some(Json::Null) => history.first().map(|entry| parse(&entry.body)).transpose()?.and_then(whole),
            known => known,
        };
        let same = |first: Json| {
            let known: Result<Case, _> = serde_json::from_value(first);
            known.is_ok_and(|known| known == Case { revision: known.revision, ..case.clone() })
        };
        if first.is_some_and(same) { Ok(Some(loaded.case)) } else { Err(Error::OtherContent(case.id)) }
    }

    /// The chain of a case: that of its province, which a merger goes on with.
    pub(super) fn chain_of(&self, case: &Case) -> Result<i64, Error> {
        let province = self.coder().province(&case.province)?;
        Ok(self.reference.seat(ProvinceId(province)).0)
    }

    fn refuse_same_no(&mut self, case: &Case, agency: AgencyId) -> Result<(), Error> {
        let Some(case_no) = &case.case_no else { return Ok(()) };
        let values = [case_no_key(case_no).into(), agency.0.into(), case.id.into()];
        match self.engine.row(sql::SAME_NO, &values, |row| row.id(0))? {
            Some(id) => Err(Error::Duplicate { case_no: case_no.clone(), id }),
            None => Ok(()),
        }
    }

    /// Changes a case: the one that `wanted` names, as for [`Store::find`].
    pub fn change(&mut self, wanted: &str, change: &Change, reason: &str, stamp: &Stamp) -> Result<Changed, Error> {
        self.write(|store| store.change_here(wanted, change, reason, stamp))
    }

    /// What [`Store::change`] would store; nothing is.
    pub fn change_dry(&mut self, wanted: &str, change: &Change, reason: &str, stamp: &Stamp) -> Result<Changed, Error> {
        self.rehearse(|store| store.change_here(wanted, change, reason, stamp))
    }

    pub(super) fn change_here(
        &mut self,
        wanted: &str,
        change: &Change,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<Changed, Error> {
        if matches!(change, Change::Amend(_)) && reason.trim().is_empty() {
            let error = FieldError { field: Field::Reason, line: None, value: String::new(), reason: Reason::Missing };
            return Err(Invalid(vec![error]).into());
        }
        let seq = self.find_seq(wanted)?;
        let (before, chain) = self.hold_case(seq)?;
        self.change_held(&before, chain, seq, change, reason, stamp)
    }

    /// Changes a case whose chain is held.
    pub(super) fn change_held(
        &mut self,
        before: &Loaded,
        chain: i64,
        seq: i64,
        change: &Change,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<Changed, Error> {
        let (mut after, warnings) = change.apply(&before.case, &self.reference, &self.currency, stamp.today)?;
        let chain_after = self.chain_of(&after)?;
        journal::hold(self.engine.as_mut(), chain_after)?;
        let (agency, new_agency) = self.settle_agency(&mut after, chain_after, stamp)?;
        if (Case { revision: before.case.revision, ..after.clone() }) == before.case {
            return Err(Refusal::Unchanged.into());
        }
        self.refuse_same_no(&after, agency)?;
        self.unindex(&before.case, seq)?;
        self.delete(seq)?;
        self.insert(&after, agency, before.import, Some(seq))?;
        self.add_to_totals(Some((&before.case, before.agency)), Some((&after, agency)))?;
        let stored = Loaded { case: after, agency, import: before.import };
        self.guard_published(Some(before), Some(&stored), reason)?;
        let after = stored.case;
        let differences = differences(&json(&before.case)?, &json(&after)?);
        self.append(stamp, chain, &after, change.action(), reason, &differences)?;
        Ok(Changed { case: after, warnings, new_agency, differences })
    }

    /// A case whose chain is held, so that it can't change until the
    /// transaction ends.
    pub(super) fn hold_case(&mut self, seq: i64) -> Result<(Loaded, i64), Error> {
        let mut held = None;
        loop {
            let loaded = self.load_case(seq)?;
            let chain = self.chain_of(&loaded.case)?;
            if held == Some(chain) {
                return Ok((loaded, chain));
            }
            // While it was waited for, the case may have moved to another.
            journal::hold(self.engine.as_mut(), chain)?;
            held = Some(chain);
        }
    }

    pub(super) fn append(
        &mut self,
        stamp: &Stamp,
        chain: i64,
        case: &Case,
        action: Action,
        reason: &str,
        differences: &[Difference],
    ) -> Result<(), Error> {
        let subject = Subject { action, case_id: Some(case.id), revision: case.revision, reason };
        let body = serde_json::to_string(differences).map_err(|error| Error::Engine(error.to_string()))?;
        journal::append(self.engine.as_mut(), stamp, chain, &subject, &body)
    }

    /// A case as for [`Store::find`], and what happened to its record.
    pub fn find_with_history(&mut self, wanted: &str) -> Result<(Case, Vec<JournalEntry>), Error> {
        self.read(|store| {
            let seq = store.find_seq(wanted)?;
            let loaded = store.load_case(seq)?;
            let history = store.history_of(&loaded)?;
            let case = loaded.case;
            Ok((case, history))
        })
    }

    /// The case that a text names: its id, the number of its file, or a
    /// beginning of its id that no other has.
    pub fn find(&mut self, wanted: &str) -> Result<Case, Error> {
        self.read(|store| {
            let seq = store.find_seq(wanted)?;
            Ok(store.load_case(seq)?.case)
        })
    }

    pub(super) fn find_seq(&mut self, wanted: &str) -> Result<i64, Error> {
        let wanted = wanted.trim();
        let mut found = Vec::new();
        if let Ok(id) = Uuid::parse_str(wanted) {
            found = self.engine.rows(sql::SEQ_BY_ID, &[id.into()], |row| row.int(0))?;
        }
        if found.is_empty() {
            found = self.seqs_by_no(wanted)?;
        }
        if let Some((first, last)) = prefix_range(wanted).filter(|_| found.is_empty()) {
            let values = [first.into(), last.into(), CANDIDATES.into()];
            found = self.engine.rows(sql::SEQS_BY_ID_RANGE, &values, |row| row.int(0))?;
        }
        match found.as_slice() {
            [seq] => Ok(*seq),
            [] => Err(Error::NoCase(wanted.to_owned())),
            several => Err(self.many_cases(wanted, several)?),
        }
    }

    /// The cases of a number; void ones only if there is no other.
    fn seqs_by_no(&mut self, case_no: &str) -> Result<Vec<i64>, Error> {
        let values = [case_no_key(case_no).into(), CANDIDATES.into()];
        let found = self.engine.rows(sql::SEQS_BY_NO, &values, |row| Ok((row.int(0)?, row.int(1)?)))?;
        let is_void = |(_, status): &&(i64, i64)| *status == status_number(Status::Void);
        let seqs = |found: Vec<&(i64, i64)>| found.into_iter().map(|(seq, _)| *seq).collect::<Vec<_>>();
        let (void, live): (Vec<_>, Vec<_>) = found.iter().partition(is_void);
        Ok(if live.is_empty() { seqs(void) } else { seqs(live) })
    }

    fn many_cases(&mut self, wanted: &str, seqs: &[i64]) -> Result<Error, Error> {
        let mut candidates = Vec::new();
        for seq in seqs {
            let case = self.load_case(*seq)?.case;
            candidates.push(format!("{} · {} · {}", case.id, case.detected_on, case.agency));
        }
        Ok(Error::ManyCases { wanted: wanted.to_owned(), candidates })
    }

    pub(super) fn coder(&self) -> Coder<'_> {
        Coder { reference: &self.reference, currency: &self.currency }
    }

    /// A case by its row, whole.
    pub(super) fn load_case(&mut self, seq: i64) -> Result<Loaded, Error> {
        let row = self.engine.row(sql::CASE, &[seq.into()], |row| Ok(row.take()))?;
        let row = row.ok_or_else(|| Error::Corrupt(format!("there is no row {seq} of cases")))?;
        self.complete(&row, seq)
    }

    /// Cases by their rows, whole, in the order of `seqs`.
    pub(super) fn load_cases(&mut self, seqs: &[i64]) -> Result<Vec<Loaded>, Error> {
        let mut loaded = Vec::with_capacity(seqs.len());
        for seqs in seqs.chunks(MOST_AT_ONCE) {
            loaded.extend(self.load_at_once(seqs)?);
        }
        Ok(loaded)
    }

    /// The same of no more than are read with one statement. Each is made of
    /// its row as that comes: to keep the rows would take every text twice.
    fn load_at_once(&mut self, seqs: &[i64]) -> Result<Vec<Loaded>, Error> {
        let missing = || Error::Corrupt(format!("there are no rows of all of {} cases", seqs.len()));
        // Rows come by their numbers.
        let mut order: Vec<usize> = (0..seqs.len()).collect();
        order.sort_unstable_by_key(|place| seqs[*place]);
        let mut places = order.into_iter();
        let (mut keys, mut loaded) = (Vec::with_capacity(seqs.len()), Vec::new());
        loaded.resize_with(seqs.len(), || None);
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        self.engine.query(sql::THESE_CASES, &[numbers(seqs.iter().copied())], &mut |row| {
            let seq = row.int(0)?;
            let place = places.next().filter(|place| seqs[*place] == seq).ok_or_else(missing)?;
            keys.push(((seq, row.int(1)?), place));
            // Its agency's name comes below: to look it up asks the engine again.
            loaded[place] = Some(coder.read_loaded(row, String::new())?);
            Ok(())
        })?;
        let mut loaded = loaded.into_iter().collect::<Option<Vec<Loaded>>>().ok_or_else(missing)?;
        for Loaded { case, agency, .. } in &mut loaded {
            case.agency = self.agency_name(agency.0)?;
        }
        self.read_lists_of(&Keys::of(keys), &mut loaded)?;
        Ok(loaded)
    }

    /// Goes through all cases in the order of their `seq`, some at a time, as
    /// far as the first of which something is to be said.
    pub(super) fn each_case<T>(
        &mut self,
        mut each: impl FnMut(&mut Self, &Row, Result<Loaded, Error>) -> Result<Option<T>, Error>,
    ) -> Result<Option<T>, Error> {
        self.each_batch(|store, rows| {
            for (row, loaded) in rows.iter().zip(store.complete_each(rows)?) {
                if let Some(said) = each(store, row, loaded)? {
                    return Ok(Some(said));
                }
            }
            Ok(None)
        })
    }

    /// Goes through the rows of all cases in the order of their `seq`, some at
    /// a time.
    pub(super) fn each_batch<T>(
        &mut self,
        mut each: impl FnMut(&mut Self, &[Row]) -> Result<Option<T>, Error>,
    ) -> Result<Option<T>, Error> {
        let mut last = i64::MIN;
        loop {
            let rows = self.engine.rows(sql::CASES_AFTER, &[last.into(), BATCH.into()], |row| Ok(row.take()))?;
            let Some(end) = rows.last() else { return Ok(None) };
            last = end.int(0)?;
            if let Some(said) = each(self, &rows)? {
                return Ok(Some(said));
            }
        }
    }

    /// The cases of rows, with their lists; where one is damaged, what is
    /// wrong with it.
    pub(super) fn complete_each(&mut self, rows: &[Row]) -> Result<Vec<Result<Loaded, Error>>, Error> {
        match self.complete_all(rows) {
            Ok(loaded) => Ok(loaded.into_iter().map(Ok).collect()),
            Err(Error::Corrupt(_)) => rows.iter().map(|row| row.int(0).map(|seq| self.complete(row, seq))).collect(),
            Err(error) => Err(error),
        }
    }

    /// The cases of rows, with their lists.
    fn complete_all(&mut self, rows: &[Row]) -> Result<Vec<Loaded>, Error> {
        let mut loaded = rows.iter().map(|row| self.without_lists(row)).collect::<Result<Vec<_>, _>>()?;
        self.read_lists_of(&Keys::of_rows(rows)?, &mut loaded)?;
        Ok(loaded)
    }

    /// The case of a row, with its lists.
    fn complete(&mut self, row: &Row, seq: i64) -> Result<Loaded, Error> {
        let mut loaded = self.without_lists(row)?;
        self.read_lists(&mut loaded.case, seq, row.int(1)?)?;
        Ok(loaded)
    }

    fn without_lists(&mut self, row: &Row) -> Result<Loaded, Error> {
        let name = self.agency_name(row.int(7)?)?;
        self.coder().read_loaded(row, name)
    }

    /// Writes a case, that of an import with its number; one that is written
    /// anew into the row that it had. Tells its row.
    pub(super) fn insert(
        &mut self,
        case: &Case,
        agency: AgencyId,
        import: Option<i64>,
        seq: Option<i64>,
    ) -> Result<i64, Error> {
        let mut values = self.coder().case_values(case, agency.0, import)?;
        let seq = if let Some(seq) = seq {
            values.push(seq.into());
            self.engine.execute(sql::REINSERT_CASE, &values)?;
            seq
        } else {
            let seq = self.engine.row(sql::INSERT_CASE, &values, |row| row.int(0))?;
            seq.ok_or_else(|| Error::Engine("a case got no row".to_owned()))?
        };
        self.write_lists(case, seq)?;
        self.index(case, seq)?;
        Ok(seq)
    }

    fn delete(&mut self, seq: i64) -> Result<(), Error> {
        self.delete_lists(seq)?;
        self.engine.execute(sql::DELETE_CASE, &[seq.into()]).map(drop)
    }
}

/// A case as the journal keeps it.
pub(super) fn json(case: &Case) -> Result<Json, Error> {
    serde_json::to_value(case).map_err(|error| Error::Engine(error.to_string()))
}

/// A case as the journal keeps it, written.
pub(super) fn json_text(case: &Case) -> Result<String, Error> {
    serde_json::to_string(case).map_err(|error| Error::Engine(error.to_string()))
}

/// The differences of an entry of the journal.
pub(super) fn parse(body: &str) -> Result<Vec<Difference>, Error> {
    serde_json::from_str(body).map_err(|error| Error::Corrupt(format!("an entry of the journal: {error}")))
}

/// The case that the first of its entries brought.
fn whole(differences: Vec<Difference>) -> Option<Json> {
    differences.into_iter().next().map(|difference| difference.new)
}

/// What a case was before all entries of its history: nothing, or what an
/// import brought. `None` where they do not lead back one revision at a time.
pub(super) fn first_known(case: &Case, history: &[JournalEntry]) -> Result<Option<Json>, Error> {
    let mut at = json(case)?;
    let mut revision = case.revision;
    for entry in history.iter().rev() {
        if entry.revision != revision {
            return Ok(None);
        }
        let Ok(differences) = parse(&entry.body) else { return Ok(None) };
        let Some(before) = revert(&at, &differences) else { return Ok(None) };
        at = before;
        revision -= 1;
    }
    let fits = if at.is_null() { revision == 0 } else { at["revision"] == revision };
    Ok(fits.then_some(at))
}

/// The first and last id that begin with some hexadecimal digits.
fn prefix_range(prefix: &str) -> Option<(Uuid, Uuid)> {
    let digits: String = prefix.chars().filter(|c| *c != '-').collect();
    let fits = (SHORTEST_PREFIX..=32).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let filled = |with: &str| Uuid::parse_str(&format!("{digits}{}", with.repeat(32 - digits.len()))).ok();
    if fits { filled("0").zip(filled("f")) } else { None }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use super::*;
    use crate::domain::{Currency, Reference, ReferenceTexts};
    use crate::store::NewCasebook;

    #[test]
    fn a_row_that_is_missing_is_told_and_no_case_takes_its_place() {
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        let new = NewCasebook { currency: Currency::vnd(), reference };
        let stamp = Stamp { at: DateTime::UNIX_EPOCH, today: NaiveDate::MIN, who: "an".to_owned() };
        let mut store = Store::in_memory(&new, &stamp).unwrap();
        let mut entry = Entry::default();
        let fields = [(Field::Province, "Huế"), (Field::Agency, "Đội 1"), (Field::DetectedOn, "2026-01-20")];
        for (field, value) in fields.into_iter().chain([(Field::Goods, "hàng")]) {
            entry.set(field, None, value.to_owned()).unwrap();
        }
        let stamp = Stamp { today: NaiveDate::MAX, ..stamp };
        let ids: Vec<Uuid> = (0..3).map(|_| store.record(&entry, &stamp).unwrap().case.id).collect();
        let loaded = store.load_cases(&[3, 1, 2]).unwrap();
        assert_eq!(loaded.iter().map(|loaded| loaded.case.id).collect::<Vec<_>>(), [ids[2], ids[0], ids[1]]);
        for seqs in [[9, 1], [0, 3], [2, 2]] {
            assert!(matches!(store.load_cases(&seqs), Err(Error::Corrupt(_))), "{seqs:?}");
        }
    }

    #[test]
    fn prefixes_are_ranges_of_ids() {
        let (first, last) = prefix_range("019c-9f").unwrap();
        assert_eq!(first.to_string(), "019c9f00-0000-0000-0000-000000000000");
        assert_eq!(last.to_string(), "019c9fff-ffff-ffff-ffff-ffffffffffff");
        assert_eq!(prefix_range("12/BB"), None);
        assert_eq!(prefix_range("019"), None);
    }
}
