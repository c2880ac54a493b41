) h) e
where counted_on >= cast($15 as bigint) and counted_on < cast($16 as bigint)
