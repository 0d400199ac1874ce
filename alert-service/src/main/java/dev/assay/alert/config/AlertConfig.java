package dev.assay.alert.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Settings of the alert service. */
@ConfigMapping(prefix = "assay.alert")
public interface AlertConfig {
    /** Hosts, each with or without a port, that notifications may go to although the guard would refuse their addresses. */
    Optional<Set<String>> allowedHosts();

    /** Where PagerDuty takes events, for receivers that name no other address. */
    String pagerDutyUrl();

    /** The dashboard's address as people reach it, for links in notifications. */
    Optional<String> dashboardUrl();

    /** How many days of minutes and quarter hours are kept; baselines look back 14. */
    @Min(15)
    @Max(90)
    @WithDefault("15")
    int retentionDays();

    /** How far behind a rule's clock late data still rewrites its history. */
    @WithDefault("24h")
    Duration replayHorizon();

    /** For how long an alert that fires may have no value before its incident expires, in event time. */
    @WithDefault("1d")
    Duration expireAfter();

    /** How often it is looked for incidents that expire. */
    @WithDefault("30s")
    Duration expireEvery();

    /** How long a receiver has to answer. */
    @WithDefault("10s")
    Duration sendTimeout();

    /** How long a delivery belongs to the replica that took it; after a crash another takes it up then. */
    @WithDefault("30s")
    Duration deliveryLease();

    /** How often it is looked for projects that are due for evaluation. */
    @WithDefault("1s")
    Duration evaluateEvery();

    /** How often it is looked for deliveries that are due. */
    @WithDefault("1s")
    Duration deliverEvery();

    /** How often alert events are sent. */
    @WithDefault("1s")
    Duration publishEvery();

    /** How often what is past retention is forgotten. */
    @WithDefault("1h")
    Duration pruneEvery();

    /** A file of rules, or a folder of them, as of a mounted ConfigMap; none if absent. */
    Optional<String> rulesPath();

    /** How often it is looked for changed files of rules. */
    @WithDefault("30s")
    Duration rulesEvery();

    /** How long nothing is sent to a receiver that has failed five times in a row. */
    @WithDefault("20s")
    Duration circuitRest();

    /** This service's address as people reach it, for links that acknowledge; without it there are none. */
    Optional<String> publicUrl();

    /** Where the heartbeat goes, for a dead man's switch; none if absent. */
    Optional<String> heartbeatUrl();

    /** What heartbeats are signed with, as webhooks are; unsigned if absent. */
    Optional<String> heartbeatSecret();

    /** How often the heart beats. */
    @WithDefault("1m")
    Duration heartbeatEvery();

    /** Services that are not run on purpose, so that nobody is told that nothing is heard of them. */
    Optional<Set<String>> unwatchedServices();

    /** How often alerting itself is looked at. */
    @WithDefault("30s")
    Duration watchEvery();
}
