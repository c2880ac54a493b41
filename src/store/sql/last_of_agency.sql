-- The last case of agency $16 that was found from day $14 to before day $15:
-- by the days, the last first. "+" keeps SQLite from the index of agencies,
-- which would give all cases of one.
select c.case_seq, c.id, c.case_no, c.agency_id, c.detected_on
from cases c
where c.detected_on >= $14 and c.detected_on < $15 and +c.agency_id = $16 and
