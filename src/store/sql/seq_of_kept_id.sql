-- The row of the case of an id, by the runs of ids up to run $2.
with recursive r (run) as (select 0 union all select run + 1 from r where run < $2)
select i.case_seq from r cross join import_ids i where i.run = r.run and i.id = $1 limit 1
