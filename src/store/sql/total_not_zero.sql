where not (n = 0 and n_at_least = 0 and n_at_most = 0 and n_about = 0 and amount = 0 and amount_at_least = 0
    and amount_at_most = 0 and amount_about = 0 and unknown = 0)
