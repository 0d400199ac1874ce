package dev.assay.contracts;

import java.util.List;
import java.util.Map;

/**
 * The Kafka topics through which the services meet: name, value type, clean-up policy and retention.
 *
 * <p>Declared here once and created by the local stack or by the Helm chart, never by a service; a service's readiness
 * compares what exists with what stands here. Partitions are only ever added.
 */
public final class Topics {
    /** {@code AcceptedEvents}, from ingest's entrance to ingest's ledger. Key: tenant + trace id, else event id. */
    public static final String EVENTS = "llm.events.v1";

    /** {@code CallRevised}, from ingest's ledger to cost and quality. Keyed as {@link #EVENTS}. */
    public static final String CALLS = "llm.calls.v1";

    /** {@code FeedbackEvent}. Key: tenant + user, else session, else trace or call id. */
    public static final String FEEDBACK = "llm.feedback.v1";

    /** {@code ScoreRevised}, from quality to its own rollups and to cost. Keyed as the call. */
    public static final String SCORES = "llm.scores.v1";

    /** {@code KpiRecord}: windows keyed by tenant + series, ticks to every partition. */
    public static final String WINDOWS = "kpi.windows.v1";

    /** {@code AlertEvent}. Key: tenant + rule. */
    public static final String ALERTS = "alert.events.v1";

    /** {@code ProjectSection}, compacted. Key: project + "/" + section. */
    public static final String PROJECTS = "control.projects.v1";

    /** {@code Rejection}: what was refused and why. Key: tenant. */
    public static final String REJECTIONS = "ingest.rejections.v1";

    /** Records that a sink could not handle, as they were. Key: topic, partition, offset and the reason. */
    public static final String DEAD_LETTERS = "assay.dlq";

    /** Partitions of each topic on one machine; a Helm installation has more. */
    public static final int LOCAL_PARTITIONS = 6;

    private static final String WEEK_MS = String.valueOf(7L * 24 * 60 * 60 * 1000);

    /** Largest record that a topic takes, in bytes. */
    public static final int MAX_RECORD_BYTES = 1024 * 1024;

    /** A topic and its settings. */
    public record Topic(String name, Map<String, String> config) {}

    /**
     * The number under which a topic is stored beside offsets and windows; at most 32.
     *
     * @throws IllegalArgumentException if the name is none of ours
     */
    public static short id(String name) {
        List<Topic> topics = all();
        for (short id = 0; id < topics.size(); id++) {
            if (topics.get(id).name().equals(name)) {
                return id;
            }
        }
        throw new IllegalArgumentException("no such topic: " + name);
    }

    /** The topic of a number that {@link #id} gave. */
    public static String name(int id) {
        return all().get(id).name();
    }

    /** Every topic of an installation. New ones go to the end: the order gives the numbers. */
    public static List<Topic> all() {
        return List.of(
                streamed(EVENTS),
                streamed(CALLS),
                streamed(FEEDBACK),
                streamed(SCORES),
                streamed(WINDOWS),
                streamed(ALERTS),
                new Topic(PROJECTS, Map.of("cleanup.policy", "compact", "max.message.bytes", maxBytes())),
                streamed(REJECTIONS),
                streamed(DEAD_LETTERS));
    }

    private static Topic streamed(String name) {
        return new Topic(
                name, Map.of("cleanup.policy", "delete", "retention.ms", WEEK_MS, "max.message.bytes", maxBytes()));
    }

    /** Room for the record's headers and the batch's own frame. */
    private static String maxBytes() {
        return String.valueOf(MAX_RECORD_BYTES + 64 * 1024);
    }

    private Topics() {}
}
