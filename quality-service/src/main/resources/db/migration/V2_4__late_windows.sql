-- Responses whose judged scores changed, and are to be folded into the windows by the job of the source.
create table judged_change (
  tenant      text     not null,
  event_hash  uuid     not null,
  source      smallint not null,
  primary key (tenant, event_hash)
);
select assay_protect('judged_change');
create index judged_change_source on judged_change (source);

-- What a judged response has added to the windows, so that a change takes exactly that back. Scores are null where the
-- rubric has no such criterion.
create table judged_fold (
  tenant        text     not null,
  event_hash    uuid     not null,
  minute        integer  not null,
  series_id     bigint   not null,
  accuracy      smallint,
  helpfulness   smallint,
  relevance     smallint,
  completeness  smallint,
  coherence     smallint,
  primary key (tenant, event_hash)
);
select assay_protect('judged_fold');
create index judged_fold_minute on judged_fold (tenant, minute);

-- The times of a session within which calls changed, and whose queries are to be told anew.
create table session_change (
  tenant        text     not null,
  session_hash  uuid     not null,
  source        smallint not null,
  low_us        bigint   not null,
  high_us       bigint   not null,
  primary key (tenant, session_hash)
);
select assay_protect('session_change');
create index session_change_source on session_change (source);

-- What a session's query has added to the windows.
create table requery_fold (
  tenant         text    not null,
  session_hash   uuid    not null,
  event_hash     uuid    not null,
  event_time_us  bigint  not null,
  minute         integer not null,
  series_id      bigint  not null,
  rephrased      boolean not null,
  primary key (tenant, session_hash, event_hash)
);
select assay_protect('requery_fold');
create index requery_fold_minute on requery_fold (tenant, minute);
create index call_fact_session_time on call_fact (tenant, session_hash, event_time_us) where session_hash is not null;
