-- A score may be of a whole trace: it is shown with each of the trace's calls.
create index feedback_scored_trace on feedback (tenant, trace_hash) where score_name is not null and call_hash is null;
