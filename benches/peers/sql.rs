//! What the other programs are asked. Figures count when they happened, as
//! casebook counts them: a seizure on the day of detection, a fine on the day
//! of decision.

/// Makes the table of `SQLite`'s typed way: each cell has its type, and no
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
pub const PLACES: &str =
    "create table place (code text, name text, name_en text, kind text, region text, valid_from text, valid_to text, \
    successor text, confidence text);";

/// `DuckDB`'s table.
pub const DUCKDB: &str = "create table cases (province varchar, agency varchar, detected_on date, violation varchar, \
    category varchar, goods varchar, quantity bigint, unit varchar, fine_amount bigint, seized_value bigint, \
    decided_on date, brand varchar, origin varchar, note varchar);";

/// Count and sums, to see that all hold the same.
pub const SUMS: &str = "select count(*), sum(coalesce(cast(nullif(cast(fine_amount as text), '') as bigint), 0)), \
    sum(coalesce(cast(nullif(cast(seized_value as text), '') as bigint), 0)) from cases";

/// Months are the first seven characters of a day: as text in both.
const EVENTS: &str = "with happened as (select province, substr(cast(detected_on as text), 1, 7) as month, \
    1 as cases, 0 as fine, seized_value as seized from cases where {found} union all \
    select province, substr(cast(decided_on as text), 1, 7), 0, fine_amount, 0 from cases \
    where decided_on is not null and cast(decided_on as text) <> '' and {decided})";

fn events(found: &str, decided: &str) -> String {
    EVENTS.replace("{found}", found).replace("{decided}", decided)
}

/// Totals by province and month.
pub fn by_province() -> String {
    events("true", "true")
        + " select province, month, sum(cases), sum(fine), sum(seized) from happened group by 1, 2 order by 1, 2"
}

/// Totals by region and month.
pub fn by_region() -> String {
    events("true", "true")
        + " select region, month, sum(cases), sum(fine), sum(seized) from happened \
           join place on code = province and valid_to is null or code = province and valid_to = '' \
           group by 1, 2 order by 1, 2"
}

/// Totals by province and month between two days that end no month.
pub fn ragged() -> String {
    let between = |day: &str| format!("{day} >= '2024-01-10' and {day} <= '2026-03-20'");
    events(&between("detected_on"), &between("decided_on"))
        + " select province, month, sum(cases), sum(fine), sum(seized) from happened group by 1, 2 order by 1, 2"
}

/// One agency and one category between two days, by province.
pub fn agency() -> String {
    let both = "province = '04' and agency = 'Đội QLTT số 1' and category = 'ruou_bia'";
    let between = |day: &str| format!("{both} and {day} >= '2024-01-10' and {day} <= '2026-03-20'");
    events(&between("detected_on"), &between("decided_on"))
        + " select province, sum(cases), sum(fine), sum(seized) from happened group by 1 order by 1"
}

/// A month beside the month before, that of a year ago and both years so far,
/// by province: less than casebook's `month` says, which has four more tables.
pub fn month() -> String {
    let periods = [
        "month = '2026-09'",
        "month = '2026-08'",
        "month = '2025-09'",
        "month between '2026-01' and '2026-09'",
        "month between '2025-01' and '2025-09'",
    ];
    let sums = |period: &str| {
        ["cases", "fine", "seized"].map(|figure| format!("sum({figure}) filter (where {period})")).join(", ")
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
