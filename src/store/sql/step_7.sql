-- From version 7 to 8: the index of days has the province, by which SQLite leaves
-- near cases of other provinces unread.
drop index cases_by_detected_on;
create index cases_by_detected_on on cases (detected_on, province_id);
