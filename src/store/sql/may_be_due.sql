-- Cases that may have a deadline that nothing has ended: they are open (0),
-- decided (1) or paid in part (2).
, (select count(*) from disposal d where d.case_seq = c.case_seq and d.province_id = c.province_id)
from cases c
where c.status in (0, 1, 2) and
