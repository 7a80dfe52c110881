-- What was read elsewhere and is judged with: every state of a trusted list with the bytes that prove it, and snapshots of registries of accreditations.
-- Public facts, so no tenant guards them; kept for ever, for old seals and old decisions rest on them (R-TL-2).
set local search_path = cairn;

create table trusted_list (
  kind text, territory text, digest text, sequence int not null, address text not null, retrieved_at timestamptz not null,
  bytes bytea not null, content jsonb not null, primary key (kind, territory, digest)
);
alter table trusted_list alter column bytes set storage external;
create index trusted_list_newest on trusted_list (kind, territory, sequence desc);

-- When the lists were asked for last, by whichever node, and which of them could not be had or believed.
create table trusted_list_check (one boolean primary key default true check (one), at timestamptz not null, problems jsonb not null default '[]');

create table accreditation_snapshot (
  id uuid primary key, institution uuid not null, source text not null, retrieved_at timestamptz not null, content jsonb not null,
  taken_at timestamptz not null, taken_by text not null, taken_name text not null
);
create trigger trusted_list_immutable before update or delete on trusted_list for each row execute function refuse_change();
create trigger accreditation_snapshot_immutable before update or delete on accreditation_snapshot for each row execute function refuse_change();
grant select on trusted_list, trusted_list_check, accreditation_snapshot to cairn_app, cairn_platform;
grant insert on accreditation_snapshot to cairn_app;
