-- One award, every form: forms other than the sealed one are signed when somebody first asks for them, and kept.
set local search_path = cairn;

create table credential_form (
  tenant uuid, credential uuid, form text not null, bytes bytea not null, key uuid not null, made_at timestamptz not null,
  primary key (tenant, credential, form), foreign key (tenant, credential) references credential
);
alter table credential_form alter column bytes set storage external;
call guard('credential_form');
create trigger credential_form_immutable before update or delete on credential_form for each row execute function refuse_change();
revoke update, delete on credential_form from cairn_app;

-- The same list as a token status list, published together with it.
alter table status_list add column token text;
create function published_token_list(list uuid) returns table (token text, sequence int, published_at timestamptz) language sql stable security definer set search_path = cairn as
  $$ select token, sequence, published_at from status_list where status_list.id = list and token is not null $$;
revoke execute on function published_token_list from public;
grant execute on function published_token_list to cairn_platform;
