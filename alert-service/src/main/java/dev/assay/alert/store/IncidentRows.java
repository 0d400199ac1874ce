package dev.assay.alert.store;

import dev.assay.alert.domain.incident.Incident;
import io.vertx.mutiny.sqlclient.Row;

/** Incidents as rows. */
final class IncidentRows {
    private IncidentRows() {}

    static Incident read(Row row) {
        return new Incident(
                row.getString("incident_id"),
                row.getInteger("active_since"),
                row.getInteger("fired_at"),
                SqlProjectEvaluation.minute(row, "ended_at"),
                row.getBoolean("paged") || row.getOffsetDateTime("closed_time") != null, // who closed it knows
                row.getInteger("reopened"),
                row.getDouble("value"),
                row.getDouble("threshold"));
    }
}
