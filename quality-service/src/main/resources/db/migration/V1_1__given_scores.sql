-- Scores that somebody else gave (a person, a program, another product's judge) come as feedback.
alter table feedback
  add column score_name         text,
  add column score_value        double precision,
  add column score_label        text,
  add column score_explanation  text,
  add column score_evaluator    text;
create index feedback_scored_call on feedback (tenant, call_hash) where score_name is not null;
