-- The same of all cases of whose goods some went.
select c.case_seq, c.id, c.case_no, c.province_id, c.commune, c.agency_id, c.force_id, c.violation_id, c.detected_on,
    c.status, c.seized_value, c.seized_bound, 1,
    1, c.goods_name, c.goods_name_folded, c.category_id, c.goods_quantity, c.goods_quantity_bound, c.goods_unit,
    c.goods_value, c.goods_value_bound, c.goods_brand, c.goods_origin,
    1, g.line, g.name, g.name_folded, g.category_id, g.quantity, g.quantity_bound, g.unit, g.value, g.value_bound,
    g.brand, g.origin,
    d.line, d.disposed_on, d.how, d.lot, d.quantity, d.quantity_bound, d.value, d.value_bound, d.minutes
from disposal d
join cases c on c.case_seq = d.case_seq and c.province_id = d.province_id
left join more_goods g on g.case_seq = d.case_seq and g.province_id = d.province_id
where c.status <> 6 and c.goods_name is not null
order by c.case_seq, g.line, d.line
