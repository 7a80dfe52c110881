-- Numbers that rows of a table bring, so that a scheme passes over what is confirmed and not yet given out. Few tables have any.
set local search_path = cairn;

create index batch_row_reference on batch_row (tenant, (given ->> 'referenceNumber')) where given ->> 'referenceNumber' is not null;
