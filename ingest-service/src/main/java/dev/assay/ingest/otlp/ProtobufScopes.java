package dev.assay.ingest.otlp;

import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.mapping.TelemetryScope;
import java.io.IOException;

/** Resource and scope on the wire, the same for traces and logs. */
final class ProtobufScopes {

    static void resource(ProtobufValues values, Attributes attributes) throws IOException {
        int limit = values.enter();
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            if (tag == 10) {
                values.attribute(attributes);
            } else {
                values.skip(tag);
            }
        }
        values.leave(limit);
    }

    static TelemetryScope scope(ProtobufValues values) throws IOException {
        int limit = values.enter();
        String name = "";
        String version = "";
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 10 -> name = values.text();
                case 18 -> version = values.text();
                default -> values.skip(tag);
            }
        }
        values.leave(limit);
        return new TelemetryScope(name, version);
    }

    private ProtobufScopes() {}
}
