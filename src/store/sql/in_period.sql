-- Cases to which something happened on days that count between $15 and $16: an
-- event of kind $17, or of any.
select e.case_seq from event e
where e.dating = cast($14 as bigint)
    and e.counted_on >= cast($15 as bigint) and e.counted_on < cast($16 as bigint)
    and (cast($17 as bigint) is null or e.kind = cast($17 as bigint))
