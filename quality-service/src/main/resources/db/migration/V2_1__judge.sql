-- Rubrics of the judge; a version never changes. definition: its criteria as JSON.
create table rubric (
  tenant      text    not null,
  name        text    not null,
  version     integer not null,
  definition  text    not null,
  created_us  bigint  not null,
  primary key (tenant, name, version)
);
select assay_protect('rubric');

-- The project's judge; the key is sealed. epoch names all that makes scores comparable.
create table judge (
  tenant          text    not null primary key,
  url             text    not null,
  model           text    not null,
  sealed_key      bytea,
  rubric_name     text    not null,
  rubric_version  integer not null,
  rate            double precision not null,
  all_flagged     boolean not null,
  enabled         boolean not null,
  epoch           text    not null,
  updated_us      bigint  not null
);
select assay_protect('judge');

-- Responses to be judged, and judged ones. state: 0 waiting, 1 scored, 2 failed. due_us: not before; a claim moves it on.
create table judge_task (
  tenant         text     not null,
  event_hash     uuid     not null,
  epoch          text     not null,
  event_id       text     not null,
  minute         integer  not null,
  series_id      bigint   not null,
  weight         double precision not null,
  content_hash   uuid     not null,
  prompt         text,
  response       text     not null,
  context        text,
  state          smallint not null default 0,
  attempts       smallint not null default 0,
  due_us         bigint   not null,
  failure        text,
  cached         boolean  not null default false,
  overall        real,
  primary key (tenant, event_hash, epoch)
);
select assay_protect('judge_task');
create index judge_task_due on judge_task (tenant, epoch, due_us) where state = 0;
create index judge_task_content on judge_task (tenant, epoch, content_hash) where state = 1;
create index judge_task_labels on judge_task (tenant, epoch, event_hash) where state = 1;

create table judge_score (
  tenant         text     not null,
  event_hash     uuid     not null,
  epoch          text     not null,
  criterion      text     not null,
  score          smallint not null,
  justification  text     not null,
  minute         integer  not null,
  series_id      bigint   not null,
  weight         double precision not null,
  primary key (tenant, event_hash, epoch, criterion)
);
select assay_protect('judge_score');
create index judge_score_minute on judge_score (tenant, epoch, criterion, minute);

-- What people gave the same responses.
create table label (
  tenant      text     not null,
  event_hash  uuid     not null,
  event_id    text     not null,
  criterion   text     not null,
  labeler     text     not null,
  score       smallint not null,
  labeled_us  bigint   not null,
  primary key (tenant, event_hash, criterion, labeler)
);
select assay_protect('label');
create index label_criterion on label (tenant, criterion);
