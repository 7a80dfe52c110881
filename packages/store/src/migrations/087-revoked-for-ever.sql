-- What was revoked stays revoked, and since when (R-ST-5): no statement takes it back, whoever makes it.
set local search_path = cairn;

create trigger credential_revoked_for_ever before update of revoked_at on credential for each row
  when (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at) execute function refuse_change();
