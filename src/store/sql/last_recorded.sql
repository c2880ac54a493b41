-- The case that $1 recorded last, else the one that anyone did, as far as the
-- last $2 entries of each chain tell: SQLite keeps the order of a cross join,
-- and so looks at the ends of the chains alone.
select j.case_id
from chain c
cross join journal j
where j.chain = c.chain and j.number > c.length - $2 and j.action = 'record'
order by case when j.who = $1 then 0 else 1 end, j.at desc, j.number desc
limit 1
