//! The monthly summary.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::{
    Bound, Boundaries, By, Case, Counting, Cutoff, Dating, Figures, Filter, Measure, Month, Overflow, Period, Sum,
    Totals, TotalsQuery,
};

/// What a summary is asked of.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthRequest {
    /// The month.
    pub month: Month,
    /// Which cases it takes in.
    pub filter: Filter,
    /// What the filter was asked with, to be said in the heading.
    pub place: Place,
    /// The day on which a figure counts.
    pub dating: Dating,
    /// The day on which the month ends.
    pub cutoff: Cutoff,
    /// The provinces under which cases are counted.
    pub boundaries: Boundaries,
}

/// The place or unit of a summary, by its names; empty is the whole country.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Regions.
    pub region: Vec<String>,
    /// Provinces.
    pub province: Vec<String>,
    /// Agencies.
    pub agency: Vec<String>,
    /// Forces.
    pub force: Vec<String>,
    /// What else the cases were filtered by, in words; nothing if not at all.
    pub filter: String,
}

impl Place {
    /// The names, smallest unit first; nothing for the whole country.
    #[must_use]
    pub fn names(&self) -> String {
        let names = [&self.agency, &self.force, &self.province, &self.region].into_iter().flatten();
        names.map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// A breakdown of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breakdown {
    /// By region.
    Region,
    /// By force.
    Force,
    /// By group of violations.
    Group,
    /// By category of goods.
    Category,
}

impl Breakdown {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Region, Self::Force, Self::Group, Self::Category];

    /// What it is put by.
    #[must_use]
    pub fn by(self) -> By {
        match self {
            Self::Region => By::Region,
            Self::Force => By::Force,
            Self::Group => By::Group,
            Self::Category => By::Category,
        }
    }
}

/// The measures that stand side by side in one table, unless others are
/// asked for.
pub const MAIN_MEASURES: [Measure; 6] = [
    Measure::Cases,
    Measure::SeizedValue,
    Measure::Decisions,
    Measure::FineAmount,
    Measure::PaidAmount,
    Measure::DestroyedValue,
];

/// The periods with which a month is compared, in the order of the queries.
const COMPARISONS: usize = 5;

impl MonthRequest {
    /// The days of the month.
    #[must_use]
    pub fn period(&self) -> Period {
        self.month.period(self.cutoff)
    }

    /// How its figures are counted, as a publication keeps it.
    #[must_use]
    pub fn counting(&self) -> Counting {
        Counting {
            month: self.month,
            cutoff: self.cutoff,
            dated_by: self.dating,
            boundaries: self.boundaries,
            filter: self.filter.clone(),
        }
    }

    /// [`Self::queries`], and after them [`Self::detail_queries`].
    #[must_use]
    pub fn document_queries(&self) -> Vec<TotalsQuery> {
        self.queries().into_iter().chain(self.detail_queries()).collect()
    }

    /// What a document asks beside the summary: the month by region and
    /// province, two years by month, and all there was up to the month's end.
    #[must_use]
    pub fn detail_queries(&self) -> Vec<TotalsQuery> {
        let until = self.period().until;
        let january = Month::new(self.month.year() - 1, 1).unwrap_or(self.month);
        let years = Period { from: january.period(self.cutoff).from, until };
        // Cases are not older.
        let ever = Period { from: NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or(NaiveDate::MIN), until };
        vec![
            self.query(self.period(), vec![By::Region, By::Province]),
            self.query(years, vec![By::Month]),
            self.query(ever, Vec::new()),
        ]
    }

    /// The totals that the summary is made of: the month, the one before, the
    /// same month last year, the year to date, that of last year, and the
    /// breakdowns.
    #[must_use]
    pub fn queries(&self) -> Vec<TotalsQuery> {
        let last_year = self.month.plus(-12);
        let single = [self.month, self.month.plus(-1), last_year].map(|month| month.period(self.cutoff));
        let to_date = [self.month, last_year].map(|month| {
            let january = Month::new(month.year(), 1).unwrap_or(month);
            Period { from: january.period(self.cutoff).from, until: month.period(self.cutoff).until }
        });
        let plain = single.into_iter().chain(to_date).map(|period| self.query(period, Vec::new()));
        let broken_down = Breakdown::ALL.into_iter().map(|part| self.query(self.period(), vec![part.by()]));
        plain.chain(broken_down).collect()
    }

    fn query(&self, period: Period, by: Vec<By>) -> TotalsQuery {
        TotalsQuery {
            by,
            filter: self.filter.clone(),
            period: Some(period),
            dating: self.dating,
            cutoff: self.cutoff,
            boundaries: self.boundaries,
            no_empty: false,
        }
    }
}

/// A measure in the month and in what it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// The measure.
    pub measure: Measure,
    figures: [Figures; COMPARISONS],
}

impl Headline {
    /// The month's figures.
    #[must_use]
    pub fn this(&self) -> &Figures {
        &self.figures[0]
    }

    /// Those of the month before.
    #[must_use]
    pub fn previous(&self) -> &Figures {
        &self.figures[1]
    }

    /// Those of the same month last year.
    #[must_use]
    pub fn same_month_last_year(&self) -> &Figures {
        &self.figures[2]
    }

    /// Those of the year to date.
    #[must_use]
    pub fn year_to_date(&self) -> &Figures {
        &self.figures[3]
    }

    /// Those of last year to the same date.
    #[must_use]
    pub fn year_to_date_last_year(&self) -> &Figures {
        &self.figures[4]
    }

    /// The change against the month before in hundredths, to two decimals;
    /// `None` where there was nothing then.
    #[must_use]
    pub fn change_percent(&self) -> Option<Decimal> {
        change(self.this().get(self.measure), self.previous().get(self.measure))
    }

    /// How exact that change is: at least so much where this month's figure is
    /// at least, or the other at most, what is known, and the other way round.
    #[must_use]
    pub fn change_bound(&self) -> Bound {
        let (now, before) = (self.this().get(self.measure), self.previous().get(self.measure));
        match (now.bound(), before.bound()) {
            (Bound::Exact, Bound::Exact) => Bound::Exact,
            (Bound::AtLeast, Bound::Exact | Bound::AtMost) | (Bound::Exact, Bound::AtMost) if before.unknown == 0 => {
                Bound::AtLeast
            }
            (Bound::AtMost, Bound::Exact | Bound::AtLeast) | (Bound::Exact, Bound::AtLeast) if now.unknown == 0 => {
                Bound::AtMost
            }
            _ => Bound::About,
        }
    }

    /// The change of the year to date against last year's.
    #[must_use]
    pub fn year_change_percent(&self) -> Option<Decimal> {
        change(self.year_to_date().get(self.measure), self.year_to_date_last_year().get(self.measure))
    }
}

/// A change that means something: from a known figure that is not zero to
/// another known one.
fn change(now: &Sum, before: &Sum) -> Option<Decimal> {
    if now.value.is_zero() && now.unknown > 0 {
        return None;
    }
    let grown = now.value.checked_sub(before.value)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let percent = grown.checked_div(before.value)?;
    Some(percent.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero).normalize())
}

/// What a document says beside the summary.
#[derive(Debug, Clone, PartialEq)]
pub struct Details {
    /// The month by region and province.
    pub places: Totals,
    /// The year before and this one, by month.
    pub months: Totals,
    /// All there was up to the end of the month.
    pub to_date: Figures,
    /// Fines up to then, less what was paid.
    pub outstanding: Sum,
    /// The value of what was seized up to then, less that of what was destroyed,
    /// sold, returned or handed over.
    pub held: Sum,
}

impl Details {
    /// Puts them together from the answers to
    /// [`MonthRequest::detail_queries`]; `None` if they are not as many.
    fn new(totals: Vec<Totals>) -> Result<Option<Self>, Overflow> {
        let Ok([places, months, to_date]) = <[Totals; 3]>::try_from(totals) else { return Ok(None) };
        let to_date = to_date.total;
        let mut held = *to_date.get(Measure::SeizedValue);
        for gone in [Measure::DestroyedValue, Measure::SoldValue, Measure::ReturnedValue, Measure::HandedOverValue] {
            held = held.less(to_date.get(gone))?;
        }
        let outstanding = to_date.get(Measure::FineAmount).less(to_date.get(Measure::PaidAmount))?;
        Ok(Some(Self { places, months, to_date, outstanding, held }))
    }
}

/// The summary of a month.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthReport {
    /// What was asked.
    pub request: MonthRequest,
    /// The month's figures and what they are compared with.
    pub headline: Vec<Headline>,
    /// The month by region, force, group and category, as
    /// [`Breakdown::ALL`].
    pub breakdowns: Vec<(Breakdown, Totals)>,
    /// The cases with the largest fines, then seizures.
    pub largest: Vec<Case>,
    /// What a document says beside it, where that was asked.
    pub details: Option<Details>,
}

impl MonthReport {
    /// Puts a summary together from the answers to [`MonthRequest::queries`],
    /// after which those to [`MonthRequest::detail_queries`] may stand; `None`
    /// if there are not as many answers as queries.
    pub fn new(request: MonthRequest, totals: Vec<Totals>, largest: Vec<Case>) -> Result<Option<Self>, Overflow> {
        let mut totals = totals.into_iter();
        let compared: Vec<Figures> = totals.by_ref().take(COMPARISONS).map(|totals| totals.total).collect();
        let Ok(figures) = <[Figures; COMPARISONS]>::try_from(compared) else { return Ok(None) };
        let headline = Measure::ALL.into_iter().map(|measure| Headline { measure, figures: figures.clone() }).collect();
        let breakdowns: Vec<_> = Breakdown::ALL.into_iter().zip(totals.by_ref()).collect();
        let complete = breakdowns.len() == Breakdown::ALL.len();
        let details = Details::new(totals.collect())?;
        Ok(complete.then_some(Self { request, headline, breakdowns, largest, details }))
    }

    /// The month's figures.
    #[must_use]
    pub fn total(&self) -> Figures {
        self.headline.first().map(|headline| headline.this().clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn change_is_a_number_only_where_it_means_something() {
        let sum = |value: i64| Sum { value: value.into(), ..Sum::default() };
        let percent = |now: i64, before: i64| change(&sum(now), &sum(before)).map(|percent| percent.to_string());
        assert_eq!(change(&Sum { unknown: 1, ..sum(0) }, &sum(5)), None, "what is not known has not fallen to nothing");
        assert_eq!(percent(28, 0), None);
        assert_eq!(percent(0, 28).as_deref(), Some("-100"));
        assert_eq!(percent(4, 3).as_deref(), Some("33.33"));
        assert_eq!(percent(5, 5).as_deref(), Some("0"));
    }

    #[test]
    fn a_month_with_a_cut_off_is_compared_with_such_months() {
        let request = MonthRequest {
            month: Month::new(2026, 2).unwrap(),
            filter: Filter::default(),
            place: Place::default(),
            dating: Dating::Happened,
            cutoff: Cutoff::new(14).unwrap(),
            boundaries: Boundaries::Today,
        };
        let periods: Vec<String> = request
            .queries()
            .iter()
            .filter_map(|query| query.period)
            .take(COMPARISONS)
            .map(|period| format!("{}..{}", period.from, period.last()))
            .collect();
        assert_eq!(
            periods,
            [
                "2026-01-15..2026-02-14",
                "2025-12-15..2026-01-14",
                "2025-01-15..2025-02-14",
                "2025-12-15..2026-02-14",
                "2024-12-15..2025-02-14",
            ]
        );
    }
}
