-- The first and the last day on which anything counts, of the cases taken in.
select min(e.counted_on), max(e.counted_on)
