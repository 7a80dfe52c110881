-- What an institution declares under its seal besides awards: decisions on recognition, pathways, stack receipts. Each is sealed once and never changes.
set local search_path = cairn;

create table declaration (
  tenant uuid, id uuid, kind text not null, subject uuid not null, number int not null, sealed bytea not null, key uuid not null, sealed_at timestamptz not null,
  primary key (tenant, id), unique (tenant, kind, subject, number)
);
create trigger declaration_immutable before update or delete on declaration for each row execute function refuse_change();
call guard('declaration');
revoke update, delete on declaration from cairn_app;
