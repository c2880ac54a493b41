-- Cases without a number that were recorded one by one, found on a day by a
-- unit in a province.
select case_seq from cases
where import_id is null and case_no is null and status <> 6
    and detected_on = $1 and province_id = $2 and agency_id = $3
order by case_seq
