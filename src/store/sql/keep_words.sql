-- What is indexed of a case: in SQLite it is kept until all is there.
insert into import_words (search_key, words) values ($1, $3) -- sqlite
--postgres insert into search (search_key, province_id, words) values ($1, $2, cast(cast($3 as text) as tsvector))
