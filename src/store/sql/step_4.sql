-- From version 4 to 5: lists by the largest fine, and how many cases there are.
create index cases_by_fine on cases (fine_amount);
create index cases_of_many on cases (case_count) where case_count > 1 and status <> 6;
