-- From version 5 to 6: the first lot of goods stands in the row of its case,
-- the index of ids can be set aside, and there are running totals by day.
-- SQLite can't drop what "unique" made, so the table is made anew: who refers
-- to it is looked at in the end.
pragma defer_foreign_keys = on; -- sqlite
create table more_goods (
    case_seq bigint not null,
    province_id bigint not null,
    line bigint not null check (line >= 2),
    name text not null,
    name_folded text not null,
    category_id bigint references category (category_id),
    quantity bigint check (quantity >= 0),
    quantity_bound bigint not null check (quantity_bound between 0 and 3),
    unit text,
    value bigint check (value >= 0),
    value_bound bigint not null check (value_bound between 0 and 3),
    brand text,
    origin text,
    foreign key (case_seq) references cases (case_seq), -- sqlite
    --postgres foreign key (case_seq, province_id) references cases (case_seq, province_id),
    primary key (case_seq, province_id, line)
) without rowid; -- sqlite
--postgres );
insert into more_goods (
    case_seq, province_id, line, name, name_folded, category_id, quantity, quantity_bound, unit, value, value_bound,
    brand, origin
)
select case_seq, province_id, line, name, name_folded, category_id, quantity, quantity_bound, unit, value, value_bound,
    brand, origin
from goods where line > 1;
create temporary table cases_5 as -- sqlite
select c.*, g.name as goods_name, g.name_folded as goods_name_folded, g.quantity as goods_quantity, -- sqlite
    coalesce(g.quantity_bound, 0) as goods_quantity_bound, g.unit as goods_unit, g.value as goods_value, -- sqlite
    coalesce(g.value_bound, 0) as goods_value_bound, g.brand as goods_brand, g.origin as goods_origin -- sqlite
from cases c -- sqlite
left join goods g on g.case_seq = c.case_seq and g.province_id = c.province_id and g.line = 1; -- sqlite
drop table goods; -- sqlite
drop table cases; -- sqlite
create table cases ( -- sqlite
    case_seq integer not null primary key, -- sqlite
    province_id bigint not null references province (province_id), -- sqlite
    id blob not null, -- sqlite
    revision bigint not null check (revision >= 1), -- sqlite
    case_no text, -- sqlite
    case_no_folded text, -- sqlite
    commune text, -- sqlite
    agency_id bigint not null references agency (agency_id), -- sqlite
    force_id bigint not null references force (force_id), -- sqlite
    partners text, -- sqlite
    detected_from bigint, -- sqlite
    detected_on bigint not null, -- sqlite
    violation_id bigint references violation (violation_id), -- sqlite
    category_id bigint references category (category_id), -- sqlite
    legal_basis text, -- sqlite
    seized_value bigint check (seized_value >= 0), -- sqlite
    seized_bound bigint not null check (seized_bound between 0 and 3), -- sqlite
    decision_no text, -- sqlite
    decided_on bigint, -- sqlite
    fine_amount bigint check (fine_amount >= 0), -- sqlite
    fine_bound bigint not null check (fine_bound between 0 and 3), -- sqlite
    illegal_profit bigint check (illegal_profit >= 0), -- sqlite
    profit_bound bigint not null check (profit_bound between 0 and 3), -- sqlite
    remedies text, -- sqlite
    transferred_on bigint, -- sqlite
    transferred_to text, -- sqlite
    persons bigint check (persons >= 1), -- sqlite
    closed_on bigint, -- sqlite
    voided_on bigint, -- sqlite
    void_reason text, -- sqlite
    offender text, -- sqlite
    offender_folded text, -- sqlite
    offender_kind bigint check (offender_kind between 0 and 2), -- sqlite
    offender_id text, -- sqlite
    offender_address text, -- sqlite
    case_count bigint not null check (case_count >= 1), -- sqlite
    case_count_bound bigint not null check (case_count_bound between 0 and 3), -- sqlite
    status bigint not null check (status between 0 and 6), -- sqlite
    source text, -- sqlite
    note text, -- sqlite
    import_id bigint, -- sqlite
    goods_name text, -- sqlite
    goods_name_folded text, -- sqlite
    goods_quantity bigint check (goods_quantity >= 0), -- sqlite
    goods_quantity_bound bigint not null check (goods_quantity_bound between 0 and 3), -- sqlite
    goods_unit text, -- sqlite
    goods_value bigint check (goods_value >= 0), -- sqlite
    goods_value_bound bigint not null check (goods_value_bound between 0 and 3), -- sqlite
    goods_brand text, -- sqlite
    goods_origin text, -- sqlite
    check (detected_from <= detected_on), -- sqlite
    check (decided_on >= coalesce(detected_from, detected_on)), -- sqlite
    check (decided_on is not null or (decision_no is null and fine_amount is null and illegal_profit is null and remedies is null)), -- sqlite
    check (transferred_on is not null or (transferred_to is null and persons is null)), -- sqlite
    check ((voided_on is null) = (void_reason is null)) -- sqlite
); -- sqlite
insert into cases ( -- sqlite
    case_seq, province_id, id, revision, case_no, case_no_folded, commune, agency_id, force_id, partners, detected_from, -- sqlite
    detected_on, violation_id, category_id, legal_basis, seized_value, seized_bound, decision_no, decided_on, -- sqlite
    fine_amount, fine_bound, illegal_profit, profit_bound, remedies, transferred_on, transferred_to, persons, closed_on, -- sqlite
    voided_on, void_reason, offender, offender_folded, offender_kind, offender_id, offender_address, case_count, -- sqlite
    case_count_bound, status, source, note, import_id, -- sqlite
    goods_name, goods_name_folded, goods_quantity, goods_quantity_bound, goods_unit, goods_value, goods_value_bound, -- sqlite
    goods_brand, goods_origin -- sqlite
) -- sqlite
select case_seq, province_id, id, revision, case_no, case_no_folded, commune, agency_id, force_id, partners, detected_from, -- sqlite
    detected_on, violation_id, category_id, legal_basis, seized_value, seized_bound, decision_no, decided_on, -- sqlite
    fine_amount, fine_bound, illegal_profit, profit_bound, remedies, transferred_on, transferred_to, persons, closed_on, -- sqlite
    voided_on, void_reason, offender, offender_folded, offender_kind, offender_id, offender_address, case_count, -- sqlite
    case_count_bound, status, source, note, import_id, -- sqlite
    goods_name, goods_name_folded, goods_quantity, goods_quantity_bound, goods_unit, goods_value, goods_value_bound, -- sqlite
    goods_brand, goods_origin -- sqlite
from cases_5; -- sqlite
drop table cases_5; -- sqlite
--postgres alter table cases
--postgres     add column goods_name text,
--postgres     add column goods_name_folded text,
--postgres     add column goods_quantity bigint check (goods_quantity >= 0),
--postgres     add column goods_quantity_bound bigint not null default 0 check (goods_quantity_bound between 0 and 3),
--postgres     add column goods_unit text,
--postgres     add column goods_value bigint check (goods_value >= 0),
--postgres     add column goods_value_bound bigint not null default 0 check (goods_value_bound between 0 and 3),
--postgres     add column goods_brand text,
--postgres     add column goods_origin text;
--postgres update cases c set goods_name = g.name, goods_name_folded = g.name_folded, goods_quantity = g.quantity,
--postgres     goods_quantity_bound = g.quantity_bound, goods_unit = g.unit, goods_value = g.value,
--postgres     goods_value_bound = g.value_bound, goods_brand = g.brand, goods_origin = g.origin
--postgres from goods g where g.case_seq = c.case_seq and g.province_id = c.province_id and g.line = 1;
--postgres alter table cases alter column goods_quantity_bound drop default, alter column goods_value_bound drop default;
--postgres drop table goods;
--postgres alter table cases drop constraint cases_id_province_id_key;
create view goods as
select c.case_seq, c.province_id, 1 as line, c.goods_name as name, c.goods_name_folded as name_folded, c.category_id,
    c.goods_quantity as quantity, c.goods_quantity_bound as quantity_bound, c.goods_unit as unit,
    c.goods_value as value, c.goods_value_bound as value_bound, c.goods_brand as brand, c.goods_origin as origin
from cases c where c.goods_name is not null
union all
select g.case_seq, g.province_id, g.line, g.name, g.name_folded, g.category_id, g.quantity, g.quantity_bound, g.unit,
    g.value, g.value_bound, g.brand, g.origin
from more_goods g;
create unique index cases_by_id on cases (id, province_id);
create index cases_by_no on cases (case_no_folded) where case_no_folded is not null; -- sqlite
create index cases_by_detected_on on cases (detected_on); -- sqlite
create index cases_by_decided_on on cases (decided_on) where decided_on is not null; -- sqlite
create index cases_by_transferred_on on cases (transferred_on) where transferred_on is not null; -- sqlite
create index cases_by_detected_from on cases (detected_from) where detected_from is not null; -- sqlite
create index cases_by_fine on cases (fine_amount); -- sqlite
create index cases_of_many on cases (case_count) where case_count > 1 and status <> 6; -- sqlite
create index cases_by_import on cases (import_id) where import_id is not null; -- sqlite
create index cases_by_agency on cases (agency_id, category_id);
drop view recount;
delete from total;
alter table total rename column half to period;
create view recount as
select d.dimension,
    case e.kind when 1 then 2 else e.dating end as dating,
    case d.dimension
        when 5 then e.counted_on
        else e.counted_on / 100 * 10 + case when e.counted_on % 100 < 15 then 1 else 2 end
    end as period,
    e.province_id,
    case d.dimension
        when 0 then 0
        when 1 then c.force_id
        when 2 then c.agency_id
        when 3 then coalesce(c.violation_id, 0)
        when 4 then coalesce(c.category_id, 0)
        else 0
    end as member_id,
    e.kind,
    cast(sum(e.n) as bigint) as n,
    cast(sum(case when e.n_bound = 1 then 1 else 0 end) as bigint) as n_at_least,
    cast(sum(case when e.n_bound = 2 then 1 else 0 end) as bigint) as n_at_most,
    cast(sum(case when e.n_bound = 3 then 1 else 0 end) as bigint) as n_about,
    cast(sum(coalesce(e.amount, 0)) as bigint) as amount,
    cast(sum(case when e.amount is not null and e.amount_bound = 1 then 1 else 0 end) as bigint) as amount_at_least,
    cast(sum(case when e.amount is not null and e.amount_bound = 2 then 1 else 0 end) as bigint) as amount_at_most,
    cast(sum(case when e.amount is not null and e.amount_bound = 3 then 1 else 0 end) as bigint) as amount_about,
    cast(sum(case when e.amount is null then e.n else 0 end) as bigint) as unknown
from event e
join cases c on c.case_seq = e.case_seq and c.province_id = e.province_id
cross join (
    select 0 as dimension union all select 1 union all select 2 union all select 3 union all select 4 union all select 5
) d
where c.status <> 6 and (e.kind <> 1 or e.dating = 0)
group by 1, 2, 3, 4, 5, 6;
insert into total (
    dimension, dating, period, province_id, member_id, kind,
    n, n_at_least, n_at_most, n_about, amount, amount_at_least, amount_at_most, amount_about, unknown
)
select dimension, dating, period, province_id, member_id, kind,
    n, n_at_least, n_at_most, n_about, amount, amount_at_least, amount_at_most, amount_about, unknown
from recount;
