//! The statements. What several share stands in a file of its own, and is
//! put together when the program is compiled. None is made of text at run time,
//! but that an import drops indexes by their names, and makes them again as the
//! casebook says that they were made (`aside.rs`).

#[macro_use]
mod happening;

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("sql/", $name, ".sql"))
    };
}

/// Of the cases that a filter takes in, those to which something happened in a
/// period, where there is one.
macro_rules! filter_period {
    () => {
        concat!("and (cast($15 as bigint) is null or c.case_seq in (", file!("in_period"), "))\n")
    };
}

pub(super) const SCHEMA: &str = include_str!("../../schema.sql");

pub(super) const SET_SETTING: &str =
    "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
pub(super) const SETTING: &str = "select value from setting where name = $1";
pub(super) const UNSET_SETTING: &str = "delete from setting where name = $1";

// Reference data.
pub(super) const INSERT_REGION: &str = "insert into region values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub(super) const INSERT_PROVINCE: &str = "insert into province values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
pub(super) const INSERT_KIND: &str = "insert into province_kind values ($1, $2, $3, $4, $5)";
pub(super) const INSERT_ALIAS: &str = "insert into province_alias values ($1, $2) on conflict do nothing";
pub(super) const INSERT_FORCE: &str = "insert into force values ($1, $2, $3, $4, $5, $6)";
pub(super) const INSERT_VIOLATION: &str = "insert into violation values ($1, $2, $3, $4, $5, $6, $7)";
pub(super) const INSERT_CATEGORY: &str = "insert into category values ($1, $2, $3, $4, $5)";
pub(super) const REGIONS: &str = "select region_id, code, name, name_en, sort, valid_from, valid_to, legal_basis, \
     confidence from region order by region_id";
pub(super) const PROVINCES: &str = "select province_id, code, name, name_en, kind, region_id, valid_from, valid_to, \
     successor_id, confidence from province order by province_id";
pub(super) const KINDS: &str = "select code, effective_on, kind, full_name, legal_basis from province_kind \
     order by effective_on";
pub(super) const ALIASES: &str = "select alias, province_id from province_alias";
pub(super) const FORCES: &str = "select force_id, code, name, name_en, short, patterns from force order by force_id";
pub(super) const VIOLATIONS: &str = "select violation_id, code, name, name_en, group_code, decree, confidence \
     from violation order by violation_id";
pub(super) const CATEGORIES: &str = "select category_id, code, name, name_en, units from category order by category_id";

// Agencies.
pub(super) const AGENCIES: &str =
    "select agency_id, province_id, name, name_folded, force_id, 0 from agency order by agency_id";
pub(super) const AGENCIES_COUNTED: &str = "select a.agency_id, a.province_id, a.name, a.name_folded, a.force_id, \
     coalesce(t.n, 0) from agency a left join (select member_id, cast(sum(n) as bigint) as n from total \
     where dimension = 2 and dating = 2 and kind = 1 group by member_id) t on t.member_id = a.agency_id \
     order by a.agency_id";
pub(super) const AGENCY_BY_NAME: &str = "select agency_id, province_id, name, name_folded, force_id, 0 from agency where name_folded = $1 and province_id = $2";
pub(super) const AGENCIES_IN: &str = "select agency_id, province_id, name, name_folded, force_id, 0 from agency \
     where province_id = $1 order by agency_id";
pub(super) const AGENCY_NAME: &str = "select name from agency where agency_id = $1";
pub(super) const INSERT_AGENCY: &str = "insert into agency (province_id, name, name_folded, force_id) \
     values ($1, $2, $3, $4) on conflict (province_id, name_folded) do nothing";

// Cases and what belongs to them.
pub(super) const INSERT_CASE: &str =
    concat!("insert into cases (", file!("case_columns"), ") values (", file!("case_values"), ") returning case_seq");
pub(super) const REINSERT_CASE: &str =
    concat!("insert into cases (", file!("case_columns"), ", case_seq) values (", file!("case_values"), ", $50)");
pub(super) const DELETE_CASE: &str = "delete from cases where case_seq = $1";
pub(super) const CASE: &str = concat!("select case_seq, ", file!("case_columns"), " from cases where case_seq = $1");
pub(super) const THESE_CASES: &str =
    concat!("select case_seq, ", file!("case_columns"), " from cases where ", file!("of_these"), "order by case_seq");
pub(super) const CASES_AFTER: &str =
    concat!("select case_seq, ", file!("case_columns"), " from cases where case_seq > $1 order by case_seq limit $2");
pub(super) const INSERT_GOODS: &str = concat!(
    "insert into more_goods (case_seq, province_id, ",
    file!("goods_columns"),
    ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
);
pub(super) const GOODS: &str = concat!(
    "select ",
    file!("goods_columns"),
    " from more_goods where case_seq = $1 and province_id = $2 order by line"
);
pub(super) const GOODS_OF_THESE: &str = concat!(
    "select ",
    file!("goods_columns"),
    ", case_seq, province_id from more_goods where ",
    file!("of_these"),
    "order by case_seq, province_id, line"
);
pub(super) const DELETE_GOODS: &str = "delete from more_goods where case_seq = $1";
pub(super) const INSERT_PAYMENT: &str = "insert into payment (case_seq, province_id, line, paid_on, amount, \
     amount_bound) values ($1, $2, $3, $4, $5, $6)";
pub(super) const PAYMENTS: &str =
    "select line, paid_on, amount, amount_bound from payment where case_seq = $1 and province_id = $2 order by line";
pub(super) const PAYMENTS_OF_THESE: &str = concat!(
    "select line, paid_on, amount, amount_bound, case_seq, province_id from payment where ",
    file!("of_these"),
    "order by case_seq, province_id, line"
);
pub(super) const DELETE_PAYMENTS: &str = "delete from payment where case_seq = $1";
pub(super) const INSERT_DISPOSAL: &str = concat!(
    "insert into disposal (case_seq, province_id, ",
    file!("disposal_columns"),
    ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
);
pub(super) const DISPOSALS: &str = concat!(
    "select ",
    file!("disposal_columns"),
    " from disposal where case_seq = $1 and province_id = $2 order by line"
);
pub(super) const DISPOSALS_OF_THESE: &str = concat!(
    "select ",
    file!("disposal_columns"),
    ", case_seq, province_id from disposal where ",
    file!("of_these"),
    "order by case_seq, province_id, line"
);
pub(super) const DELETE_DISPOSALS: &str = "delete from disposal where case_seq = $1";
pub(super) const INSERT_ATTACHMENT: &str = concat!(
    "insert into attachment (case_seq, province_id, ",
    file!("attachment_columns"),
    ") values ($1, $2, $3, $4, $5, $6, $7, $8)"
);
pub(super) const ATTACHMENTS: &str = concat!(
    "select ",
    file!("attachment_columns"),
    " from attachment where case_seq = $1 and province_id = $2 order by line"
);
pub(super) const ATTACHMENTS_OF_THESE: &str = concat!(
    "select ",
    file!("attachment_columns"),
    ", case_seq, province_id from attachment where ",
    file!("of_these"),
    "order by case_seq, province_id, line"
);
pub(super) const KEPT_FILES: &str = concat!(
    "select ",
    file!("attachment_columns"),
    ", (select c.case_no from cases c where c.case_seq = a.case_seq and c.province_id = a.province_id), \
     (select c.id from cases c where c.case_seq = a.case_seq and c.province_id = a.province_id) from attachment a"
);
pub(super) const DELETE_ATTACHMENTS: &str = "delete from attachment where case_seq = $1";

// Finding cases.
pub(super) const SEQ_BY_ID: &str = "select case_seq from cases where id = $1";
pub(super) const SEQS_BY_ID_RANGE: &str = "select case_seq from cases where id >= $1 and id <= $2 order by id limit $3";
pub(super) const SEQS_BY_NO: &str =
    "select case_seq, status from cases where case_no_folded = $1 order by status, case_seq limit $2";
/// By the number: "+" keeps SQLite from the index of agencies, which would give
/// all cases of one.
pub(super) const SAME_NO: &str = "select id, case_seq from cases where case_no_folded = $1 and +agency_id = $2 \
     and id <> $3 and status <> 6 limit 1";
pub(super) const STATE_BY_ID: &str = "select case_seq, status, import_id from cases where id = $1";
pub(super) const STATE_BY_SEQ: &str = "select case_seq, status, import_id from cases where case_seq = $1";
/// How many cases there are, by the running totals.
pub(super) const COUNT_KEPT: &str = file!("count_kept");

/// What is asked without a period, and of the cases that have an event in one:
/// these are looked up, where the other form may look at all cases.
macro_rules! of_cases {
    ($what:literal, $rest:expr) => {
        [
            concat!($what, " from cases c where ", file!("filter"), filter_period!(), $rest),
            concat!(
                $what,
                " from cases c where ",
                file!("filter"),
                "and c.case_seq in (",
                file!("in_period"),
                ") ",
                $rest
            ),
        ]
    };
}
pub(super) const COUNT_CASES: [&str; 2] = of_cases!("select count(*)", "");

// Importing, and undoing it.
pub(super) const IMPORT_SEEN: &str = file!("import_seen");
pub(super) const NEXT_SEQS: &str = file!("next_seqs");
pub(super) const INDEX_NEW_CASE: &str = file!("index_new_case");
/// For SQLite alone.
pub(super) const INDEX_HOLDS: &str = "insert into search (search, rank) values ('hashsize', $1)";
/// For SQLite alone.
pub(super) const INDEX_MERGES: &str = "insert into search (search, rank) values ('automerge', $1)";
/// For SQLite alone.
pub(super) const MERGE_INDEX: &str = "insert into search (search, rank) values ('merge', $1)";
/// For SQLite alone, as are the four that follow.
pub(super) const INDEX_OF_CASES: &str = "select sql from sqlite_schema where type = 'index' and name = $1";
pub(super) const KEEP_ID: &str = "insert into import_ids (run, id, case_seq) values ($1, $2, $3)";
pub(super) const KEEP_ALL_IDS: &str =
    "insert into import_ids (run, id, case_seq) select 0, id, case_seq from cases order by id";
pub(super) const KEPT_IDS: &str = "select id from import_ids";
/// One thread sorts what an index is made of while another reads on. Each
/// sorts in as much memory as there is for pages: twice half of it.
pub(super) const SORT_ON_TWO_CORES: &str = "pragma threads = 1; pragma cache_size = -6000";
pub(super) const SEQ_OF_KEPT_ID: &str = file!("seq_of_kept_id");
pub(super) const FORGET_IDS: &str = "delete from import_ids";
pub(super) const FORGET_SEEN: &str = "delete from import_seen";
pub(super) const SEE: &str = "insert into import_seen (id) values ($1) on conflict do nothing";
pub(super) const ANY_RECORDED_WITHOUT_NO: &str =
    "select case_seq from cases where import_id is null and case_no is null and status <> 6 limit 1";
pub(super) const RECORDED_ALIKE: &str = file!("recorded_alike");
pub(super) const SEQS_OF_IMPORT: &str = "select case_seq from cases where import_id = $1 and status <> 6 \
     and case_seq > $2 order by case_seq limit $3";
pub(super) const PROVINCES_OF_IMPORT: &str = "select distinct province_id from cases where import_id = $1";
pub(super) const CHANGED_OF_IMPORT: &str = file!("changed_of_import");
pub(super) const VOID_CASE: &str = file!("void_case");
pub(super) const IMPORTS: &str = concat!(
    "select ",
    file!("journal_columns"),
    " from journal where chain = 0 and action in ('import', 'undo') order by number"
);

// Doubting a case, and asking for one.
pub(super) const LIKE_CASES: &str = file!("like_cases");
pub(super) const NEAR_CASES: &str = file!("near_cases");
pub(super) const LAST_RECORDED: &str = file!("last_recorded");
pub(super) const NEWEST_WORDS: &str = file!("newest_words");

macro_rules! listed {
    ($order:literal) => {
        of_cases!("select c.case_seq", concat!("order by ", $order, " limit $18 offset $19"))
    };
}
/// The days are reckoned, so that SQLite sorts them: in the order of their
/// index it would read a page for each case, all over the file.
pub(super) const EXPORTED: &str = concat!(
    "select c.case_seq from cases c where ",
    file!("filter"),
    filter_period!(),
    "order by +c.detected_on, c.id"
);
pub(super) const COUNTED: &str =
    concat!("select c.id, c.revision from cases c where ", file!("filter"), filter_period!());
pub(super) const LIST_NEWEST: [&str; 2] = listed!("c.detected_on desc, c.id desc");
pub(super) const LIST_OLDEST: [&str; 2] = listed!("c.detected_on, c.id");
pub(super) const LIST_LAST_DECIDED: [&str; 2] = listed!("c.decided_on desc nulls last, c.detected_on desc, c.id desc");
pub(super) const LIST_FIRST_DECIDED: [&str; 2] = listed!("c.decided_on nulls last, c.detected_on, c.id");
pub(super) const LIST_LARGEST_FINE: [&str; 2] = listed!("c.fine_amount desc nulls last, c.detected_on desc, c.id desc");
pub(super) const LIST_SMALLEST_FINE: [&str; 2] = listed!("c.fine_amount nulls last, c.detected_on, c.id");

/// The first of many, asked in two steps: the key of the last that is wanted,
/// in the order of an index; then the cases up to that key. In one step SQLite
/// (3.54) reads and sorts all that match.
pub(super) struct FirstOfMany {
    pub(super) last_key: &'static str,
    pub(super) list: &'static str,
}

macro_rules! first_of_many {
    ($key:literal, $index_order:literal, $within:literal, $order:literal) => {
        FirstOfMany {
            last_key: concat!(
                "select ",
                $key,
                " from cases c where ",
                file!("filter"),
                " order by ",
                $index_order,
                " limit 1 offset $14"
            ),
            list: concat!(
                "select c.case_seq from cases c where ",
                file!("filter"),
                " and ",
                $within,
                " order by ",
                $order,
                " limit $15 offset $16"
            ),
        }
    };
}
pub(super) const NEWEST_OF_MANY: FirstOfMany =
    first_of_many!("c.detected_on", "c.detected_on desc", "c.detected_on >= $14", "c.detected_on desc, c.id desc");
pub(super) const OLDEST_OF_MANY: FirstOfMany =
    first_of_many!("c.detected_on", "c.detected_on", "c.detected_on <= $14", "c.detected_on, c.id");
pub(super) const LARGEST_FINES_OF_MANY: FirstOfMany = first_of_many!(
    "c.fine_amount",
    "c.fine_amount desc nulls last",
    "c.fine_amount >= $14",
    "c.fine_amount desc, c.detected_on desc, c.id desc"
);
pub(super) const LIST_LARGEST_SEIZED: [&str; 2] =
    listed!("c.seized_value desc nulls last, c.detected_on desc, c.id desc");
pub(super) const LIST_SMALLEST_SEIZED: [&str; 2] = listed!("c.seized_value nulls last, c.detected_on, c.id");

// What is held of goods.
macro_rules! goods {
    ($order:literal) => {
        concat!(file!("goods_held"), " ", file!("filter"), filter_period!(), "order by ", $order)
    };
}
pub(super) const GOODS_OLDEST: &str = goods!("c.detected_on, c.id, g.line, d.line");
pub(super) const GOODS_NEWEST: &str = goods!("c.detected_on desc, c.id desc, g.line, d.line");
pub(super) const GOODS_DISPOSED: &str = file!("goods_disposed");
// Deadlines and late charges.
pub(super) const MAY_BE_DUE: &str = concat!(
    "select c.case_seq, ",
    file!("case_columns"),
    file!("may_be_due"),
    file!("filter"),
    filter_period!(),
    "and c.case_seq > $18 order by c.case_seq limit $19"
);
pub(super) const MAY_BE_LATE: &str = concat!(
    "select c.case_seq, ",
    file!("case_columns"),
    " ",
    file!("may_be_late"),
    file!("filter"),
    "and c.case_seq > $17 order by c.case_seq limit $18"
);

// What is missing, late, or there twice.
pub(super) const COMPLETENESS_CASES: &str = concat!(
    file!("completeness_cases"),
    " ",
    file!("filter"),
    "order by c.province_id, c.detected_on, c.case_seq, g.line"
);
pub(super) const CASE_NAME: &str =
    "select c.case_seq, c.id, c.case_no, c.agency_id, c.detected_on from cases c where c.case_seq = $1";
pub(super) const MISSING_NUMBERS: &str = file!("missing_numbers");
pub(super) const UNPAID_DECISIONS: &str = concat!(file!("unpaid_decisions"), " ", file!("filter"));
pub(super) const LAST_OF_AGENCY: &str = concat!(
    file!("last_of_agency"),
    " ",
    file!("filter"),
    "order by c.detected_on desc, c.province_id desc, c.case_seq desc limit 1"
);

// Searching.
pub(super) const INDEX_CASE: &str = file!("index_case");
pub(super) const UNINDEX_CASE: &str = file!("unindex_case");
pub(super) const CLEAR_INDEX: &str = file!("clear_index");
pub(super) const ANY_INDEXED: &str = "select term from search_place limit 1";
pub(super) const INDEX_PLACES: &str = "select term, doc, \"offset\" from search_place";
/// For SQLite alone, as are the three that follow.
pub(super) const NOTE_WORD: &str = "insert into search_word (word) values ($1) on conflict do nothing";
pub(super) const CLEAR_WORDS: &str = "delete from search_word";
pub(super) const WORDS_FROM: &str = "select word from search_word where word >= $1 and word < $2 limit $3";
pub(super) const UNNOTED_WORD: &str =
    "select term from search_term where not exists (select 1 from search_word where word = term) limit 1";
/// For PostgreSQL alone.
pub(super) const MISPLACED_ENTRY: &str = "select s.search_key from search s where not exists (select 1 from cases c \
     where c.case_seq = s.search_key % 10000000000 and c.province_id = s.province_id) limit 1";
pub(super) const COUNT_MATCHES: &str = file!("count_matches");
pub(super) const COUNT_FOUND: &str = concat!("select count(*) ", file!("found"), file!("filter"), filter_period!());

macro_rules! found {
    ($order:literal) => {
        concat!(
            "select c.case_seq ",
            file!("found"),
            file!("filter"),
            filter_period!(),
            file!($order),
            "limit $19 offset $20"
        )
    };
}
pub(super) const NEWEST_FOUND: &str = found!("newest_found");
pub(super) const NEWEST_OF_FEW: &str = found!("newest_of_few");
pub(super) const BEST_FOUND: &str = found!("best_found");

// Totals.
pub(super) const TOTALS: &str = concat!(file!("totals"), file!("in_totals"), "group by 1, 2, 4");
pub(super) const TOTALS_BY_PERIOD: &str = concat!(file!("totals_by_period"), file!("in_totals"));

/// What is asked of the events of some agencies, and of some of their cases.
macro_rules! of_held {
    ($what:expr, $categories:expr, $rest:literal) => {
        concat!(
            file!("of_agencies"),
            $categories,
            file!("of_found"),
            file!("filter"),
            ")\n",
            $what,
            " from (select h.*, case when cast($14 as bigint) = 1 then h.detected_on else h.happened_on end as counted_on from (\n",
            happening!("held", ", c.agency_id, c.force_id, c.violation_id, c.category_id, c.status"),
            file!("in_held"),
            $rest
        )
    };
}

/// What is asked of the events of any agency, of those of the agencies that a
/// filter names, and of the agencies and categories that it names: these are
/// looked up, where the first form may look at all events of the days.
macro_rules! of_events {
    ($what:expr, $rest:literal) => {
        [
            concat!($what, file!("events"), file!("filter"), $rest),
            of_held!($what, "", $rest),
            of_held!($what, file!("of_categories"), $rest),
        ]
    };
}
pub(super) const EVENTS: [&str; 3] =
    of_events!(concat!("select ", file!("event_keys"), file!("event_sums")), "group by 1, 2, 3, 4, 5, 6, 7, 8");
pub(super) const SPAN: [&str; 3] = of_events!(file!("span"), "");
pub(super) const ANY_EVENT: &str = concat!("select 1 ", file!("events"), file!("filter"), "limit 1");
pub(super) const SPAN_FROM: &str = concat!(file!("span_from"), file!("filter"));
pub(super) const FOUND_FROM: &str = concat!(
    "select c.detected_from, count(*) from cases c where c.detected_from is not null and ",
    file!("filter"),
    "group by 1"
);
pub(super) const FIRST_TOTAL: &str = concat!(file!("total_end"), " t.period limit 1");
pub(super) const LAST_TOTAL: &str = concat!(file!("total_end"), " t.period desc limit 1");
pub(super) const ADD_TOTAL: &str = file!("add_total");
pub(super) const CLEAR_TOTALS: &str = "delete from total";
pub(super) const RECOUNT: &str =
    concat!("insert into total (", file!("total_columns"), ") select ", file!("total_columns"), " from recount");
pub(super) const MISSING_TOTALS: &str = concat!(
    "select ",
    file!("total_columns"),
    " from recount except select ",
    file!("total_columns"),
    " from total limit 1"
);
pub(super) const WRONG_TOTALS: &str = concat!(
    "select ",
    file!("total_columns"),
    " from total ",
    file!("total_not_zero"),
    " except select ",
    file!("total_columns"),
    " from recount limit 1"
);

// The journal.
pub(super) const LOCK_CHAIN: &str = file!("lock_chain");
pub(super) const ADVANCE_CHAIN: &str = "update chain set length = $2, head = $3 where chain = $1";
pub(super) const ENTRY_AT: &str = "select at from journal where chain = $1 and number = $2";
pub(super) const LATEST_AT: &str =
    "select max(j.at) from chain c join journal j on j.chain = c.chain and j.number = c.length";
pub(super) const CHAINS: &str = "select chain, length, head from chain order by chain";
pub(super) const INSERT_JOURNAL: &str =
    concat!("insert into journal (", file!("journal_columns"), ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
pub(super) const JOURNAL_OF_CHAIN: &str = concat!(
    "select ",
    file!("journal_columns"),
    " from journal where chain = $1 and number > $2 order by number limit $3"
);
pub(super) const CASES_CHANGED: &str =
    "select distinct case_id from journal where chain = $1 and number > $2 and case_id is not null";
pub(super) const IMPORTS_SINCE: &str = concat!(
    "select ",
    file!("journal_columns"),
    " from journal where chain = 0 and number > $1 and action = 'import' order by number"
);
pub(super) const ALL_SEQS_OF_IMPORT: &str = "select case_seq, id from cases where import_id = $1 and case_seq > $2 \
     order by case_seq limit $3";
pub(super) const PUBLISHED: &str = concat!(
    "select ",
    file!("journal_columns"),
    " from journal where chain = 0 and action = 'publish' order by number"
);
pub(super) const LAST_PUBLISHED: &str = concat!(
    "select ",
    file!("journal_columns"),
    " from journal where chain = 0 and action = 'publish' order by number desc limit 1"
);
pub(super) const PUBLISHED_IN: &str = concat!(
    "select ",
    file!("journal_columns"),
    " from journal where chain = 0 and number in ",
    "(select number from publication where first_day <= $2 and last_day >= $1) order by number"
);
pub(super) const PUBLICATIONS: &str = "select number, first_day, last_day from publication order by number";
pub(super) const INSERT_PUBLICATION: &str = "insert into publication (number, first_day, last_day) values ($1, $2, $3)";
pub(super) const HASH_AT: &str = "select hash from journal where chain = $1 and number = $2";
pub(super) const HISTORY: &str = concat!("select ", file!("journal_columns"), file!("history"));
pub(super) const JOURNALLED: &str = "select body from journal where action = $1 order by chain, number";
pub(super) const RECORDED_CASES: &str = "select count(distinct case_id) from journal where action = 'record'";
pub(super) const COUNT_CHAINS: &str = "select count(*), cast(coalesce(sum(length), 0) as bigint) from chain";
pub(super) const JOURNAL_CHAINS: &str = "select distinct chain from journal order by chain";
pub(super) const STRAY_LINE: &str = file!("stray_line");
pub(super) const ALL_CASES: &str = "select count(*) from cases";
pub(super) const CASES_OF_NO_IMPORT: &str = "select count(*) from cases where import_id is null";

#[cfg(test)]
mod tests;
