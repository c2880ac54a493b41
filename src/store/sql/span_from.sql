-- The first day of the periods over which these cases were found.
select min(c.detected_from) from cases c where c.detected_from is not null and
