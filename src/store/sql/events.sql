from event e
join cases c on c.case_seq = e.case_seq and c.province_id = e.province_id
where e.dating = cast($14 as bigint)
    and e.counted_on >= cast($15 as bigint) and e.counted_on < cast($16 as bigint)
    and c.status <> 6
    and
