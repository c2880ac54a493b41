//! What the other programs are asked. Figures count when they happened, as
//! casebook counts them: a seizure on the day of detection, a fine on the day
//! of decision.

use crate::place::Peer;

/// Makes the table of SQLite's typed way: each cell has its type, and no
/// text is an empty number.
pub const STRICT: &str = "create table cases (case_id integer primary key, province text not null, \
    agency text not null, detected_on text not null, violation text, category text, goods text, quantity integer, \
    unit text, fine_amount integer, seized_value integer, decided_on text, brand text, origin text, note text) strict;
create temp table staged (province, agency, detected_on, violation, category, goods, quantity, unit, fine_amount, \
    seized_value, decided_on, brand, origin, note);";

/// Moves staged rows into it.
pub const FROM_STAGED: &str = "insert into cases select null, province, agency, detected_on, violation, category, goods, \
    nullif(quantity, ''), unit, nullif(fine_amount, ''), nullif(seized_value, ''), nullif(decided_on, ''), brand, \
    origin, note from staged;";

/// Three indexes, each for one of the questions asked.
pub const INDEXES: &str = "create index by_place on cases (province, detected_on);
create index by_agency on cases (agency, category, detected_on);
create index by_fine on cases (fine_amount);";

/// Which region a province is in.
pub const PLACES: &str = "create table place (code text, name text, name_en text, kind text, region text, valid_from text, valid_to text, \
    successor text, confidence text);";

/// DuckDB's table.
pub const DUCKDB: &str = "create table cases (province varchar, agency varchar, detected_on date, violation varchar, \
    category varchar, goods varchar, quantity bigint, unit varchar, fine_amount bigint, seized_value bigint, \
    decided_on date, brand varchar, origin varchar, note varchar);";

/// Count and sums, to see that all hold the same.
pub const SUMS: &str = "select count(*), sum(coalesce(cast(nullif(cast(fine_amount as text), '') as bigint), 0)), \
    sum(coalesce(cast(nullif(cast(seized_value as text), '') as bigint), 0)) from cases";

fn events(found: &str, decided: &str) -> String {
    format!(
        "with happened as (select province, detected_on as day, 1 as cases, 0 as fine, seized_value as seized \
         from cases where {found} union all \
         select province, decided_on, 0, fine_amount, 0 from cases where decided_on is not null and {decided})"
    )
}

/// The month of a day, as each does it best.
fn month_of(peer: Peer) -> &'static str {
    if peer == Peer::DuckDb { "date_trunc('month', day)" } else { "substr(day, 1, 7)" }
}

fn province_and_month(peer: Peer) -> String {
    let month = month_of(peer);
    format!(" select province, {month}, sum(cases), sum(fine), sum(seized) from happened group by 1, 2 order by 1, 2")
}

/// Totals by province and month.
pub fn by_province(peer: Peer) -> String {
    events("true", "true") + &province_and_month(peer)
}

/// Totals by region and month.
pub fn by_region(peer: Peer) -> String {
    format!(
        "{} select region, {}, sum(cases), sum(fine), sum(seized) from happened \
         join place on code = province and coalesce(valid_to, '') = '' group by 1, 2 order by 1, 2",
        events("true", "true"),
        month_of(peer)
    )
}

fn between(day: &str) -> String {
    format!("{day} >= '2024-01-10' and {day} <= '2026-03-20'")
}

/// Totals by province and month between two days that end no month.
pub fn ragged(peer: Peer) -> String {
    events(&between("detected_on"), &between("decided_on")) + &province_and_month(peer)
}

/// One agency and one category between two days, by province.
pub fn agency() -> String {
    let these = |day: &str| {
        format!("province = '04' and agency = 'Đội QLTT số 1' and category = 'ruou_bia' and {}", between(day))
    };
    events(&these("detected_on"), &these("decided_on"))
        + " select province, sum(cases), sum(fine), sum(seized) from happened group by 1 order by 1"
}

/// A month beside the month before, that of a year ago and both years so far,
/// by province: less than casebook's `month` says, which has four more tables.
pub fn month() -> String {
    let periods = [
        ("2026-09-01", "2026-10-01"),
        ("2026-08-01", "2026-09-01"),
        ("2025-09-01", "2025-10-01"),
        ("2026-01-01", "2026-10-01"),
        ("2025-01-01", "2025-10-01"),
    ];
    let sums = |(from, to): (&str, &str)| {
        let sum = |figure| format!("sum({figure}) filter (where day >= '{from}' and day < '{to}')");
        ["cases", "fine", "seized"].map(sum).join(", ")
    };
    let columns = periods.map(sums).join(", ");
    let since = |day: &str| format!("{day} >= '2025-01-01' and {day} < '2026-10-01'");
    format!(
        "{} select province, {columns} from happened group by 1 order by 1",
        events(&since("detected_on"), &since("decided_on"))
    )
}

/// The largest fines.
pub const LARGEST: &str = "select * from cases order by fine_amount desc limit 20";

/// The columns of casebook's export, asked of its own file.
pub const EXPORT: &str = include_str!("export.sql");

/// The words of an index, each with how many cases have it and how often.
pub fn words(of: &str) -> [String; 2] {
    [
        format!("create virtual table temp.held using fts5vocab(main, {of}, row);"),
        "select term, doc, cnt from held order by term".to_owned(),
    ]
}
