-- The newest $1 cases, with what they may be like others in and their amounts, in
-- the order of the index of days: none are sorted. What stands for many cases is
-- like none.
select c.id, c.violation_id, c.category_id, c.fine_amount, c.seized_value
from cases c
where c.status <> 6 and c.case_count = 1
order by c.detected_on desc, c.province_id desc, c.case_seq desc
limit $1
