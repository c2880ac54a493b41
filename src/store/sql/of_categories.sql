-- Of the categories of a filter, by the same index.
and c.category_id in (
    select k.category_id from category k where cast($5 as text) like '%,' || cast(k.category_id as text) || ',%'
)
