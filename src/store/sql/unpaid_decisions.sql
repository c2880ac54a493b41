-- Cases decided from day $14 to before day $15 whose fine is not paid, or not
-- wholly.
select c.case_seq, c.id, c.case_no, c.agency_id, c.detected_on, c.decided_on
from cases c
where c.decided_on >= $14 and c.decided_on < $15 and c.status in (1, 2) and c.fine_amount > 0 and
