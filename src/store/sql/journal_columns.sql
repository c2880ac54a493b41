chain, number, at, who, action, case_id, revision, reason, body, hash
