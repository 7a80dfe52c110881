-- Answers are asked for again a year after they were confirmed, for changes only. Each change of finished answers is a version, and what it was is kept.
set local search_path = cairn;

alter table survey add column yearly boolean not null default false;
alter table survey_invitation add column version int not null default 0, add column confirmed_version int not null default 0,
  add column confirmed_at timestamptz, add column asked_at timestamptz,
  -- The rules that the body drafted from its answers on this installation, and from which version.
  add column rules_tenant uuid, add column rules uuid, add column rules_version int;
update survey_invitation set version = 1, confirmed_version = 1, confirmed_at = saved_at where answers ? 'D5';
create index survey_invitation_confirmed on survey_invitation (confirmed_at) where confirmed_at is not null;

create table survey_answer_version (
  tenant uuid, invitation uuid, version int, respondent jsonb not null, answers jsonb not null, saved_at timestamptz not null,
  primary key (tenant, invitation, version), foreign key (tenant, invitation) references survey_invitation on delete cascade
);
call guard('survey_answer_version');
insert into survey_answer_version select tenant, id, 1, respondent, answers, saved_at from survey_invitation where version = 1;
