-- Said once more, so that they are looked up.
and c.agency_id in (select a.agency_id from agency a where cast($2 as text) like '%,' || cast(a.agency_id as text) || ',%')
