-- Cases "c" of an entry "s" of the index whose words match $18.
from search s
cross join cases c -- sqlite
--postgres join cases c on c.case_seq = s.search_key % 10000000000 and c.province_id = s.province_id
where s.words match $18 and c.case_seq = s.rowid % 10000000000 -- sqlite
--postgres where s.words @@ cast(cast($18 as text) as tsquery)
    and
