-- The goods of cases but $4, found in the provinces $1 from day $2 to day $3,
-- with the amounts by which a case may be known again.
select c.case_seq, c.seized_value, c.fine_amount, c.goods_name_folded, g.name_folded
from cases c
left join more_goods g on g.case_seq = c.case_seq and g.province_id = c.province_id
where c.detected_on >= $2 and c.detected_on <= $3
    and cast($1 as text) like '%,' || cast(c.province_id as text) || ',%'
    and c.status <> 6 and c.id <> $4
order by c.detected_on desc, c.case_seq desc, g.line
limit $5
