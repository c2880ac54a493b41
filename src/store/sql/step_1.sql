-- From version 1 to 2: the index for searching. What it holds is filled in by
-- the program.
create virtual table search using fts5 (words, content = '', tokenize = "ascii tokenchars '!|'"); -- sqlite
create virtual table search_place using fts5vocab (search, instance); -- sqlite
create virtual table search_term using fts5vocab (search, row); -- sqlite
create table search_word (word text not null primary key) without rowid; -- sqlite
--postgres create table search (
--postgres     search_key bigint not null,
--postgres     province_id bigint not null,
--postgres     words tsvector not null,
--postgres     primary key (search_key, province_id)
--postgres );
--postgres create index search_by_words on search using gin (words);
--postgres create view search_place as
--postgres select u.lexeme as term, s.search_key as doc, cast(p.place - 1 as bigint) as "offset"
--postgres from search s, unnest(s.words) u, unnest(u.positions) p (place);
