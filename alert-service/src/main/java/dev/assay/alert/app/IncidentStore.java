package dev.assay.alert.app;

import io.smallrye.mutiny.Uni;

/** What people do about incidents. */
public interface IncidentStore {
    /**
     * Does something about an incident and adds it to the timeline. Who was paged by PagerDuty or Opsgenie is told of an
     * acknowledgement there; everyone who was told that it fires is told that it was closed.
     *
     * @return false if there is no such incident
     */
    Uni<Boolean> act(String tenant, String incident, Act act);

    /**
     * What is done, by whom; doing it twice changes nothing but the timeline.
     *
     * @param from the id of the receiver by which it is known: that one is not told, and what is done already is not
     *     done again; empty for none
     */
    record Act(Kind kind, String by, String note, String from) {
        public Act(Kind kind, String by, String note) {
            this(kind, by, note, "");
        }
    }

    /** The kinds of acts. */
    enum Kind {
        /** Somebody looks after it. */
        ACKNOWLEDGED,
        /** A person says that it is over, whatever the condition says. */
        CLOSED,
        /** Somebody else is to look after it: {@code note} names them. */
        ASSIGNED,
        NOTED
    }
}
