-- The lots of cases, each with its case and the disposals of that case: of
-- cases found up to day $19 that may hold something then, or of all ($20).
-- Where everything of all lots went, nothing is left to look at. Whether the
-- lot itself is asked for, by its category $18 and its words $7, is told.
select c.case_seq, c.id, c.case_no, c.province_id, c.commune, c.agency_id, c.force_id, c.violation_id, c.detected_on,
    c.status, c.seized_value, c.seized_bound,
    case when (cast($18 as text) is null or cast($18 as text) like '%,' || cast(g.category_id as text) || ',%')
        and (cast($7 as text) is null or ' ' || g.name_folded like cast($7 as text)) then 1 else 0 end,
    g.line, g.name, g.name_folded, g.category_id, g.quantity, g.quantity_bound, g.unit, g.value, g.value_bound,
    g.brand, g.origin,
    d.line, d.disposed_on, d.how, d.lot, d.quantity, d.quantity_bound, d.value, d.value_bound, d.minutes
from cases c
join goods g on g.case_seq = c.case_seq and g.province_id = c.province_id
left join disposal d on d.case_seq = c.case_seq and d.province_id = c.province_id
where c.status <> 6 and c.detected_on <= cast($19 as bigint)
    and (cast($20 as bigint) = 1 or not exists (
        select 1 from disposal r
        where r.case_seq = c.case_seq and r.province_id = c.province_id
            and r.lot is null and r.quantity is null and r.disposed_on <= cast($19 as bigint)
    ))
    and
