-- Of the cases whose numbers are a text "1,2".
case_seq in (select value from json_each('[' || cast($1 as text) || ']')) -- sqlite
--postgres case_seq in (select cast(u.seq as bigint) from unnest(string_to_array(cast($1 as text), ',')) u (seq))
