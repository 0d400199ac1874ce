-- Why a case has no answer, as a word: only of runs against an endpoint.
alter table gate_result add column failure text;
