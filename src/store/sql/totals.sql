-- Running totals over some periods, added up.
select t.province_id, t.member_id, 0, t.kind,
    cast(sum(t.n) as bigint), cast(sum(t.n_at_least) as bigint), cast(sum(t.n_at_most) as bigint),
    cast(sum(t.n_about) as bigint), cast(sum(t.amount) as bigint), cast(sum(t.amount_at_least) as bigint),
    cast(sum(t.amount_at_most) as bigint), cast(sum(t.amount_about) as bigint), cast(sum(t.unknown) as bigint)
