create table test_ledger (
  tenant        text    not null,
  event_id      text    not null,
  source        smallint not null,
  record_offset bigint  not null,
  tokens        bigint  not null,
  primary key (tenant, event_id)
);
select assay_protect('test_ledger');
