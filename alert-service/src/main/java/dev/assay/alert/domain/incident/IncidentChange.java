package dev.assay.alert.domain.incident;

/**
 * What an evaluation changed about an incident.
 *
 * @param after the incident as it is now
 * @param pages whether the receivers are told
 * @param reason why they are, or why not
 */
public record IncidentChange(Kind kind, Incident after, boolean pages, Reason reason) {

    /** What happened. */
    public enum Kind {
        OPENED,
        /** Late data moved its begin or end; people were told before or will not be. */
        MOVED,
        REOPENED,
        /** An open incident of which nobody was told is told after all: it holds, and nothing keeps it quiet any more. */
        TOLD,
        RESOLVED,
        /** Late data shows that there was nothing, or that it was part of another incident. */
        WITHDRAWN
    }

    /** Why people are told, or why not. */
    public enum Reason {
        /** The change is under 15 minutes old in event time. */
        FRESH,
        /** It fired over 15 minutes ago, and is measured to hold now: nobody was told before. */
        STILL_FIRING,
        /** Over 15 minutes old and not measured to hold now: history, not news. */
        TOO_OLD,
        /** A silence or a maintenance window matches. */
        SILENCED,
        /** Another alert that fires says it already. */
        INHIBITED,
        /** It has fired and ended too often within the hour. */
        FLAPPING,
        /** They were told that it fires, so they are told that it ended. */
        WAS_PAGED,
        /** They were never told that it fires. */
        NEVER_PAGED,
        /** The rule was deleted or switched off. */
        RULE_GONE,
        /** The project's data is generated. */
        GENERATED_DATA,
        /** Nothing that a person would want to know. */
        NOT_NEWS;

        /** Whether people are told. */
        boolean tells() {
            return this == FRESH || this == STILL_FIRING;
        }
    }
}
