-- What the newest $1 cases were called by, newest first, in the order of the
-- index of days: none are sorted.
select c.province_id, c.commune, c.goods_name, c.category_id, c.goods_unit, g.name, g.category_id, g.unit
from (
    select c.case_seq, c.province_id, c.commune, c.detected_on, c.goods_name, c.category_id, c.goods_unit
    from cases c
    where c.status <> 6
    order by c.detected_on desc, c.province_id desc, c.case_seq desc
    limit $1
) c
left join more_goods g on g.case_seq = c.case_seq and g.province_id = c.province_id
order by c.detected_on desc, c.province_id desc, c.case_seq desc, g.line
