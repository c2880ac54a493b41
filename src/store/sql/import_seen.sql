-- Cases that rows of this import have been taken for.
create temporary table if not exists import_seen (id blob not null primary key) without rowid; -- sqlite
--postgres create temporary table if not exists import_seen (id uuid not null primary key);
delete from import_seen;
-- Many pages are written to again and again. What is sorted is sorted in as
-- much memory again.
pragma cache_size = -16000; -- sqlite
