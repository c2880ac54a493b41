from journal where case_id = $1 order by revision
