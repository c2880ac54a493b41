//! What happened to cases, as the schema's view has it.

/// The view `happening` of the schema, of some of the cases, with more columns
/// of theirs: a test holds it to the schema.
macro_rules! happening {
    ($cases:literal, $more:literal) => {
        concat!(
            "select c.case_seq, c.province_id, c.detected_on as happened_on, c.detected_on, 1 as kind,\n    ",
            "c.case_count as n, c.case_count_bound as n_bound, c.seized_value as amount, c.seized_bound as amount_bound",
            $more,
            "\nfrom ",
            $cases,
            " c\nunion all\nselect c.case_seq, c.province_id, c.decided_on, c.detected_on, 2,\n    ",
            "c.case_count, c.case_count_bound, c.fine_amount, c.fine_bound",
            $more,
            "\nfrom ",
            $cases,
            " c where c.decided_on is not null\nunion all\n",
            "select c.case_seq, c.province_id, c.decided_on, c.detected_on, 3, 1, 0, c.illegal_profit, c.profit_bound",
            $more,
            "\nfrom ",
            $cases,
            " c where c.decided_on is not null and c.illegal_profit is not null\nunion all\n",
            "select p.case_seq, p.province_id, p.paid_on, c.detected_on, 4, 1, 0, p.amount, p.amount_bound",
            $more,
            "\nfrom payment p join ",
            $cases,
            " c on c.case_seq = p.case_seq and c.province_id = p.province_id\nunion all\n",
            "select d.case_seq, d.province_id, d.disposed_on, c.detected_on, 5 + d.how, 1, 0, d.value, d.value_bound",
            $more,
            "\nfrom disposal d join ",
            $cases,
            " c on c.case_seq = d.case_seq and c.province_id = d.province_id\nunion all\n",
            "select c.case_seq, c.province_id, c.transferred_on, c.detected_on, 9,\n    ",
            "c.case_count, c.case_count_bound, c.persons, 0",
            $more,
            "\nfrom ",
            $cases,
            " c where c.transferred_on is not null"
        )
    };
}
