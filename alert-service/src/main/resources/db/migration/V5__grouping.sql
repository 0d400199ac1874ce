-- Notifications that go together.

-- JSON as on the wire; empty: one by one, at once.
alter table receiver add column grouping text not null default '';
grant select (grouping) on receiver to "${reader}";

-- released_time: when it was decided to send what is for a receiver that groups. group_keys: the groups that it tells of.
-- state may be grouped too: told within the digest that told_within names. repeats: a digest of what was told before.
alter table delivery
  add column released_time  timestamptz,
  add column group_keys     text[] not null default '{}',
  add column told_within    text,
  add column repeats        boolean not null default false;
create index delivery_told_within on delivery (tenant, told_within) where told_within is not null;
create index delivery_waiting on delivery (tenant, receiver_id, seq) where state = 'queued';
create index delivery_released on delivery (tenant, receiver_id, released_time) where released_time is not null;

-- What a receiver was last told of a group. firing: the incidents that it was told of and that had not ended then.
create table notification_group (
  tenant       text        not null,
  receiver_id  text        not null,
  group_key    text        not null,
  told_time    timestamptz not null,
  firing       text[]      not null,
  primary key (tenant, receiver_id, group_key)
);
select assay_protect('notification_group');
