-- Running totals period by period: the rows as they stand, neither sorted nor
-- added up. How many are no exact figures is in one text, and only where there
-- are any: nearly all rows have none, and each column costs.
select t.province_id, t.member_id, t.period, t.kind, t.n, t.amount, t.unknown,
    case when t.n_at_least | t.n_at_most | t.n_about | t.amount_at_least | t.amount_at_most | t.amount_about <> 0
        then t.n_at_least || ' ' || t.n_at_most || ' ' || t.n_about || ' '
            || t.amount_at_least || ' ' || t.amount_at_most || ' ' || t.amount_about
    end
