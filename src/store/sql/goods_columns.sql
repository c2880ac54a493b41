line, name, name_folded, category_id, quantity, quantity_bound, unit, value, value_bound, brand, origin
