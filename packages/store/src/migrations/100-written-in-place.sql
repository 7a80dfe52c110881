-- A credential is written twice, as an intention and with its seal, and most rows of a batch are too. Where no index holds what changes, and the page has
-- room, the second writing touches no index at all; there were seven to write anew for each credential. The room is what the first version leaves behind
-- anyway. Sealed by a key since when is found among what that key sealed.
drop index credential_by_key;
create index credential_by_key on credential (tenant, actor) where actor like 'key:%';
alter table credential set (fillfactor = 50);
alter table batch_row set (fillfactor = 50);
