//! What is missing, late, or there twice, by one walk through the cases of a
//! month or of all times.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate};

use super::engine::{Row, Value};
use super::error::Error;
use super::rows::{Coder, day, day_number, status_number};
use super::totals::Needs;
use super::{Store, sql};
use crate::domain::{
    AgencyId, By, CaseName, Completeness, CompletenessQuery, Contradiction, DatedCase, Dating, EventKind, Filter,
    Found, Gap, Likeness, Month, Names, NumberGap, Numbers, Period, Quantity, Series, SilentAgency, Status,
    TotalsQuery, Twins, read_number_of_file, twins_among,
};
use crate::text::{compare, fold};

/// The cases of one province and day, and what of each is compared.
#[derive(Default)]
struct Bucket {
    place: Option<(i64, i64)>,
    cases: Vec<Likeness>,
    names: Vec<CaseName>,
}

/// The numbers of files that were found, by their series.
type NumbersFound = BTreeMap<Series, Numbers<Place>>;

/// Where a case stands: the day on which it was found, and its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    on: i64,
    seq: i64,
}

/// What is needed to read a case.
struct Reader<'a> {
    coder: Coder<'a>,
    /// When each import was made.
    imports: HashMap<i64, NaiveDate>,
}

impl Store {
    /// What is missing, late, or there twice.
    pub fn completeness(&mut self, query: &CompletenessQuery) -> Result<Completeness, Error> {
        self.read(|store| store.completeness_here(query))
    }

    pub(super) fn completeness_here(&mut self, query: &CompletenessQuery) -> Result<Completeness, Error> {
        let agencies = self.agency_names()?;
        let mut found = Completeness { silent_agencies: self.silent_agencies(query, &agencies)?, ..Default::default() };
        let numbers = self.walk(query, &agencies, &mut found)?;
        found.unpaid = self.unpaid(query, &agencies)?;
        self.number_gaps(query, &agencies, &numbers, &mut found)?;
        Ok(found)
    }

    /// The disposals of goods that can't have been.
    pub(super) fn contradictions(&mut self) -> Result<Found<Contradiction>, Error> {
        let agencies = self.agency_names()?;
        let mut found = Found::default();
        self.each_disposed(&mut |stock| {
            for overdrawn in stock.overdrawn() {
                let case = CaseName {
                    id: stock.case.id,
                    case_no: stock.case.case_no.clone(),
                    agency: agency(&agencies, stock.case.agency),
                    detected_on: stock.case.detected_on,
                };
                let one = Contradiction { case, disposal: overdrawn.disposal + 1, why: overdrawn.why };
                found.add(one, |one| (one.case.detected_on, one.case.id, one.disposal));
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Agencies that reported in the months before and not in this one, by the
    /// running totals where these hold what is asked.
    fn silent_agencies(&mut self, query: &CompletenessQuery, agencies: &Names) -> Result<Found<SilentAgency>, Error> {
        // In a month that has not begun all are.
        if query.silent_in.period(query.cutoff).from > query.today {
            return Ok(Found::default());
        }
        let period = query.months_looked_at();
        let reported = TotalsQuery {
            by: vec![By::Agency, By::Month],
            filter: query.filter.clone(),
            period: Some(period),
            dating: Dating::Detected,
            cutoff: query.cutoff,
            boundaries: query.boundaries,
            no_empty: true,
        };
        let mut months: BTreeMap<AgencyId, BTreeSet<Month>> = BTreeMap::new();
        self.each_slice(&reported, Needs::of(&reported).running(), period, &mut |slice, _| {
            if slice.kind == EventKind::Detected && !slice.tally.is_zero() {
                let month = Month::of(slice.on, query.cutoff);
                months.entry(AgencyId(slice.members.agency)).or_default().insert(month);
            }
            Ok(())
        })?;
        months.retain(|_, months| !months.contains(&query.silent_in));
        let mut silent = Found::default();
        for (id, months) in &months {
            let place = agencies.get(id).and_then(|(_, province)| self.reference.province(*province));
            let province = place.map(|province| province.name.clone()).unwrap_or_default();
            let one = SilentAgency { agency: agency(agencies, *id), province, months: months.len(), last: None };
            silent.add((*id, one), |(_, one)| {
                (std::cmp::Reverse(one.months), Collated(one.province.clone(), one.agency.clone()))
            });
        }
        let mut named = Vec::new();
        for (id, one) in silent.named {
            let last = months.get(&id).and_then(BTreeSet::last).map(|month| month.period(query.cutoff));
            let last = last.map(|month| self.last_of(query, id, month, agencies)).transpose()?.flatten();
            named.push(SilentAgency { last, ..one });
        }
        Ok(Found { count: silent.count, named })
    }

    /// The last case of an agency in a month.
    fn last_of(
        &mut self,
        query: &CompletenessQuery,
        agency: AgencyId,
        month: Period,
        agencies: &Names,
    ) -> Result<Option<CaseName>, Error> {
        let mut values = self.filter_values(&query.filter)?;
        values.extend(days(Some(month)));
        values.push(agency.0.into());
        self.engine.row(sql::LAST_OF_AGENCY, &values, |row| case_name(row, agencies))
    }

    /// Goes through the cases once, for all that is told by each itself and by
    /// those of its province and day; gives the numbers of their files. Void
    /// cases have theirs too, and nothing else that counts.
    fn walk(
        &mut self,
        query: &CompletenessQuery,
        agencies: &Names,
        found: &mut Completeness,
    ) -> Result<NumbersFound, Error> {
        let imports = self.imports()?.into_iter().map(|import| (import.id, import.at.date_naive())).collect();
        let with_void = Filter { statuses: Status::ALL.to_vec(), ..query.filter.clone() };
        let leaves_void = query.filter.statuses.is_empty();
        let mut values = self.filter_values(if leaves_void { &with_void } else { &query.filter })?;
        values.extend(days(query.period));
        let coder = Coder { reference: &self.reference, currency: &self.currency };
        let reader = Reader { coder, imports };
        let mut bucket = Bucket::default();
        let mut last = None;
        // What numbers lead back to is read of those that are named alone.
        let mut numbers = NumbersFound::new();
        self.engine.query(sql::COMPLETENESS_CASES, &values, &mut |row| {
            let (seq, more_goods) = (row.int(0)?, row.opt_text(16)?);
            let is_left_out = leaves_void && row.int(17)? == status_number(Status::Void);
            if last.replace(seq) == Some(seq) {
                if let Some(case) = bucket.cases.last_mut().filter(|_| !is_left_out) {
                    case.goods.extend(more_goods);
                }
                return Ok(());
            }
            let on = row.int(4)?;
            if let Some(number) = row.opt_text(6)?
                && let Some((of, number)) = read_number_of_file(AgencyId(row.int(3)?), &number, on / 10_000)
            {
                numbers.entry(of).or_default().add(number, Place { on, seq });
            }
            if is_left_out {
                return Ok(());
            }
            let case = case_name(row, agencies)?;
            if row.opt_int(9)?.is_none() && case.detected_on < query.stale_before() {
                found.without_value.add(case.clone(), |case| (case.detected_on, case.id));
            }
            let recorded_on = reader.recorded_on(row)?.filter(|on| query.is_late(case.detected_on, *on));
            if let Some(on) = recorded_on {
                let delay = |late: &DatedCase| late.on.signed_duration_since(late.case.detected_on);
                let late = DatedCase { case: case.clone(), on };
                found.late.add(late, |late| (std::cmp::Reverse(delay(late)), late.case.id));
            }
            let place = Some((row.int(5)?, on));
            if bucket.place != place {
                std::mem::replace(&mut bucket, Bucket { place, ..Bucket::default() }).tell(&mut found.twins);
            }
            bucket.cases.push(reader.likeness(row, &case, more_goods)?);
            bucket.names.push(case);
            Ok(())
        })?;
        bucket.tell(&mut found.twins);
        Ok(numbers)
    }

    fn unpaid(&mut self, query: &CompletenessQuery, agencies: &Names) -> Result<Found<DatedCase>, Error> {
        let due = query.unpaid_before;
        let period = query.period.map_or(Period { from: NaiveDate::MIN, until: due }, |period| Period {
            until: period.until.min(due),
            ..period
        });
        let mut values = self.filter_values(&query.filter)?;
        values.extend(days(Some(period)));
        let mut found = Found::default();
        self.engine.query(sql::UNPAID_DECISIONS, &values, &mut |row| {
            let decided = DatedCase { case: case_name(row, agencies)?, on: day(row.int(5)?)? };
            found.add(decided, |decided| (decided.on, decided.case.id));
            Ok(())
        })?;
        Ok(found)
    }

    /// The gaps in the numbers of each agency and series. A number that is
    /// missing among those of a month may be that of another month's case.
    fn number_gaps(
        &mut self,
        query: &CompletenessQuery,
        agencies: &Names,
        numbers: &NumbersFound,
        found: &mut Completeness,
    ) -> Result<(), Error> {
        let is_part = query.period.is_some() || query.filter != Filter::default();
        let mut gaps = Found::default();
        for (of, numbers) in numbers {
            for gap in numbers.gaps() {
                for (first, last) in if is_part { self.missing(of, &gap)? } else { vec![(gap.first, gap.last)] } {
                    found.missing_numbers += last - first + 1;
                    let one = (first, last, *gap.before, *gap.after);
                    gaps.add(one, |(first, _, _, after)| (std::cmp::Reverse(*after), *first));
                }
            }
        }
        found.number_gaps.count = gaps.count;
        for (first, last, before, after) in gaps.named {
            let (before, after) = (self.name_of(before, agencies)?, self.name_of(after, agencies)?);
            found.number_gaps.named.push(NumberGap { first, last, before, after });
        }
        Ok(())
    }

    fn name_of(&mut self, place: Place, agencies: &Names) -> Result<CaseName, Error> {
        let name = self.engine.row(sql::CASE_NAME, &[place.seq.into()], |row| case_name(row, agencies))?;
        name.ok_or_else(|| Error::Corrupt(format!("there is no row {} of cases", place.seq)))
    }

    /// The ranges of a gap that no case has, whenever it was found.
    fn missing<T>(&mut self, series: &Series, gap: &Gap<'_, T>) -> Result<Vec<(u64, u64)>, Error> {
        let number = |n: u64| Value::from(i64::try_from(n).unwrap_or(i64::MAX));
        let width = i64::try_from(gap.width).unwrap_or_default();
        let values = [
            number(gap.first),
            number(gap.last),
            series.agency.0.into(),
            (&series.before).into(),
            (&series.after).into(),
            width.into(),
            series.year.into(),
        ];
        let mut ranges: Vec<(u64, u64)> = Vec::new();
        self.engine.query(sql::MISSING_NUMBERS, &values, &mut |row| {
            let n = row.int(0)?.unsigned_abs();
            match ranges.last_mut().filter(|(_, last)| last + 1 == n) {
                Some((_, last)) => *last = n,
                None => ranges.push((n, n)),
            }
            Ok(())
        })?;
        Ok(ranges)
    }
}

/// A place and a name, in the order of Vietnamese.
#[derive(PartialEq, Eq)]
struct Collated(String, String);

impl Ord for Collated {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        compare(&self.0, &other.0).then_with(|| compare(&self.1, &other.1))
    }
}

impl PartialOrd for Collated {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Bucket {
    /// Tells which of its cases may be one.
    fn tell(self, twins: &mut Found<Twins>) {
        for (alike, group) in twins_among(&self.cases) {
            let mut cases = Found::default();
            for at in group {
                cases.add(self.names[at].clone(), |case: &CaseName| case.id);
            }
            let first =
                |twins: &Twins| twins.cases.named.first().map(|case| (std::cmp::Reverse(case.detected_on), case.id));
            twins.add(Twins { alike, cases }, first);
        }
    }
}

impl Reader<'_> {
    /// The day on which a case was recorded, or came with an import.
    fn recorded_on(&self, row: &Row) -> Result<Option<NaiveDate>, Error> {
        if let Some(import) = row.opt_int(11)? {
            return Ok(self.imports.get(&import).copied());
        }
        let Some(at) = row.opt_text(12)? else { return Ok(None) };
        let at = DateTime::parse_from_rfc3339(&at);
        at.map(|at| Some(at.date_naive())).map_err(|error| Error::Corrupt(format!("an entry of the journal: {error}")))
    }

    /// What of a case is compared, with the name of the second lot.
    fn likeness(&self, row: &Row, case: &CaseName, more_goods: Option<String>) -> Result<Likeness, Error> {
        let money = |column| Ok::<_, Error>(row.opt_int(column)?.map(|minor| self.coder.currency.from_minor(minor)));
        let quantity = row.opt_int(14)?.map(|scaled| rust_decimal::Decimal::new(scaled, Quantity::DECIMALS));
        Ok(Likeness {
            id: case.id,
            agency: fold(&case.agency),
            case_no: row.opt_text(6)?,
            offender: row.opt_text(7)?,
            case_count: u32::try_from(row.int(8)?).unwrap_or(u32::MAX),
            seized: money(9)?,
            fine: money(10)?,
            quantity,
            unit: row.opt_text(15)?.map(|unit| fold(&unit)),
            goods: row.opt_text(13)?.into_iter().chain(more_goods).collect(),
        })
    }
}

fn agency(agencies: &Names, id: AgencyId) -> String {
    agencies.get(&id).map(|(name, _)| name.clone()).unwrap_or_default()
}

/// The name of a case from a row that begins as all of these do.
fn case_name(row: &Row, agencies: &Names) -> Result<CaseName, Error> {
    Ok(CaseName {
        id: row.id(1)?,
        case_no: row.opt_text(2)?,
        agency: agency(agencies, AgencyId(row.int(3)?)),
        detected_on: day(row.int(4)?)?,
    })
}

/// The days of a period, `$14` and `$15`; all without one.
fn days(period: Option<Period>) -> [Value; 2] {
    let known = |day: NaiveDate| day != NaiveDate::MIN && day != NaiveDate::MAX;
    let from = period.map(|period| period.from).filter(|day| known(*day)).map_or(0, day_number);
    let until = period.map(|period| period.until).filter(|day| known(*day)).map_or(99_999_999, day_number);
    [from.into(), until.into()]
}
