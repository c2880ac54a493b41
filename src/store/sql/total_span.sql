-- The first and the last half-month in which anything counts.
select min(t.half), max(t.half)
from total t
where t.dimension = $1 and t.dating = $2 and t.n <> 0
    and (cast($3 as text) is null or cast($3 as text) like '%,' || cast(t.province_id as text) || ',%')
    and (cast($4 as text) is null or cast($4 as text) like '%,' || cast(t.member_id as text) || ',%')
