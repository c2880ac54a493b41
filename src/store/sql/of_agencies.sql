-- The cases of the agencies of a filter, by the index of these.
with held as materialized (
    select c.case_seq from cases c
    where c.agency_id in (
        select a.agency_id from agency a where cast($2 as text) like '%,' || cast(a.agency_id as text) || ',%'
    ) and
