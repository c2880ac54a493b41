order by s.rowid desc -- sqlite
-- The sum keeps PostgreSQL, which can't tell how rare a beginning is, from
-- looking for them in the order of their keys.
--postgres order by s.search_key + 0 desc
