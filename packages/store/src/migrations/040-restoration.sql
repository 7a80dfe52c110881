-- What a restore leaves to do (R-BAK-4): lists that were published before take no new credentials, and nothing is published below what was.
set local search_path = cairn;

-- One row at most: this database came out of a backup. No tenant: it is about the installation.
create table restoration (
  one boolean primary key default true check (one), backup_at timestamptz not null, restored_at timestamptz not null,
  complete boolean not null, confirmed_at timestamptz, confirmed_by text
);
grant select, update on restoration to cairn_app;
grant select on restoration to cairn_platform;

-- A closed list keeps what it has and gives out no place any more: which of them are taken is not known after a restore.
alter table status_list add closed_at timestamptz;

-- Places that were revoked of credentials that this database does not have: they were sealed after the backup.
create table revoked_place (
  tenant uuid, status_list uuid, status_index int, revoked_at timestamptz not null, primary key (tenant, status_list, status_index)
);
call guard('revoked_place');
