-- Where the index is left out, so is the case. PostgreSQL holds the table before
-- it looks whether it is: who makes the index meanwhile is waited for.
insert into search (rowid, words) -- sqlite
--postgres insert into search (search_key, province_id, words)
select $1, $3 -- sqlite
--postgres select cast($1 as bigint), cast($2 as bigint), cast(cast($3 as text) as tsvector)
where not exists (select 1 from setting where name = 'search_index')
