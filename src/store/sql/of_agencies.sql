-- The cases of the agencies of a filter to which something happened on days
-- that count: found by their index alone, which has the days.
with found as materialized (
    select c.case_seq from cases c
    where c.agency_id in (
        select a.agency_id from agency a where cast($2 as text) like '%,' || cast(a.agency_id as text) || ',%'
    )
    and (
        c.detected_on >= cast($15 as bigint) and c.detected_on < cast($16 as bigint)
        or cast($14 as bigint) = 0 and (
            c.decided_on >= cast($15 as bigint) and c.decided_on < cast($16 as bigint)
            or c.transferred_on >= cast($15 as bigint) and c.transferred_on < cast($16 as bigint)
            or exists (
                select 1 from payment p where p.case_seq = c.case_seq
                    and p.paid_on >= cast($15 as bigint) and p.paid_on < cast($16 as bigint)
            )
            or exists (
                select 1 from disposal d where d.case_seq = c.case_seq
                    and d.disposed_on >= cast($15 as bigint) and d.disposed_on < cast($16 as bigint)
            )
        )
    )
