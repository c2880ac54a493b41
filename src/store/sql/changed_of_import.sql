-- The cases of an import that were changed since.
select c.case_seq, c.id, c.case_no from cases c
where c.import_id = $1 and c.status <> 6 and exists (select 1 from journal j where j.case_id = c.id)
order by c.case_seq
