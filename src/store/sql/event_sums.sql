cast(sum(n) as bigint),
cast(sum(case when n_bound = 1 then 1 else 0 end) as bigint),
cast(sum(case when n_bound = 2 then 1 else 0 end) as bigint),
cast(sum(case when n_bound = 3 then 1 else 0 end) as bigint),
cast(sum(coalesce(amount, 0)) as bigint),
cast(sum(case when amount is not null and amount_bound = 1 then 1 else 0 end) as bigint),
cast(sum(case when amount is not null and amount_bound = 2 then 1 else 0 end) as bigint),
cast(sum(case when amount is not null and amount_bound = 3 then 1 else 0 end) as bigint),
cast(sum(case when amount is null then n else 0 end) as bigint)
