-- The newest state of each status list of others that was found signed by who may sign it: an older one that is shown again later says nothing (R-ST-2).
-- Public facts, so no tenant guards them. A list of more than a day ago counts for nothing anyway, so none is kept for long.
set local search_path = cairn;

create table seen_list (address text primary key, at timestamptz not null, bytes bytea not null);
alter table seen_list alter column bytes set storage external;
create index seen_list_old on seen_list (at);
grant select, insert, update, delete on seen_list to cairn_platform;
