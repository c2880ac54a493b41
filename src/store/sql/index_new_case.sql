-- A case that is not in the index.
insert into search (rowid, words) values ($1, $3) -- sqlite
--postgres insert into search (search_key, province_id, words) values ($1, $2, cast(cast($3 as text) as tsvector))
