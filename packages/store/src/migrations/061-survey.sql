-- The requirements survey as an institution opens it, the bodies it invites by a link of their own, and what each answers. A link is kept as its hash alone.
set local search_path = cairn;

create table survey (
  tenant uuid, id uuid, version int not null, title jsonb not null, host text not null, languages text[] not null, closes_on date not null,
  opened_at timestamptz not null, opened_name text not null, primary key (tenant, id)
);
create table survey_invitation (
  tenant uuid, id uuid, survey uuid not null, name text not null, email text, language text not null, token_hash bytea not null,
  invited_at timestamptz not null, respondent jsonb not null default '{}', answers jsonb not null default '{}', revision int not null default 0,
  saved_at timestamptz, primary key (tenant, id), foreign key (tenant, survey) references survey
);
create unique index survey_invitation_once on survey_invitation (tenant, survey, lower(name));
create index survey_invitation_token on survey_invitation (token_hash);
call guard('survey'); call guard('survey_invitation');

-- A look-up before a tenant is known.
create function find_survey_invitation(hash bytea) returns table (tenant uuid, id uuid) language sql stable security definer set search_path = cairn as
  $$ select tenant, id from survey_invitation where token_hash = hash $$;
revoke execute on function find_survey_invitation from public;
grant execute on function find_survey_invitation to cairn_platform;
