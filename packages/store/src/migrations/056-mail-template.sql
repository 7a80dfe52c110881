-- An institution's own words for its mails, by what they tell and in which language. Without a row ours are used.
set local search_path = cairn;

create table mail_template (
  tenant uuid, kind text, language text, subject text not null, body text not null, changed_at timestamptz not null, changed_by text not null,
  primary key (tenant, kind, language)
);
call guard('mail_template');
