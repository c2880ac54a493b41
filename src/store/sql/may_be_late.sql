-- Cases whose fine may have been paid late, of a dating ($14) and between two
-- days ($15, $16): what is charged counts after the decision, or all on the
-- day of detection. Of those paid in full (3), one with a payment after the
-- day of the decision.
from cases c
where c.decided_on is not null and (c.fine_amount is null or c.fine_amount > 0)
    and (c.status <> 3 or exists (
        select 1 from payment p
        where p.case_seq = c.case_seq and p.province_id = c.province_id and p.paid_on > c.decided_on
    ))
    and case when cast($14 as bigint) = 0 then c.decided_on < cast($16 as bigint)
        else c.detected_on >= cast($15 as bigint) and c.detected_on < cast($16 as bigint) end
    and
