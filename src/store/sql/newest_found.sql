order by s.rowid desc -- sqlite
--postgres order by s.search_key desc
