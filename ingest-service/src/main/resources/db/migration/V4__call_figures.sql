-- What calls are filtered and sorted by, beside what they already are. Null where the call does not tell it.
alter table call
  add column kind          smallint not null default 0,
  add column error_class   text,
  add column duration_us   bigint,
  add column ttft_us       bigint,
  add column input_tokens  bigint,
  add column output_tokens bigint;
