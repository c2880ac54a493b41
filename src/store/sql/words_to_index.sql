-- The words of many cases, until all are there to be indexed in their order.
create temporary table if not exists import_words (search_key bigint not null, words text not null); -- sqlite
delete from import_words; -- sqlite
