-- To which something happened on days that count between $14 and $15.
and (cast($14 as bigint) is null or c.case_seq in (
    select e.case_seq from event e
    where e.dating = cast($13 as bigint)
        and e.counted_on >= cast($14 as bigint) and e.counted_on < cast($15 as bigint)
))
