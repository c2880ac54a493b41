),
-- What of each is needed, read once for all that happened to it.
held as materialized (
    select c.case_seq, c.province_id, c.agency_id, c.force_id, c.violation_id, c.category_id, c.status,
        c.detected_on, c.decided_on, c.transferred_on, c.case_count, c.case_count_bound, c.seized_value,
        c.seized_bound, c.fine_amount, c.fine_bound, c.illegal_profit, c.profit_bound, c.persons
    from found f join cases c on c.case_seq = f.case_seq
    where c.status <> 6 and
