dimension, dating, period, province_id, member_id, kind,
n, n_at_least, n_at_most, n_about, amount, amount_at_least, amount_at_most, amount_about, unknown
