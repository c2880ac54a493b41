//! Documents and charts in English.

use chrono::NaiveDate;

use super::reporting::{Change, Charts, Headings, Reporting, Sentences};
use crate::domain::Bound;

fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

pub(super) const REPORTING: Reporting = Reporting {
    report: "REPORT",
    subject: |month, place| {
        format!("Inspections and violations dealt with, {}, {place}", {
            NaiveDate::from_ymd_opt(month.year(), month.number(), 1)
                .map_or_else(|| month.to_string(), |first| first.format("%B %Y").to_string())
        })
    },
    motto: ["SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"],
    number: |number| format!("No.: {number}"),
    dated: |place, on| format!("{place}, {}", day(on)),
    to: |whom| format!("To: {whom}"),
    recipients: "Recipients:",
    headings: Headings {
        results: "Results",
        places: "By region and province",
        kinds: "By force, group of violations and category of goods",
        largest: "Largest cases",
        money_and_goods: "Payments and goods",
        completeness: "Completeness of the figures",
    },
    number_of: |number| format!("{number}."),
    cases: |n| if n == "1" { format!("{n} case") } else { format!("{n} cases") },
    amount: |amount, bound| match bound {
        Bound::Exact => amount.to_owned(),
        Bound::AtLeast => format!("at least {amount}"),
        Bound::AtMost => format!("at most {amount}"),
        Bound::About => format!("about {amount}"),
    },
    unknown: "unknown",
    but_for: |n| format!("not counting {n} of which it is not known"),
    in_words: |_| None,
    change: |percent, change, before| match change {
        Change::Up => format!("up {percent} on the month before ({before})"),
        Change::Down => format!("down {percent} on the month before ({before})"),
        Change::Same => format!("as many as the month before ({before})"),
    },
    sentences: Sentences {
        found: |month, place, cases, change, seized| {
            format!("In {month}, {place}: {cases} found{change}; goods seized were worth {seized}.")
        },
        fined: |decisions, fines, spelled, change| format!("{decisions} decided, fines of {fines}{spelled}{change}."),
        to_date: |last, now, longer, before| {
            let by =
                longer.map_or_else(|| "Last year by then".to_owned(), |longer| format!("Last year to {}", day(longer)));
            format!(
                "From the beginning of the year to {}: {} found, {} decided, fines of {}. {by}: {} found, {} decided, fines of {}.",
                day(last),
                now[0],
                now[1],
                now[2],
                before[0],
                before[1],
                before[2]
            )
        },
        transferred: |cases, persons| format!("{cases}, {persons} persons, transferred for criminal prosecution."),
        paid: |paid| format!("Fines paid in the month: {paid}."),
        outstanding: |last, owed, fined, paid| {
            format!("By the end of {}, fines of {fined} were decided and {paid} paid, which leaves {owed}.", day(last))
        },
        disposed: |[destroyed, sold, returned, handed_over]| {
            format!(
                "Goods dealt with in the month: destroyed {destroyed}; sold {sold}; returned {returned}; handed over {handed_over}."
            )
        },
        held: |last, held| {
            format!(
                "The value of all goods seized by the end of {}, less that of goods dealt with, is {held}.",
                day(last)
            )
        },
        nothing: "There were no cases in the month.",
        all_known: "No figure is unknown.",
    },
    to_come: "The month has not begun.",
    unfinished: |on| {
        format!(
            "The month has not ended: figures up to {}; what they stand beside are whole periods, so no change is told.",
            day(on)
        )
    },
    rounded: |unit| format!("Money in tables is rounded to {unit}; the rows of each column add up to its total."),
    page_of: |page, pages| format!("Page {page} of {pages}"),
    seal: |who, at, figures, head, entries| {
        format!(
            "Made by {who}, {at} UTC. Figures {figures}; journal of {entries} entries, {head}. To check: casebook verify FILE."
        )
    },
    seal_short: |at, figures| format!("{at} UTC · Figures {figures}"),
    not_sealed: "This document carries no digest of its figures: casebook verify can't compare it with a casebook.",
    no_number: "(no number)",
    group: |group, violations| format!("Group {group}: {violations}."),
    file: "File",
    compared: "Compared",
    figures_and_cells: "figures, tables, sentences",
    figures_alone: "figures, not what is shown",
    entries_since: "New entries",
    figures_now: "Figures now",
    unchanged: "the same",
    changed: "others",
    reports_fit: "The documents fit the casebook as it was, in what was compared",
    cases_need_xlsx: "--cases is for XLSX files only: -o FILE.xlsx",
    notes_sheet: "Notes",
};

pub(super) const CHARTS: Charts = Charts {
    by_month: |measure| format!("{measure} by month"),
    year: |year| year.to_string(),
    map: |measure| format!("{measure} by province"),
    ranked: |measure, by| format!("{measure} by {by}"),
    none: "none",
    bars: "Chart",
    lines: "Trend of the row",
    source: "Map: @svg-maps/vietnam, CC BY 4.0.",
};
