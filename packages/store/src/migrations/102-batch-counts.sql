-- The rows of a batch that is confirmed or cancelled do not change any more, nor the seals of one that is done: they are counted once, and not for everybody
-- who looks. Where nothing is kept, they are counted. What learners took and what was revoked changes for ever; both are counted in an index that holds them alone.
set local search_path = cairn;

alter table batch add counts jsonb, add sealed int;
update batch b set counts = (select jsonb_build_object('rows', count(*), 'ready', count(*) filter (where problems = '[]' and duplicate_of is null),
    'wrong', count(*) filter (where problems <> '[]'), 'duplicate', count(*) filter (where problems = '[]' and duplicate_of is not null),
    'replacing', coalesce(bool_or(replaces is not null), false))
    from batch_row where tenant = b.tenant and batch = b.id and not left_out),
  sealed = case when state = 'done' then (select count(sealed_at) from credential where tenant = b.tenant and batch = b.id) end
  where state in ('confirmed', 'sealing', 'done', 'failed', 'cancelled');
create index credential_delivered on credential (tenant, batch) where delivered_at is not null;
create index credential_revoked_of_batch on credential (tenant, batch) where revoked_at is not null;
