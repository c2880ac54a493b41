-- SQLite must be told the words that it is to forget.
insert into search (search, rowid, words) values ('delete', $1, $3) -- sqlite
--postgres delete from search where search_key = $1 and province_id = $2 and cast($3 as text) is not null
