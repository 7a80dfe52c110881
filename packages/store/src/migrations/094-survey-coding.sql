-- Answers in words, put under headings: the headings of a question and who gives them, and each code with the text that it was given to, as its hash.
set local search_path = cairn;

create table survey_coding (
  tenant uuid, survey uuid, question text, codes text[] not null, first text not null, second text not null, saved_at timestamptz not null,
  primary key (tenant, survey, question), foreign key (tenant, survey) references survey
);
create table survey_code (
  tenant uuid, invitation uuid, question text, person text, code text not null, settles boolean not null, of_text bytea not null, given_at timestamptz not null,
  primary key (tenant, invitation, question, person), foreign key (tenant, invitation) references survey_invitation on delete cascade
);
call guard('survey_coding'); call guard('survey_code');
