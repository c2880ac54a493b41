cast(sum(e.n) as bigint),
cast(sum(case when e.n_bound = 1 then 1 else 0 end) as bigint),
cast(sum(case when e.n_bound = 2 then 1 else 0 end) as bigint),
cast(sum(case when e.n_bound = 3 then 1 else 0 end) as bigint),
cast(sum(coalesce(e.amount, 0)) as bigint),
cast(sum(case when e.amount is not null and e.amount_bound = 1 then 1 else 0 end) as bigint),
cast(sum(case when e.amount is not null and e.amount_bound = 2 then 1 else 0 end) as bigint),
cast(sum(case when e.amount is not null and e.amount_bound = 3 then 1 else 0 end) as bigint),
cast(sum(case when e.amount is null then e.n else 0 end) as bigint)
