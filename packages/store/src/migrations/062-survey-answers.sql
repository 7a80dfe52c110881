-- Answers are saved by page, each page as a whole, so no count of changes is asked for.
set local search_path = cairn;

alter table survey_invitation drop column revision;
