-- The rows that the next $1 cases get; SQLite's while nobody else writes.
with recursive n (k) as (select 1 union all select k + 1 from n where k < $1) -- sqlite
select coalesce((select max(case_seq) from cases), 0) + k from n -- sqlite
--postgres select nextval(pg_get_serial_sequence('cases', 'case_seq')) from generate_series(1, cast($1 as bigint))
