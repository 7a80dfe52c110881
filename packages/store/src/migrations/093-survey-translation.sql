-- The words of a survey in a language that it does not come with, or in place of those: uploaded by whoever asks.
set local search_path = cairn;

create table survey_translation (
  tenant uuid, survey uuid, language text, words jsonb not null, saved_at timestamptz not null, saved_name text not null,
  primary key (tenant, survey, language), foreign key (tenant, survey) references survey
);
call guard('survey_translation');
