-- From version 3 to 4: photos and scans, published months.
create table attachment (
    case_seq bigint not null,
    province_id bigint not null,
    line bigint not null check (line >= 1),
    sha256 text not null,
    name text not null,
    bytes bigint not null check (bytes >= 0),
    added_on bigint not null,
    note text,
    foreign key (case_seq) references cases (case_seq), -- sqlite
    --postgres foreign key (case_seq, province_id) references cases (case_seq, province_id),
    primary key (case_seq, province_id, line)
) without rowid; -- sqlite
--postgres );
create table publication (
    number bigint not null primary key,
    first_day bigint not null,
    last_day bigint not null
);
