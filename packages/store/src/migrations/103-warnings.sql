-- What somebody should look at in a row that is sealed all the same. Null is nothing, as for most rows.
set local search_path = cairn;

alter table batch_row add warnings jsonb;
