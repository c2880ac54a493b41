insert into total (
    dimension, dating, period, province_id, member_id, kind,
    n, n_at_least, n_at_most, n_about, amount, amount_at_least, amount_at_most, amount_about, unknown
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
on conflict (dimension, dating, period, province_id, member_id, kind) do update set
    n = total.n + excluded.n,
    n_at_least = total.n_at_least + excluded.n_at_least,
    n_at_most = total.n_at_most + excluded.n_at_most,
    n_about = total.n_about + excluded.n_about,
    amount = total.amount + excluded.amount,
    amount_at_least = total.amount_at_least + excluded.amount_at_least,
    amount_at_most = total.amount_at_most + excluded.amount_at_most,
    amount_about = total.amount_about + excluded.amount_about,
    unknown = total.unknown + excluded.unknown
