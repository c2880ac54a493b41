-- From version 7 to 8: the index of days has the province, so that near cases
-- of other provinces are not read.
drop index cases_by_detected_on;
create index cases_by_detected_on on cases (detected_on, province_id);
