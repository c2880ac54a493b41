-- Cases that rows of this import have been taken for.
create temporary table if not exists import_seen (id blob not null primary key) without rowid; -- sqlite
--postgres create temporary table if not exists import_seen (id uuid not null primary key);
delete from import_seen;
-- The ids of cases while the index of ids is set aside, in runs that are sorted
-- one by one.
create temporary table if not exists import_ids ( -- sqlite
    run bigint not null, id blob not null, case_seq bigint not null, primary key (run, id) -- sqlite
) without rowid; -- sqlite
delete from import_ids; -- sqlite
-- Many pages are written to again and again. What is sorted is sorted in as
-- much memory again.
pragma cache_size = -10000; -- sqlite
