-- The numbers of cases found from day $14 to before day $15.
select c.case_seq, c.agency_id, c.detected_on, c.case_no_folded
from cases c
where c.case_no_folded is not null and c.detected_on >= $14 and c.detected_on < $15 and
