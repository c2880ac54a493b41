-- How many cases the running totals hold of dimension $1: what stands for many
-- is one case.
select (
    select cast(coalesce(sum(t.n), 0) as bigint) from total t
    where t.dimension = $1 and t.dating = 2 and t.kind = 1
        and (cast($2 as text) is null or cast($2 as text) like '%,' || cast(t.province_id as text) || ',%')
        and (cast($3 as text) is null or cast($3 as text) like '%,' || cast(t.member_id as text) || ',%')
) - (
    select cast(coalesce(sum(c.case_count - 1), 0) as bigint) from cases c
    where c.case_count > 1 and c.status <> 6
        and (cast($2 as text) is null or cast($2 as text) like '%,' || cast(c.province_id as text) || ',%')
        and (cast($3 as text) is null or cast($3 as text) like '%,' || cast(
            case $1 when 1 then c.force_id when 2 then c.agency_id when 3 then coalesce(c.violation_id, 0)
                else coalesce(c.category_id, 0) end as text) || ',%')
)
