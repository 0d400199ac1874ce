-- Projects and their API keys. published: whether control.projects.v1 has the present state.

create table project (
  tenant        text        not null primary key,
  name          text        not null,
  currency      text        not null default 'USD',
  generated     boolean     not null default false,
  created_time  timestamptz not null default now(),
  published     boolean     not null default false
);
select assay_protect('project');
create index project_unpublished on project (tenant) where not published;

-- secret_hmac: HMAC-SHA256 of the key's secret under the installation's pepper.
create table api_key (
  tenant        text        not null references project (tenant),
  key_id        text        not null unique,
  name          text        not null,
  secret_hmac   bytea       not null,
  scopes        text[]      not null,
  created_time  timestamptz not null default now(),
  revoked_time  timestamptz,
  primary key (tenant, key_id)
);
select assay_protect('api_key');
