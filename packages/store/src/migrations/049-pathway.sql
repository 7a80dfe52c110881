-- Pathways: a draft that changes, versions that never do; and requests of learners for the larger award.
set local search_path = cairn;

create table pathway (
  tenant uuid, id uuid, draft jsonb not null, revision int not null default 0, saved_at timestamptz not null,
  proposed_by text, proposed_name text, proposed_at timestamptz, primary key (tenant, id)
);
create table pathway_version (
  tenant uuid, id uuid, pathway uuid not null, version int not null, content jsonb not null, hash text not null, published_at timestamptz not null,
  published_by text not null, approved_by text, primary key (tenant, id), unique (tenant, pathway, version), foreign key (tenant, pathway) references pathway
);
create trigger pathway_version_immutable before update or delete on pathway_version for each row execute function refuse_change();
create table pathway_retirement (
  tenant uuid, version uuid, at timestamptz not null, primary key (tenant, version), foreign key (tenant, version) references pathway_version
);

-- The reports are those of the day it was asked for; places are credentials of this installation, which are verified again while it waits.
create table stack_request (
  tenant uuid, id uuid, version uuid not null, learner text not null, email text not null, language text not null, held jsonb not null,
  state text not null, asked_at timestamptz not null, token_hash bytea not null unique, revision int not null default 0,
  decided_at timestamptz, decided_by text, decided_name text, words text, batch uuid, primary key (tenant, id),
  foreign key (tenant, version) references pathway_version
);
create unique index stack_request_once on stack_request (tenant, version, lower(email)) where state = 'asked';
create index stack_request_open on stack_request (tenant, state, asked_at);

call guard('pathway'); call guard('pathway_version'); call guard('pathway_retirement'); call guard('stack_request');
revoke update, delete on pathway_version, pathway_retirement from cairn_app;

-- Look-ups before a tenant is known: institutions with pathways on offer, and a request by its link.
create function find_pathway_bodies() returns table (tenant uuid, organisation jsonb) language sql stable security definer set search_path = cairn as
  $$ select i.tenant, i.organisation from institution i where exists (select from pathway_version v where v.tenant = i.tenant
       and not exists (select from pathway_retirement r where r.tenant = v.tenant and r.version = v.id)) order by i.created_at $$;
create function find_stack_request(hash bytea) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from stack_request where token_hash = hash $$;
revoke execute on function find_pathway_bodies, find_stack_request from public;
grant execute on function find_pathway_bodies, find_stack_request to cairn_platform;
