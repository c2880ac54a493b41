-- Running totals period by period: the rows as they stand, neither sorted nor
-- added up.
select t.province_id, t.member_id, t.period, t.kind,
    t.n, t.n_at_least, t.n_at_most, t.n_about, t.amount, t.amount_at_least, t.amount_at_most, t.amount_about, t.unknown
