-- Incidents of which nothing is known any more.

-- When its alert had had no value for too long; null again when it has one.
alter table incident add column expired_time timestamptz;
create index incident_open on incident (tenant, rule_id, labels_key) where ended_at is null;

-- The last minute at which the alert had a value, or at which it was first looked at.
alter table alert_state add column measured_minute integer;
update alert_state set measured_minute = evaluated_minute;
