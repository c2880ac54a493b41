-- Running totals of one dimension over some periods, added up.
select t.province_id, t.member_id, 0, t.kind,
    cast(sum(t.n) as bigint), cast(sum(t.n_at_least) as bigint), cast(sum(t.n_at_most) as bigint),
    cast(sum(t.n_about) as bigint), cast(sum(t.amount) as bigint), cast(sum(t.amount_at_least) as bigint),
    cast(sum(t.amount_at_most) as bigint), cast(sum(t.amount_about) as bigint), cast(sum(t.unknown) as bigint)
from total t
where t.dimension = $1 and t.dating in ($2, 2) and t.period >= $3 and t.period <= $4
    and (cast($5 as text) is null or cast($5 as text) like '%,' || cast(t.province_id as text) || ',%')
    and (cast($6 as text) is null or cast($6 as text) like '%,' || cast(t.member_id as text) || ',%')
group by 1, 2, 4
