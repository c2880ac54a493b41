-- Of the $4 cases recorded last but $3, those of violation $1 or category $2, with
-- their amounts. What stands for many cases is like none.
select r.violation_id, r.category_id, r.fine_amount, r.seized_value
from (
    select c.violation_id, c.category_id, c.fine_amount, c.seized_value
    from cases c
    where c.status <> 6 and c.case_count = 1 and c.id <> $3
    order by c.case_seq desc
    limit $4
) r
where r.violation_id = cast($1 as bigint) or r.category_id = cast($2 as bigint)
