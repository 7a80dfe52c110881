-- The trust registry as it came to be: every change, who proposed it and who decided, for ever (R-ISS-2, R-TL-2). `trust_entry` is what holds today.
set local search_path = cairn;

alter table trust_entry add kind text not null default 'issuer' check (kind in ('issuer', 'authority', 'time-stamps'));
alter table trust_entry add taken_out_at timestamptz;

-- What an entry is to be; without a record it is to be taken out. `institution` is where the change comes from; public facts, so no tenant guards them.
create table trust_change (
  id uuid primary key, entry uuid not null, institution uuid not null, record jsonb, demonstration boolean not null,
  source text not null check (source in ('before', 'person', 'key', 'file', 'demonstration')), note text,
  proposed_at timestamptz not null, proposed_by text not null, proposed_name text not null
);
create index trust_change_of on trust_change (entry, proposed_at);

-- `alone` says that nobody else was there who could have decided, or that none is needed: the own key of an institution, a demonstration.
create table trust_decision (
  change uuid primary key references trust_change, decision text not null check (decision in ('approved', 'refused')), note text,
  decided_at timestamptz not null, decided_by text not null, decided_name text not null, alone boolean not null
);
create trigger trust_change_immutable before update or delete on trust_change for each row execute function refuse_change();
create trigger trust_decision_immutable before update or delete on trust_decision for each row execute function refuse_change();
grant select, insert on trust_change, trust_decision to cairn_app;

-- What stands there already was vouched for by the owner of one key.
insert into trust_change (id, entry, institution, record, demonstration, source, proposed_at, proposed_by, proposed_name)
  select id, id, tenant, jsonb_build_object('kind', 'issuer', 'entry', entry, 'anchors', anchors), demonstration, 'before', created_at, 'system', '' from trust_entry;
insert into trust_decision (change, decision, decided_at, decided_by, decided_name, alone)
  select id, 'approved', created_at, 'system', '', true from trust_entry;

-- How many institutions this installation has: with one of them, its owners keep the registry.
create function count_institutions() returns bigint language sql stable security definer set search_path = cairn as $$ select count(*) from institution $$;
revoke execute on function count_institutions from public;
grant execute on function count_institutions to cairn_app;
