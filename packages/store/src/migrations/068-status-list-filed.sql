-- The number under which a list was last written to the storage of public files; 0 when it is to be written, whatever its number.
set local search_path = cairn;

alter table status_list add filed int not null default 0;
create index status_list_unfiled on status_list (tenant, id) where filed < sequence;
