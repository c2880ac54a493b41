-- The first and the last day on which anything counts, of the cases taken in.
select min(counted_on), max(counted_on)
