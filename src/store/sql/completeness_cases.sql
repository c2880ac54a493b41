-- Cases found from day $14 to before day $15, with the moment at which each
-- was recorded one by one, a row for each lot after the first, those of a province
-- and day together.
select c.case_seq, c.id, c.case_no, c.agency_id, c.detected_on, c.province_id, c.case_no_folded, c.offender_folded,
    c.case_count, c.seized_value, c.fine_amount, c.import_id, j.at, c.goods_name_folded, c.goods_quantity,
    c.goods_unit, g.name_folded, c.status
from cases c
left join more_goods g on g.case_seq = c.case_seq and g.province_id = c.province_id
left join journal j on c.import_id is null and j.case_id = c.id and j.action = 'record'
where c.detected_on >= $14 and c.detected_on < $15 and
