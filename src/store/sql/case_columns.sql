province_id, id, revision, case_no, case_no_folded, commune, agency_id, force_id, partners, detected_from, detected_on,
violation_id, category_id, legal_basis, seized_value, seized_bound, decision_no, decided_on, fine_amount, fine_bound,
illegal_profit, profit_bound, remedies, transferred_on, transferred_to, persons, closed_on, voided_on, void_reason,
offender, offender_folded, offender_kind, offender_id, offender_address, case_count, case_count_bound, status, source,
note, import_id, goods_name, goods_name_folded, goods_quantity, goods_quantity_bound, goods_unit, goods_value,
goods_value_bound, goods_brand, goods_origin
