-- From version 2 to 3: which import a case came with.
alter table cases add column import_id bigint;
create index cases_by_import on cases (import_id) where import_id is not null;
