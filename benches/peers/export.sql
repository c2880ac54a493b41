/* What an export of casebook has, asked of its own file: the same columns of
   the same rows in the same order, as far as the made-up cases go (one lot of
   goods, no payments, no disposals, no one who is charged). When a case was
   recorded, which stands in its id, is left out. */
select
    c.case_no,
    p.name as province,
    p.code as province_code,
    r.name as region,
    c.commune,
    a.name as agency,
    f.code as force,
    c.partners,
    substr(c.detected_from, 1, 4) || '-' || substr(c.detected_from, 5, 2) || '-' || substr(c.detected_from, 7, 2) as detected_from,
    substr(c.detected_on, 1, 4) || '-' || substr(c.detected_on, 5, 2) || '-' || substr(c.detected_on, 7, 2) as detected_on,
    v.code as violation,
    c.legal_basis,
    c.goods_name as goods,
    k.code as category,
    case when c.goods_quantity is not null
        then rtrim(rtrim(printf('%d.%06d', c.goods_quantity / 1000000, c.goods_quantity % 1000000), '0'), '.')
        end as quantity,
    case when c.goods_quantity is not null then case c.goods_quantity_bound when 0 then 'exact' when 1 then 'at_least' when 2 then 'at_most'
        else 'about' end end as quantity_bound,
    c.goods_unit as unit,
    c.goods_value,
    case when c.goods_value is not null then case c.goods_value_bound when 0 then 'exact' when 1 then 'at_least' when 2 then 'at_most'
        else 'about' end end as goods_value_bound,
    c.goods_brand as brand,
    c.goods_origin as origin,
    c.seized_value,
    case when c.seized_value is not null then case c.seized_bound when 0 then 'exact' when 1 then 'at_least' when 2 then 'at_most'
        else 'about' end end as seized_bound,
    c.decision_no,
    substr(c.decided_on, 1, 4) || '-' || substr(c.decided_on, 5, 2) || '-' || substr(c.decided_on, 7, 2) as decided_on,
    c.fine_amount,
    case when c.fine_amount is not null then case c.fine_bound when 0 then 'exact' when 1 then 'at_least' when 2 then 'at_most'
        else 'about' end end as fine_bound,
    c.illegal_profit,
    case when c.illegal_profit is not null then case c.profit_bound when 0 then 'exact' when 1 then 'at_least' when 2 then 'at_most'
        else 'about' end end as illegal_profit_bound,
    c.remedies,
    null as paid_on,
    null as paid_amount,
    null as paid_bound,
    null as disposed_on,
    null as disposed_how,
    null as lot,
    null as disposed_quantity,
    null as disposed_quantity_bound,
    null as disposed_value,
    null as disposed_bound,
    null as minutes,
    substr(c.transferred_on, 1, 4) || '-' || substr(c.transferred_on, 5, 2) || '-' || substr(c.transferred_on, 7, 2) as transferred_on,
    c.transferred_to,
    c.persons,
    substr(c.closed_on, 1, 4) || '-' || substr(c.closed_on, 5, 2) || '-' || substr(c.closed_on, 7, 2) as closed_on,
    substr(c.voided_on, 1, 4) || '-' || substr(c.voided_on, 5, 2) || '-' || substr(c.voided_on, 7, 2) as voided_on,
    c.void_reason,
    c.offender,
    c.offender_kind,
    c.offender_id,
    c.offender_address,
    c.case_count,
    case c.case_count_bound when 0 then 'exact' when 1 then 'at_least' when 2 then 'at_most' else 'about' end
        as case_count_bound,
    case c.status when 0 then 'open' when 1 then 'decided' when 2 then 'part_paid' when 3 then 'paid'
        when 4 then 'transferred' when 5 then 'closed' else 'void' end as status,
    c.source,
    c.note,
    lower(substr(hex(c.id), 1, 8) || '-' || substr(hex(c.id), 9, 4) || '-' || substr(hex(c.id), 13, 4) || '-'
        || substr(hex(c.id), 17, 4) || '-' || substr(hex(c.id), 21)) as id,
    c.revision,
    null as created_at
from cases c
join province p on p.province_id = c.province_id
join province today on today.code = p.code and today.valid_to is null
join region r on r.region_id = today.region_id
join agency a on a.agency_id = c.agency_id
join force f on f.force_id = c.force_id
left join violation v on v.violation_id = c.violation_id
left join category k on k.category_id = c.category_id
where c.status <> 6
order by c.detected_on, c.id;
