-- What happens to a project's texts before they are stored, and how many events it may send; 0: as many as come.
alter table project
  add column content_policy     text    not null default 'keep'
    check (content_policy in ('keep', 'redact', 'hash', 'drop')),
  add column events_per_second  bigint  not null default 0 check (events_per_second >= 0);
