//! Importing many cases in one transaction, each of them once.
//!
//! A case of a file is known again by its id, else by its content, else by its
//! number at its agency. Ids are made of the content, so a file that is
//! imported again finds its cases, whatever has become of them since.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::aside::{self, Aside};
use super::cases::{Loaded, json, json_text};
use super::engine::{Row, Value};
use super::error::Error;
use super::journal::{self, CASEBOOK, Subject};
use super::loader::Loader;
use super::outcome::{Batches, Fate, ImportOptions, Imported, Told, With};
use super::rows::{case_no_key, day_number, status_number};
use super::{Store, sql};
use crate::domain::{
    Action, AgencyId, Amount, Case, CasesDigest, Change, Content, Counting, Difference, ImportBody, Incoming, Overflow,
    ProvinceId, ProvinceKey, ReadCase, Refusal, Stamp, Status, agency_key, differences,
};

impl Store {
    /// Imports cases in one transaction. Where one is refused nothing is
    /// stored, unless that was asked for.
    pub fn import<P>(
        &mut self,
        options: &ImportOptions,
        batches: Batches<'_, P>,
        told: Told<'_, P>,
        stamp: &Stamp,
    ) -> Result<Imported, Error> {
        self.begin()?;
        let done = self.import_here(options, batches, told, stamp);
        let keep = matches!(&done, Ok(imported) if imported.id.is_some());
        let done = if keep { done.and_then(|imported| self.engine.commit().map(|()| imported)) } else { done };
        if !keep || done.is_err() {
            self.undo();
        }
        done
    }

    fn import_here<P>(
        &mut self,
        options: &ImportOptions,
        batches: Batches<'_, P>,
        told: Told<'_, P>,
        stamp: &Stamp,
    ) -> Result<Imported, Error> {
        let mut importer = Importer::start(self, options, stamp)?;
        while let Some(batch) = batches()? {
            for incoming in batch {
                let fate = importer.take(&incoming)?;
                importer.count(&fate, incoming.rows);
                told(incoming, fate);
            }
        }
        importer.finish()
    }

    /// What is stored of a case, by a statement that asks for its row or id.
    fn state(&mut self, statement: &'static str, of: Value) -> Result<Option<State>, Error> {
        let read = |row: &mut Row| {
            let is_void = row.int(1)? == status_number(Status::Void);
            Ok(State { seq: row.int(0)?, is_void, import: row.opt_int(2)? })
        };
        self.engine.row(statement, &[of], read)
    }
}

/// How many contents that occur more than once are remembered.
const MOST_TWINS: usize = 100_000;

/// What matters of a case that has an id.
struct State {
    seq: i64,
    is_void: bool,
    import: Option<i64>,
}

/// An agency as this import has settled it.
struct Settled {
    id: AgencyId,
    name: String,
    force: Option<String>,
}

/// An import under way.
struct Importer<'a> {
    store: &'a mut Store,
    options: &'a ImportOptions,
    stamp: &'a Stamp,
    /// Its number among the imports.
    number: i64,
    /// Chains that it holds until it ends.
    held: HashSet<i64>,
    /// The chains of the provinces that were met.
    chains: HashMap<ProvinceKey, i64>,
    /// The agencies that were met, by chain and as they are matched.
    agencies: HashMap<i64, HashMap<String, Settled>>,
    /// Of contents that occur more than once in a table, which ids are not to
    /// be asked for again. To forget them costs time alone.
    twins: HashMap<Content, u32>,
    /// Imports that were undone: their cases may come again.
    undone: HashSet<i64>,
    /// The published months whose figures it may not change: none, if it says
    /// why.
    published: Vec<Counting>,
    /// Whether there are cases that were recorded one by one without a number.
    has_recorded: bool,
    /// The table whose cases are taken, and the last row that was written
    /// before it.
    table: usize,
    before_table: i64,
    last_row: i64,
    /// The first row that it wrote.
    first_row: Option<i64>,
    loader: Loader,
    /// Indexes that it does without, once it has grown large.
    aside: Option<Aside>,
    digest: CasesDigest,
    imported: Imported,
}

impl<'a> Importer<'a> {
    fn start(store: &'a mut Store, options: &'a ImportOptions, stamp: &'a Stamp) -> Result<Self, Error> {
        journal::hold(store.engine.as_mut(), CASEBOOK)?;
        let imports = store.imports()?;
        let number = i64::try_from(imports.len()).unwrap_or(i64::MAX) + 1;
        let undone = imports.into_iter().filter(|import| import.undone.is_some()).map(|import| import.id).collect();
        let published = if options.reason.is_empty() { store.published()? } else { Vec::new() };
        let lacks_index = options.no_search_index || store.lacks_index()?;
        let dialect = store.engine.dialect();
        store.engine.batch(&dialect.lines(sql::IMPORT_SEEN))?;
        let has_recorded = store.engine.row(sql::ANY_RECORDED_WITHOUT_NO, &[], |_| Ok(()))?.is_some();
        Ok(Self {
            store,
            options,
            stamp,
            number,
            held: HashSet::new(),
            chains: HashMap::new(),
            agencies: HashMap::new(),
            twins: HashMap::new(),
            undone,
            published,
            has_recorded,
            table: 0,
            before_table: i64::MIN,
            last_row: i64::MIN,
            first_row: None,
            loader: Loader::new(lacks_index),
            aside: None,
            digest: CasesDigest::default(),
            imported: Imported { lacks_index, ..Imported::default() },
        })
    }

    fn take<P>(&mut self, incoming: &Incoming<P>) -> Result<Fate, Error> {
        let ReadCase { case, agency: key, content, .. } = match &incoming.read {
            Ok(read) => read,
            Err(invalid) => return Ok(Fate::Invalid(invalid.clone())),
        };
        self.enter(incoming.table)?;
        let chain = self.chain_of(case)?;
        if self.held.insert(chain) {
            journal::hold(self.store.engine.as_mut(), chain)?;
        }
        if !case.id.is_nil()
            && let Some(there) = self.state_by_id(case.id)?
            // One whose import was undone may come again, as another.
            && (!self.is_undone(&there) || case.void.is_some())
        {
            return self.compare(there.seq, case, incoming, chain);
        }
        let Some(free) = self.free_id(content, case)? else { return Ok(Fate::AlreadyThere) };
        let mut case = case.clone();
        if case.id.is_nil() || self.state_by_id(case.id)?.is_some() {
            case.id = free;
        }
        let agency = self.settle(&mut case, chain, key)?;
        if let Some(seq) = self.of_same_no(&case, agency)? {
            return self.compare(seq, &case, incoming, chain);
        }
        if self.is_recorded(&case, agency)? {
            return Ok(Fate::AlreadyThere);
        }
        self.store(&case, agency)?;
        Ok(Fate::Stored { id: case.id })
    }

    fn state_by_id(&mut self, id: Uuid) -> Result<Option<State>, Error> {
        if self.loader.has_id(id) {
            self.loader.flush(self.store)?;
        }
        let Some(aside) = &self.aside else { return self.store.state(sql::STATE_BY_ID, id.into()) };
        let seq = aside.ids.seq(self.store.engine.as_mut(), id)?;
        seq.map_or(Ok(None), |seq| self.store.state(sql::STATE_BY_SEQ, seq.into()))
    }

    fn chain_of(&mut self, case: &Case) -> Result<i64, Error> {
        if let Some(chain) = self.chains.get(&case.province) {
            return Ok(*chain);
        }
        let chain = self.store.chain_of(case)?;
        self.chains.insert(case.province.clone(), chain);
        Ok(chain)
    }

    /// How an agency is matched.
    fn agency_key(&self, name: &str, chain: i64) -> String {
        let reference = &self.store.reference;
        let seat = reference.province(ProvinceId(chain)).map_or("", |province| &province.name);
        agency_key(name, seat, reference)
    }

    /// The id that a case of this content takes; `None` if it is there
    /// already. A file's number is that of one case, so a row that repeats it
    /// is that case; rows without one count as often as they stand in the file.
    fn free_id(&mut self, content: &Content, case: &Case) -> Result<Option<Uuid>, Error> {
        let is_one = case.case_no.is_some();
        // What its twins in this table were taken for is not asked again.
        let first = self.twins.get(content).copied().unwrap_or_default();
        for before in first.. {
            let id = content.id(before);
            if before > first {
                self.note_twin(*content, before);
            }
            match self.state_by_id(id)? {
                None => return Ok(Some(id)),
                Some(there) if self.is_undone(&there) => {}
                // Its twin, a few rows above.
                Some(there) if self.is_of_table(&there) && !is_one => {}
                Some(_) if is_one || self.see(id)? => return Ok(None),
                Some(_) => {}
            }
        }
        Ok(None)
    }

    fn note_twin(&mut self, content: Content, before: u32) {
        if self.twins.len() >= MOST_TWINS {
            self.twins.clear();
        }
        self.twins.insert(content, before);
    }

    /// Whether a case was struck out together with all of its import.
    fn is_undone(&self, there: &State) -> bool {
        there.is_void && there.import.is_some_and(|import| self.undone.contains(&import))
    }

    /// Whether a case was stored for a row of this table.
    fn is_of_table(&self, there: &State) -> bool {
        there.import == Some(self.number) && there.seq > self.before_table
    }

    /// Begins a table: its rows may be taken for any case that is there, those
    /// of the tables before it too.
    fn enter(&mut self, table: usize) -> Result<(), Error> {
        if table != self.table {
            self.table = table;
            self.before_table = self.last_row;
            self.twins.clear();
            self.store.engine.execute(sql::FORGET_SEEN, &[])?;
        }
        Ok(())
    }

    /// Takes a case that is there for a row; false if another row has it.
    fn see(&mut self, id: Uuid) -> Result<bool, Error> {
        Ok(self.store.engine.execute(sql::SEE, &[id.into()])? > 0)
    }

    /// The agency of a case, which takes its name as it was first written.
    fn settle(&mut self, case: &mut Case, chain: i64, key: &str) -> Result<AgencyId, Error> {
        if let Some(settled) = self.agencies.get(&chain).and_then(|agencies| agencies.get(key)) {
            case.agency.clone_from(&settled.name);
            if case.force.is_none() {
                case.force.clone_from(&settled.force);
            }
            return Ok(settled.id);
        }
        let given = case.force.take();
        let mut settled = Case { force: given, ..case.clone() };
        let (id, new) = self.store.settle_agency(&mut settled, chain, self.stamp)?;
        self.imported.new_agencies.extend(new);
        // What the agency's own force is, whatever this row says.
        let mut plain = Case { force: None, ..settled.clone() };
        self.store.settle_agency(&mut plain, chain, self.stamp)?;
        *case = settled;
        let settled = Settled { id, name: case.agency.clone(), force: plain.force };
        self.agencies.entry(chain).or_default().insert(key.to_owned(), settled);
        Ok(id)
    }

    /// The case that has the number of another at its agency.
    fn of_same_no(&mut self, case: &Case, agency: AgencyId) -> Result<Option<i64>, Error> {
        let Some(case_no) = case.case_no.as_ref().filter(|_| case.void.is_none()) else { return Ok(None) };
        let key = case_no_key(case_no);
        if self.loader.has_no(&key, agency) {
            self.loader.flush(self.store)?;
        }
        let values = [key.into(), agency.0.into(), case.id.into()];
        self.store.engine.row(sql::SAME_NO, &values, |row| row.int(1))
    }

    /// Whether a case without a number was recorded by hand.
    fn is_recorded(&mut self, case: &Case, agency: AgencyId) -> Result<bool, Error> {
        if !self.has_recorded || case.case_no.is_some() || case.void.is_some() {
            return Ok(false);
        }
        let province = self.store.coder().province(&case.province)?;
        let values: [Value; 3] = [day_number(case.detected_on).into(), province.into(), agency.0.into()];
        for seq in self.store.engine.rows(sql::RECORDED_ALIKE, &values, |row| row.int(0))? {
            let there = self.store.load_case(seq)?.case;
            let same = with_kept(case, &there) == there;
            if same && self.see(there.id)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What becomes of a row whose case is there: nothing if it says nothing
    /// otherwise, else it is a conflict, or changes that case.
    fn compare<P>(&mut self, seq: i64, case: &Case, incoming: &Incoming<P>, chain: i64) -> Result<Fate, Error> {
        self.loader.flush(self.store)?;
        let loaded = self.store.load_case(seq)?;
        let differences = self.differences(&loaded, case, incoming, chain)?;
        if differences.is_empty() {
            return Ok(Fate::AlreadyThere);
        }
        let with = match (&loaded.case.void, loaded.import == Some(self.number)) {
            (Some(_), _) => With::Void,
            (None, true) => With::Imported,
            (None, false) => With::Stored,
        };
        let conflict = Fate::Conflict { id: loaded.case.id, differences, with };
        if !self.options.update || with != With::Stored || case.void.is_some() {
            return Ok(conflict);
        }
        let (held, chain) = self.store.hold_case(seq)?;
        let names: Vec<&str> = self.options.files.iter().map(|file| file.name.as_str()).collect();
        let change = Change::Update(Box::new(incoming.entry.clone()));
        let why = if self.options.reason.is_empty() { names.join(", ") } else { self.options.reason.clone() };
        match self.store.change_held(&held, chain, seq, &change, &why, self.stamp) {
            Ok(_) => {
                let now = self.store.load_case(seq)?;
                self.store.guard_against(&self.published, Some(&held), Some(&now))?;
                Ok(Fate::Updated)
            }
            Err(Error::Invalid(invalid)) => Ok(Fate::Invalid(invalid)),
            Err(Error::Refused(Refusal::Unchanged)) => Ok(Fate::AlreadyThere),
            Err(Error::Refused(_) | Error::Duplicate { .. }) => Ok(conflict),
            Err(error) => Err(error),
        }
    }

    /// What a row says otherwise than the case that is there.
    fn differences<P>(
        &mut self,
        loaded: &Loaded,
        case: &Case,
        incoming: &Incoming<P>,
        chain: i64,
    ) -> Result<Vec<Difference>, Error> {
        let before = &loaded.case;
        if before.void.is_some() || case.void.is_some() {
            let key = self.agency_key(&case.agency, chain);
            let mut row = with_kept(case, before);
            self.settle(&mut row, chain, &key)?;
            return Ok(differences(&json(before)?, &json(&row)?));
        }
        let change = Change::Update(Box::new(incoming.entry.clone()));
        let store = &mut *self.store;
        let mut after = match change.apply(before, &store.reference, &store.currency, self.stamp.today) {
            Ok((after, _)) => after,
            Err(crate::domain::ChangeError::Refused(_)) => return Ok(Vec::new()),
            // What the row says does not fit the case that is there.
            Err(crate::domain::ChangeError::Invalid(_)) => with_kept(case, before),
        };
        after.revision = before.revision;
        let chain = self.chain_of(&after)?;
        let key = self.agency_key(&after.agency, chain);
        self.settle(&mut after, chain, &key)?;
        Ok(differences(&json(before)?, &json(&after)?))
    }

    fn store(&mut self, case: &Case, agency: AgencyId) -> Result<(), Error> {
        self.last_row = self.loader.add(self.store, case, agency, self.number)?;
        self.note_id(case.id)?;
        self.digest.add(&json_text(case)?);
        if case.void.is_none() {
            let fine = case.decision.as_ref().and_then(|decision| decision.fine_amount);
            let imported = &mut self.imported;
            imported.fine_amount = sum(imported.fine_amount, fine)?;
            imported.seized_value = sum(imported.seized_value, case.seized_value)?;
            imported.seized_unknown += u64::from(case.seized_value.is_none());
        }
        if self.published.is_empty() {
            return Ok(());
        }
        let stored = Loaded { case: case.clone(), agency, import: Some(self.number) };
        self.store.guard_against(&self.published, None, Some(&stored))
    }

    /// Keeps the id of the case that was written last; sets indexes aside once
    /// that pays.
    fn note_id(&mut self, id: Uuid) -> Result<(), Error> {
        let engine = self.store.engine.as_mut();
        if let Some(aside) = &mut self.aside {
            return aside.ids.add(engine, id, self.last_row);
        }
        let first = *self.first_row.get_or_insert(self.last_row);
        if aside::pays(engine, first - 1, self.last_row - first + 1) {
            self.loader.flush(self.store)?;
            self.aside = Some(Aside::set(self.store.engine.as_mut(), self.has_recorded)?);
        }
        Ok(())
    }

    fn count(&mut self, fate: &Fate, rows: u64) {
        let counts = &mut self.imported.counts;
        counts.rows += rows;
        match fate {
            Fate::Stored { .. } => {
                counts.stored += rows;
                counts.cases += 1;
            }
            Fate::Updated => counts.updated += rows,
            Fate::AlreadyThere => counts.already_there += rows,
            Fate::Invalid(_) => counts.refused += rows,
            Fate::Conflict { .. } => {
                counts.refused += rows;
                self.imported.conflicts += rows;
            }
        }
    }

    fn finish(mut self) -> Result<Imported, Error> {
        let counts = self.imported.counts;
        let refused = counts.refused > 0 && !self.options.partial;
        if counts.stored + counts.updated == 0 || refused {
            return Ok(self.imported);
        }
        if self.options.no_search_index {
            self.store.leave_index()?;
        }
        self.loader.finish(self.store)?;
        // What a dry run has brought is taken back, with the indexes.
        if let Some(aside) = self.aside.filter(|_| !self.options.dry_run) {
            aside.restore(self.store.engine.as_mut())?;
        }
        let body = ImportBody {
            import: self.number,
            files: self.options.files.clone(),
            counts,
            fine_amount: self.imported.fine_amount,
            seized_value: self.imported.seized_value,
            digest: self.digest.finish(),
        };
        let body = serde_json::to_string(&body).map_err(|error| Error::Engine(error.to_string()))?;
        let subject = Subject { reason: &self.options.reason, ..Subject::of(Action::Import) };
        journal::append(self.store.engine.as_mut(), self.stamp, CASEBOOK, &subject, &body)?;
        // What a dry run came to is told too; it is taken back.
        if !self.options.dry_run {
            self.imported.id = Some(self.number);
        }
        Ok(self.imported)
    }
}

/// The case of a row, with what no row says and the case that is there has.
fn with_kept(case: &Case, there: &Case) -> Case {
    Case { id: there.id, revision: there.revision, attachments: there.attachments.clone(), ..case.clone() }
}

/// A sum with one more amount, which it takes its bound from.
fn sum(sum: Amount, amount: Option<Amount>) -> Result<Amount, Overflow> {
    let Some(amount) = amount else { return Ok(sum) };
    let value = sum.value.checked_add(amount.value).ok_or(Overflow)?;
    Ok(Amount { value, bound: sum.bound.and(amount.bound) })
}
