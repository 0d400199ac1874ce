package dev.assay.quality.store;

import dev.assay.contracts.common.v1.Dimensions;
import io.vertx.mutiny.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/** The dimensions in a row that was joined with {@code series}. */
final class SeriesDimensions {
    private SeriesDimensions() {}

    /** All of them; empty where there was no series. */
    static Dimensions of(Row row) {
        return Dimensions.newBuilder()
                .setEnvironment(text(row, "environment"))
                .setApp(text(row, "app"))
                .setEndpoint(text(row, "endpoint"))
                .setProvider(text(row, "provider"))
                .setModel(text(row, "model"))
                .setVariant(text(row, "variant"))
                .setPromptVersion(text(row, "prompt_version"))
                .build();
    }

    private static String text(Row row, String column) {
        @Nullable String value = row.getString(column);
        return value == null ? "" : value;
    }
}
