line, disposed_on, how, lot, quantity, quantity_bound, value, value_bound, minutes
