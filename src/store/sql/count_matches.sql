select count(*) from search s where
    s.words match $1 -- sqlite
--postgres     s.words @@ cast(cast($1 as text) as tsquery)
