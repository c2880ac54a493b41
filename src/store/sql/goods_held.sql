-- The first lot of cases, with a row for each lot after it and each disposal:
-- of cases found up to day $19 that may hold something then, or of all ($20).
-- Where everything of all lots went, nothing is left to look at. Whether a lot
-- itself is asked for, by its category $18 and its words $7, stands before it.
select c.case_seq, c.id, c.case_no, c.province_id, c.commune, c.agency_id, c.force_id, c.violation_id, c.detected_on,
    c.status, c.seized_value, c.seized_bound,
    case when (cast($18 as text) is null or cast($18 as text) like '%,' || cast(c.category_id as text) || ',%')
        and (cast($7 as text) is null or ' ' || c.goods_name_folded like cast($7 as text)) then 1 else 0 end,
    1, c.goods_name, c.goods_name_folded, c.category_id, c.goods_quantity, c.goods_quantity_bound, c.goods_unit,
    c.goods_value, c.goods_value_bound, c.goods_brand, c.goods_origin,
    case when (cast($18 as text) is null or cast($18 as text) like '%,' || cast(g.category_id as text) || ',%')
        and (cast($7 as text) is null or ' ' || g.name_folded like cast($7 as text)) then 1 else 0 end,
    g.line, g.name, g.name_folded, g.category_id, g.quantity, g.quantity_bound, g.unit, g.value, g.value_bound,
    g.brand, g.origin,
    d.line, d.disposed_on, d.how, d.lot, d.quantity, d.quantity_bound, d.value, d.value_bound, d.minutes
from cases c
left join more_goods g on g.case_seq = c.case_seq and g.province_id = c.province_id
left join disposal d on d.case_seq = c.case_seq and d.province_id = c.province_id
where c.status <> 6 and c.goods_name is not null and c.detected_on <= cast($19 as bigint)
    and (cast($20 as bigint) = 1 or not exists (
        select 1 from disposal r
        where r.case_seq = c.case_seq and r.province_id = c.province_id
            and r.lot is null and r.quantity is null and r.disposed_on <= cast($19 as bigint)
    ))
    and
