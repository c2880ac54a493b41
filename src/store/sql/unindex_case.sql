-- SQLite must be told the words that it is to forget.
insert into search (search, rowid, words) select 'delete', $1, $3 -- sqlite
where not exists (select 1 from setting where name = 'search_index') -- sqlite
--postgres delete from search where search_key = $1 and province_id = $2 and cast($3 as text) is not null
