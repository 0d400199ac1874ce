package dev.assay.alert.store;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.kpi.v1.KpiWindow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The series and sources that windows name. */
@ApplicationScoped
class SqlSeries {
    private static final String WRITE = """
            insert into series (tenant, series_id, environment, app, endpoint, provider, model, variant, prompt_version)
            select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
              $8::text[], $9::text[])
            on conflict do nothing""";

    private record Key(String tenant, long seriesId) {}

    /** The service in {@code "<service>/<topic>/<partition>"}. */
    static String service(String source) {
        int slash = source.indexOf('/');
        return slash < 0 ? source : source.substring(0, slash);
    }

    /** The ids of sources, made where there are none yet. */
    Uni<Map<String, Integer>> sourceIds(SqlConnection tx, List<String> names) {
        return find(tx, names).chain(found -> {
            List<String> missing = names.stream()
                    .filter(name -> !found.containsKey(name))
                    .sorted()
                    .toList();
            if (missing.isEmpty()) {
                return Uni.createFrom().item(found);
            }
            return tx.preparedQuery("""
                            insert into kpi_source (name, service) select * from unnest($1::text[], $2::text[])
                            on conflict do nothing""")
                    .execute(Tuple.tuple()
                            .addArrayOfString(missing.toArray(String[]::new))
                            .addArrayOfString(
                                    missing.stream().map(SqlSeries::service).toArray(String[]::new)))
                    .chain(() -> find(tx, names));
        });
    }

    private static Uni<Map<String, Integer>> find(SqlConnection tx, List<String> names) {
        return tx.preparedQuery("select name, source_id from kpi_source where name = any($1)")
                .execute(Tuple.tuple().addArrayOfString(names.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Integer> ids = new HashMap<>();
                    rows.forEach(row -> ids.put(row.getString(0), row.getInteger(1)));
                    return ids;
                });
    }

    /** Keeps the dimensions of the windows' series. */
    Uni<Void> write(SqlConnection tx, Collection<KpiWindow> windows) {
        Map<Key, Dimensions> series =
                new TreeMap<>(java.util.Comparator.comparing(Key::tenant).thenComparingLong(Key::seriesId));
        windows.forEach(
                window -> series.put(new Key(window.getTenant(), window.getSeriesId()), window.getDimensions()));
        Tuple columns = Tuple.tuple()
                .addArrayOfString(series.keySet().stream().map(Key::tenant).toArray(String[]::new))
                .addArrayOfLong(series.keySet().stream().map(Key::seriesId).toArray(Long[]::new));
        List<Function<Dimensions, String>> fields = List.of(
                Dimensions::getEnvironment,
                Dimensions::getApp,
                Dimensions::getEndpoint,
                Dimensions::getProvider,
                Dimensions::getModel,
                Dimensions::getVariant,
                Dimensions::getPromptVersion);
        fields.forEach(field ->
                columns.addArrayOfString(series.values().stream().map(field).toArray(String[]::new)));
        return tx.preparedQuery(WRITE).execute(columns).replaceWithVoid();
    }

    /** The dimensions of every series of a project. */
    Uni<Map<Long, Dimensions>> of(SqlConnection connection, String tenant) {
        return connection.preparedQuery("""
                        select series_id, environment, app, endpoint, provider, model, variant, prompt_version
                        from series where tenant = $1""").execute(Tuple.of(tenant)).map(rows -> {
            Map<Long, Dimensions> series = new HashMap<>();
            rows.forEach(row -> series.put(row.getLong(0), dimensions(row)));
            return series;
        });
    }

    private static Dimensions dimensions(Row row) {
        return Dimensions.newBuilder()
                .setEnvironment(row.getString(1))
                .setApp(row.getString(2))
                .setEndpoint(row.getString(3))
                .setProvider(row.getString(4))
                .setModel(row.getString(5))
                .setVariant(row.getString(6))
                .setPromptVersion(row.getString(7))
                .build();
    }
}
