-- Cases that may have a deadline that nothing has ended: they are open (0),
-- decided (1) or paid in part (2), or were decided after they had left.
, (select count(*) from disposal d where d.case_seq = c.case_seq and d.province_id = c.province_id)
from cases c
where (c.status in (0, 1, 2) or (
        c.status in (4, 5) and c.decided_on is not null
        and (c.transferred_on is null or c.transferred_on < c.decided_on)
        and (c.closed_on is null or c.closed_on < c.decided_on)
    )) and
