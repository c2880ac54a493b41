order by s.rank, s.rowid desc -- sqlite
--postgres order by ts_rank(s.words, cast(cast($18 as text) as tsquery)) desc, s.search_key desc
