//! Totals and lists as they were known before a moment: those of today, less
//! what has changed since.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::cases::Loaded;
use super::error::Error;
use super::late::{Late, Past};
use super::list::ListQuery;
use super::past::{Mark, Moved};
use super::rows::{Coder, day};
use super::takes::Takes;
use super::totals::Needs;
use super::verify::BATCH;
use super::{Store, sql};
use crate::domain::{Case, EventKind, Members, Period, ProvinceId, Reference, Slice, Tally, Totals, TotalsQuery};

impl Store {
    /// Totals as they were known before a moment: what [`Store::totals_with`]
    /// gave then.
    pub fn totals_as_known(
        &mut self,
        query: &TotalsQuery,
        late: Option<Late<'_>>,
        before: DateTime<Utc>,
    ) -> Result<Totals, Error> {
        self.read(|store| {
            let mark = store.mark_before(before)?;
            let (mut totals, _) = store.known(std::slice::from_ref(query), None, &mark)?;
            let totals = totals.pop().ok_or_else(|| Error::Engine("a query without an answer".to_owned()))?;
            let Some(late) = late else { return Ok(totals) };
            let past = store.past_late(query, before)?;
            store.add_charges(totals, late, &past)
        })
    }

    /// The cases that were charged otherwise before a moment.
    fn past_late(&mut self, query: &TotalsQuery, before: DateTime<Utc>) -> Result<Past, Error> {
        let mark = self.mark_before(before)?;
        let takes = self.takes(&query.filter)?;
        let mut past = Past::default();
        self.each_moved(&mark, |store, moved| {
            past.moved.insert(moved.now.case.id);
            let before = moved.before.filter(|before| before.case.decision.is_some());
            if let Some(before) = before
                && takes.case(&before, store.coder())?
            {
                past.known.push(before);
            }
            Ok(())
        })?;
        Ok(past)
    }

    /// Several totals and a list as they were known before a moment: what
    /// [`Store::summary`] gave then.
    pub fn summary_as_known(
        &mut self,
        queries: &[TotalsQuery],
        list: Option<&ListQuery>,
        before: DateTime<Utc>,
    ) -> Result<(Vec<Totals>, Vec<Case>), Error> {
        self.read(|store| {
            let mark = store.mark_before(before)?;
            store.known(queries, list, &mark)
        })
    }

    pub(super) fn known(
        &mut self,
        queries: &[TotalsQuery],
        list: Option<&ListQuery>,
        mark: &Mark,
    ) -> Result<(Vec<Totals>, Vec<Case>), Error> {
        let mut corrections = Vec::new();
        for query in queries {
            corrections.push(Correction::new(query, self)?);
        }
        let mut past_list = list.map(|query| PastList::new(query, self)).transpose()?;
        self.each_moved(mark, |store, moved| {
            let Moved { before, now, .. } = moved;
            for correction in &mut corrections {
                correction.add(&now, true, store.coder())?;
                if let Some(before) = &before {
                    correction.add(before, false, store.coder())?;
                }
            }
            past_list.as_mut().map_or(Ok(()), |list| list.take(&now, before.as_ref(), store.coder()))
        })?;
        let totals = corrections.into_iter().map(|correction| self.corrected(correction)).collect::<Result<_, _>>()?;
        let listed = past_list.map(|list| self.past_listed(list)).transpose()?;
        Ok((totals, listed.unwrap_or_default()))
    }

    /// The totals of today, corrected to what was known.
    fn corrected(&mut self, mut correction: Correction<'_>) -> Result<Totals, Error> {
        let query = correction.query;
        let closed = query.period.filter(|period| !period.is_open());
        let mut slices = Vec::new();
        let mut keep = |slice, _: &Reference| {
            slices.push(slice);
            Ok(())
        };
        if let Some(period) = closed {
            self.each_slice(query, Needs::of(query).running(), period, &mut keep)?;
            slices.extend(correction.slices());
            return self.fold(query, closed, &slices);
        }
        // The days covered then are known when all days are.
        let everything = Period { from: NaiveDate::MIN, until: NaiveDate::MAX };
        self.each_slice_of_cases(query, everything, true, &mut keep)?;
        let mut found_from = std::mem::take(&mut correction.found_from);
        slices.extend(correction.slices());
        let values = self.filter_values(&query.filter)?;
        for (from, n) in self.engine.rows(sql::FOUND_FROM, &values, |row| Ok((day(row.int(0)?)?, row.int(1)?)))? {
            *found_from.entry(from).or_default() += n;
        }
        let span = days_covered(&slices, &found_from)?.map(|there| match query.period {
            Some(asked) => asked.closed_by(there),
            None => there,
        });
        let span = span.filter(|span| !span.is_empty());
        slices.retain(|slice| span.is_some_and(|span| span.contains(slice.on)));
        self.fold(query, span, &slices)
    }

    fn past_listed(&mut self, list: PastList<'_>) -> Result<Vec<Case>, Error> {
        let query = list.query;
        let wanted = query.limit.map(|limit| limit.saturating_add(query.offset));
        let wanted = wanted.and_then(|wanted| usize::try_from(wanted).ok()).unwrap_or(usize::MAX);
        let mut cases = list.known;
        // Of today's, those that have not changed.
        let many = u64::try_from(BATCH).unwrap_or(u64::MAX);
        let mut page = ListQuery { offset: 0, limit: query.limit.map(|limit| limit.max(many)), ..query.clone() };
        let mut unchanged = 0;
        loop {
            let listed = self.list_here(&page)?;
            page.offset += listed.cases.len() as u64;
            let ended = listed.cases.is_empty() || query.limit.is_none();
            for case in listed.cases.into_iter().filter(|case| !list.moved.contains(&case.id)) {
                unchanged += 1;
                cases.push(case);
            }
            if ended || unchanged >= wanted {
                break;
            }
        }
        cases.sort_by(|one, two| query.order(one, two));
        let offset = usize::try_from(query.offset).unwrap_or(usize::MAX);
        Ok(cases.into_iter().take(wanted).skip(offset).collect())
    }
}

/// The first and the last day on which anything counts, and before them the
/// first day of the periods over which cases were found.
fn days_covered(slices: &[Slice], found_from: &BTreeMap<NaiveDate, i64>) -> Result<Option<Period>, Error> {
    let mut days: BTreeMap<NaiveDate, HashMap<EventKind, Tally>> = BTreeMap::new();
    for slice in slices {
        days.entry(slice.on).or_default().entry(slice.kind).or_default().add(&slice.tally)?;
    }
    let mut days = days.iter().filter(|(_, kinds)| kinds.values().any(|tally| !tally.is_zero())).map(|(day, _)| *day);
    let Some(first) = days.next() else { return Ok(None) };
    let last = days.next_back().unwrap_or(first);
    let from = found_from.iter().find(|(_, n)| **n > 0).map_or(first, |(from, _)| first.min(*from));
    Ok(Some(Period::of_days(from, last)))
}

/// What is to be added to the totals of today to give those of then.
struct Correction<'a> {
    query: &'a TotalsQuery,
    takes: Takes<'a>,
    sums: BTreeMap<(ProvinceId, Members, NaiveDate, EventKind), Tally>,
    found_from: BTreeMap<NaiveDate, i64>,
}

impl<'a> Correction<'a> {
    fn new(query: &'a TotalsQuery, store: &mut Store) -> Result<Self, Error> {
        Ok(Self { query, takes: store.takes(&query.filter)?, sums: BTreeMap::new(), found_from: BTreeMap::new() })
    }

    /// Adds what a case counts for, or takes it away.
    fn add(&mut self, held: &Loaded, away: bool, coder: Coder<'_>) -> Result<(), Error> {
        if !self.takes.case(held, coder)? {
            return Ok(());
        }
        let case = &held.case;
        if let Some(from) = case.detected_from {
            *self.found_from.entry(from).or_default() += if away { -1 } else { 1 };
        }
        let members = coder.members(case, held.agency)?.asked_by(self.query);
        let province = ProvinceId(coder.province(&case.province)?);
        let period = self.query.period;
        for event in case.events() {
            let on = event.counted_on(self.query.dating, case);
            if period.is_some_and(|period| !period.contains(on)) {
                continue;
            }
            let tally = Tally::of(&event);
            let tally = if away { tally.negated() } else { tally };
            self.sums.entry((province, members, on, event.kind)).or_default().add(&tally)?;
        }
        Ok(())
    }

    fn slices(self) -> impl Iterator<Item = Slice> {
        let sums = self.sums.into_iter().filter(|(_, tally)| !tally.is_zero());
        sums.map(|((province, members, on, kind), tally)| Slice { province, members, on, kind, tally })
    }
}

/// A list on its way to what it was.
struct PastList<'a> {
    query: &'a ListQuery,
    takes: Takes<'a>,
    /// The cases that have changed since.
    moved: HashSet<Uuid>,
    /// Those of them that it held, as they were.
    known: Vec<Case>,
}

impl<'a> PastList<'a> {
    fn new(query: &'a ListQuery, store: &mut Store) -> Result<Self, Error> {
        let takes = store.takes(&query.filter)?;
        Ok(Self { query, takes, moved: HashSet::new(), known: Vec::new() })
    }

    fn take(&mut self, now: &Loaded, before: Option<&Loaded>, coder: Coder<'_>) -> Result<(), Error> {
        self.moved.insert(now.case.id);
        if let Some(before) = before
            && self.holds(before, coder)?
        {
            self.known.push(before.case.clone());
        }
        Ok(())
    }

    fn holds(&self, held: &Loaded, coder: Coder<'_>) -> Result<bool, Error> {
        Ok(self.takes.case(held, coder)? && self.query.happened_in_period(&held.case))
    }
}
