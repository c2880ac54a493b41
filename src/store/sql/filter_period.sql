-- To which something happened on days that count between $14 and $15: an
-- event of kind $16, or of any.
and (cast($14 as bigint) is null or c.case_seq in (
    select e.case_seq from event e
    where e.dating = cast($13 as bigint)
        and e.counted_on >= cast($14 as bigint) and e.counted_on < cast($15 as bigint)
        and (cast($16 as bigint) is null or e.kind = cast($16 as bigint))
))
