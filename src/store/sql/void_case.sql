update cases set revision = $2, status = 6, voided_on = $3, void_reason = $4 where case_seq = $1
