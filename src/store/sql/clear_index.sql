insert into search (search) values ('delete-all') -- sqlite
--postgres delete from search
