-- Of dimension $1 under dating $2, from period $3 to $4, of the provinces $5 and
-- the members $6.
from total t
where t.dimension = $1 and t.dating in ($2, 2) and t.period >= $3 and t.period <= $4
    and (cast($5 as text) is null or cast($5 as text) like '%,' || cast(t.province_id as text) || ',%')
    and (cast($6 as text) is null or cast($6 as text) like '%,' || cast(t.member_id as text) || ',%')
