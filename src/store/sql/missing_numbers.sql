-- Of the numbers from $1 to $2, those that no case of agency $3 has, written
-- with $6 digits at least between the folded texts $4 and $5, and found in the
-- year $7 if that is given. "+" keeps SQLite from the index of agencies, which
-- would give all cases of one for each number.
with recursive counted (n) as (
    select cast($1 as bigint)
    union all
    select n + 1 from counted where n < cast($2 as bigint)
),
written (n, digits) as (
    select n, case when length(cast(n as text)) < cast($6 as bigint)
        then substr('00000000000000000000', 1, cast(cast($6 as bigint) - length(cast(n as text)) as integer)) else '' end
        || cast(n as text)
    from counted
)
select w.n from written w
where not exists (
    select 1 from cases c
    where c.case_no_folded = cast($4 as text) || w.digits || cast($5 as text) and +c.agency_id = cast($3 as bigint)
        and (cast($7 as bigint) is null or c.detected_on / 10000 = cast($7 as bigint))
)
order by w.n
