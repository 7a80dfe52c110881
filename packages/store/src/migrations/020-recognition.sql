-- Recognition: a body's rules, what it recognises for, what it is asked, and what it answered.
set local search_path = cairn;

create table policy (
  tenant uuid, id uuid, draft jsonb not null, revision int not null default 0, saved_at timestamptz not null,
  proposed_by text, proposed_name text, proposed_at timestamptz, primary key (tenant, id)
);

-- A published version never changes; when it is no longer offered is beside it.
create table policy_version (
  tenant uuid, id uuid, policy uuid not null, version int not null, content jsonb not null, hash text not null, published_at timestamptz not null,
  published_by text not null, approved_by text, primary key (tenant, id), unique (tenant, policy, version), foreign key (tenant, policy) references policy
);
create trigger policy_version_immutable before update or delete on policy_version for each row execute function refuse_change();
create table policy_retirement (
  tenant uuid, version uuid, at timestamptz not null, primary key (tenant, version), foreign key (tenant, version) references policy_version
);

create table recognition_target (
  tenant uuid, id uuid, title jsonb not null, content jsonb not null, archived boolean not null default false, saved_at timestamptz not null,
  primary key (tenant, id)
);

-- The case is what was verified when it was handed in; known is what people of the body added. Both are frozen with the decision.
create table recognition_request (
  tenant uuid, id uuid, target uuid not null, purpose text not null, learner text not null, email text not null, language text not null,
  reports jsonb not null, consent jsonb not null, known jsonb not null default '{}', state text not null, submitted_at timestamptz not null,
  due_on date not null, paused_at timestamptz, question text, answer text, token_hash bytea not null unique, revision int not null default 0,
  credential text not null, achievement text, frozen text, outcome text, precedent text, decided_at timestamptz,
  decided_by text, decided_name text, appeal_until date, appeal text, appealed_at timestamptz, appeal_outcome text,
  appeal_words text, appeal_name text, closed_at timestamptz, primary key (tenant, id), foreign key (tenant, target) references recognition_target
);
create unique index recognition_once on recognition_request (tenant, credential, target) where state in ('submitted', 'evidence-asked', 'appealed');
create index recognition_open on recognition_request (tenant, due_on) where closed_at is null;
create index recognition_precedent on recognition_request (tenant, precedent);
create index recognition_learner on recognition_request (tenant, lower(email));

-- An issuer's outcomes beside ours, as a person compared them: remembered for the next learner of the same edition.
create table outcome_comparison (
  tenant uuid, achievement text, target uuid, matches jsonb not null, compared_by text not null, compared_at timestamptz not null,
  primary key (tenant, achievement, target)
);

call guard('policy'); call guard('policy_version'); call guard('policy_retirement'); call guard('recognition_target');
call guard('recognition_request'); call guard('outcome_comparison');
revoke update, delete on policy_version, policy_retirement from cairn_app;

-- Look-ups before a tenant is known: bodies that published rules, and a request by its link.
create function find_bodies() returns table (tenant uuid, organisation jsonb) language sql stable security definer set search_path = cairn as
  $$ select i.tenant, i.organisation from institution i where exists (select from policy_version v where v.tenant = i.tenant
       and not exists (select from policy_retirement r where r.tenant = v.tenant and r.version = v.id)) order by i.created_at $$;
create function find_recognition(hash bytea) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from recognition_request where token_hash = hash $$;
revoke execute on function find_bodies, find_recognition from public;
grant execute on function find_bodies, find_recognition to cairn_platform;
