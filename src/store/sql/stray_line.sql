-- A line of a list that belongs to no case of its province.
select l.name from (
    select 'more_goods' as name, case_seq, province_id from more_goods
    union all select 'payment', case_seq, province_id from payment
    union all select 'disposal', case_seq, province_id from disposal
    union all select 'attachment', case_seq, province_id from attachment
) l
where not exists (select 1 from cases c where c.case_seq = l.case_seq and c.province_id = l.province_id)
limit 1
