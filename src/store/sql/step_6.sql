-- From version 6 to 7: the index of agencies has the days on which cases count,
-- so that those of other days are not read.
drop index cases_by_agency;
create index cases_by_agency on cases (agency_id, category_id, detected_on, decided_on, transferred_on);
