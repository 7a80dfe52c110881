-- Failures to sign in, by the hash of what was tried: an account's address, or where the try came from (R-SES-1). No tenant is known yet.
set local search_path = cairn;

create table sign_in_failure (subject bytea not null, at timestamptz not null);
create index sign_in_failure_recent on sign_in_failure (subject, at);
grant select, insert, delete on sign_in_failure to cairn_platform;
