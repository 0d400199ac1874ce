-- What is past the retention is found by project and minute.
create index call_text_minute on call_text (tenant, minute);
create index call_fact_minute on call_fact (tenant, minute);
create index judge_task_minute on judge_task (tenant, minute);
create index judge_score_time on judge_score (tenant, minute);
create index label_time on label (tenant, labeled_us);
create index gate_run_time on gate_run (tenant, created_us);
