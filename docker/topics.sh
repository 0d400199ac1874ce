#!/bin/sh
# Creates the topics of an installation; those that exist stay as they are. For compose.yaml.
set -eu
create() {
  name=$1
  shift
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$KAFKA" --create --if-not-exists --topic "$name" \
    --partitions 6 --replication-factor 1 --config max.message.bytes=1114112 "$@"
}
for topic in llm.events.v1 llm.calls.v1 llm.feedback.v1 llm.scores.v1 kpi.windows.v1 alert.events.v1 ingest.rejections.v1 assay.dlq; do
  create "$topic" --config cleanup.policy=delete --config retention.ms=604800000
done
create control.projects.v1 --config cleanup.policy=compact
