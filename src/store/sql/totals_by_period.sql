-- Running totals of one dimension, period by period: the rows as they stand, neither sorted nor added up.
select t.province_id, t.member_id, t.period, t.kind,
    t.n, t.n_at_least, t.n_at_most, t.n_about, t.amount, t.amount_at_least, t.amount_at_most, t.amount_about, t.unknown
from total t
where t.dimension = $1 and t.dating in ($2, 2) and t.period >= $3 and t.period <= $4
    and (cast($5 as text) is null or cast($5 as text) like '%,' || cast(t.province_id as text) || ',%')
    and (cast($6 as text) is null or cast($6 as text) like '%,' || cast(t.member_id as text) || ',%')
