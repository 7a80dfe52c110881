-- The id that the credential of a row will have, where it was named before the row is sealed: in the stack receipt that the award is made by.
set local search_path = cairn;

alter table batch_row add promised uuid;
