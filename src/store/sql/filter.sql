-- Which cases "c" a filter takes in: each part holds where its value is null.
-- A set of numbers is a text ",1,2,"; words are a pattern "% word% word%".
(cast($1 as text) is null or cast($1 as text) like '%,' || cast(c.province_id as text) || ',%')
and (cast($2 as text) is null or cast($2 as text) like '%,' || cast(c.agency_id as text) || ',%')
and (cast($3 as text) is null or cast($3 as text) like '%,' || cast(c.force_id as text) || ',%')
and (cast($4 as text) is null or cast($4 as text) like '%,' || cast(c.violation_id as text) || ',%')
and (cast($5 as text) is null or cast($5 as text) like '%,' || cast(c.category_id as text) || ',%')
and (cast($6 as text) is not null or c.status <> 6)
and (cast($6 as text) is null or cast($6 as text) like '%,' || cast(c.status as text) || ',%')
and (cast($7 as text) is null or ' ' || c.goods_name_folded like cast($7 as text) or exists (
    select 1 from more_goods g
    where g.case_seq = c.case_seq and g.province_id = c.province_id and ' ' || g.name_folded like cast($7 as text)
))
and (cast($8 as text) is null or ' ' || c.offender_folded like cast($8 as text))
and (cast($9 as bigint) is null or c.fine_amount >= cast($9 as bigint))
and (cast($10 as bigint) is null or c.fine_amount <= cast($10 as bigint))
and (cast($11 as bigint) is null or c.seized_value >= cast($11 as bigint))
and (cast($12 as bigint) is null or c.seized_value <= cast($12 as bigint))
and (cast($13 as bigint) is null or c.import_id = cast($13 as bigint))
