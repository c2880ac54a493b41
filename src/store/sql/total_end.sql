-- The period of the first running total in which anything counts, in an order.
select t.period
from total t
where t.dimension = $1 and t.dating = $2 and t.n <> 0
    and (cast($3 as text) is null or cast($3 as text) like '%,' || cast(t.province_id as text) || ',%')
    and (cast($4 as text) is null or cast($4 as text) like '%,' || cast(t.member_id as text) || ',%')
order by
