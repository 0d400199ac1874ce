package dev.assay.bench;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.sink.Sources;
import dev.assay.platform.window.Concurrency;
import dev.assay.platform.window.SeriesId;
import dev.assay.platform.window.WindowState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * P8: the p95 of 24 hours over all apps, by the operations API over minute and hour rows, against {@code percentile_cont} over the
 * raw rows: 100 series, 40 calls a minute each, 5.76 million calls.
 */
final class QueryBench {
    private static final int SERIES = 100;
    private static final int MINUTES = 24 * 60;
    private static final int CALLS = 40;
    private static final int WARM_UP = 5;
    private static final Duration HOURS_TIMEOUT = Duration.ofMinutes(3);
    private static final Pattern P95 = Pattern.compile("\"latency_p95_ms\":\\{\"value\":([0-9.]+)");

    private final Subject subject;
    private final int turns;
    private final HttpClient client = HttpClient.newHttpClient();

    QueryBench(Subject subject, int turns) {
        this.subject = subject;
        this.turns = turns;
    }

    Ratio measure() throws Exception {
        // two days back, so that nothing else of this run is in the range
        long first = Instant.now().getEpochSecond() / 3600 * 60 - 3 * MINUTES;
        Bench.say("P8: writing 5.76 million raw rows and their windows");
        write(first);
        String path = "/v1/kpis/operations?from=" + Instant.ofEpochSecond(first * 60) + "&to="
                + Instant.ofEpochSecond((first + MINUTES) * 60);
        awaitHours();
        double api = 0;
        for (int i = 0; i < WARM_UP; i++) {
            long start = System.nanoTime();
            api = p95(path);
            if (i == 0) {
                Bench.say(String.format(
                        Locale.ROOT,
                        "P8: the first answer, sweeping all minutes: %.0f ms",
                        (System.nanoTime() - start) / 1e6));
            }
        }
        double[] ours = new double[turns];
        double[] raw = new double[turns];
        double exact = 0;
        for (int turn = 0; turn < turns; turn++) {
            long start = System.nanoTime();
            api = p95(path);
            ours[turn] = (System.nanoTime() - start) / 1e6;
            start = System.nanoTime();
            exact = percentileCont();
            raw[turn] = (System.nanoTime() - start) / 1e6;
        }
        if (Math.abs(api - exact) > exact * 0.01) {
            throw new IllegalStateException("p95 by the API is " + api + " ms, exactly " + exact + " ms");
        }
        Bench.say(String.format(Locale.ROOT, "P8: p95 by the API %.1f ms, by percentile_cont %.1f ms", api, exact));
        return new Ratio("P8", "p95 of 24 h over all apps from rollups", "ms", ours, raw, .08, .04, true);
    }

    /** The service makes hours of the minutes by itself, as it does for what comes by Kafka. */
    private void awaitHours() throws SQLException, InterruptedException {
        long giveUp = System.nanoTime() + HOURS_TIMEOUT.toNanos();
        while (subject.one("select count(*) from ingest.hour_dirty") > 0) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("the hours were not made within " + HOURS_TIMEOUT);
            }
            Thread.sleep(500);
        }
    }

    private double p95(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(subject.url() + path))
                        .header("Authorization", "Bearer " + subject.key())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Matcher value = P95.matcher(answer.body());
        if (answer.statusCode() != 200 || !value.find()) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return Double.parseDouble(value.group(1));
    }

    private double percentileCont() throws SQLException {
        try (Connection connection = subject.database();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select percentile_cont(0.95) within group (order by duration_us) / 1000 from public.bench_raw")) {
            row.next();
            return row.getDouble(1);
        }
    }

    private void write(long first) throws SQLException {
        Random random = new Random(8);
        try (Connection connection = subject.database()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("drop table if exists public.bench_raw");
                statement.execute("create table public.bench_raw (app text, start_us bigint, duration_us bigint)");
            }
            connection.setAutoCommit(false);
            try (PreparedStatement minutes = connection.prepareStatement("""
                    insert into ingest.rollup_minute
                      (tenant, minute, series_id, source, generation, position, sent, state)
                    values ('default', ?, ?, ?, 0, 1, true, ?)""")) {
                CopyIn raw = null;
                try (Connection copying = subject.database()) {
                    raw = copying.unwrap(PGConnection.class).getCopyAPI().copyIn("copy public.bench_raw from stdin");
                    for (int series = 0; series < SERIES; series++) {
                        writeSeries(connection, minutes, raw, first, series, random);
                    }
                    raw.endCopy();
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("analyze public.bench_raw");
                statement.execute("analyze ingest.rollup_minute");
                statement.execute("insert into ingest.hour_dirty select distinct tenant, minute / 60, source"
                        + " from ingest.rollup_minute where minute >= " + first + " and minute < "
                        + (first + MINUTES) + " on conflict do nothing");
            }
        }
    }

    private static void writeSeries(
            Connection connection, PreparedStatement minutes, CopyIn raw, long first, int series, Random random)
            throws SQLException {
        Dimensions dimensions = Dimensions.newBuilder()
                .setApp("app-" + series % 10)
                .setModel("model-" + series)
                .build();
        long id = SeriesId.of("default", dimensions);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ingest.series values ('default', ?, '', ?, '', '', ?, '', '') on conflict do nothing")) {
            insert.setLong(1, id);
            insert.setString(2, dimensions.getApp());
            insert.setString(3, dimensions.getModel());
            insert.execute();
        }
        for (int minute = 0; minute < MINUTES; minute++) {
            WindowState window = new WindowState();
            StringBuilder rows = new StringBuilder();
            for (int call = 0; call < CALLS; call++) {
                long start = (first + minute) * 60_000_000L + random.nextInt(60_000_000);
                long micros = (long) Math.exp(14 + 0.8 * random.nextGaussian());
                window.add(Measure.MEASURE_CALLS, 1, 1);
                window.observeMicros(Measure.MEASURE_LATENCY, micros, 1);
                window.add(Measure.MEASURE_INPUT_TOKENS, 1, 0);
                window.addSum(Measure.MEASURE_INPUT_TOKENS, 1_000 + call);
                window.add(Measure.MEASURE_OUTPUT_TOKENS, 1, 0);
                window.addSum(Measure.MEASURE_OUTPUT_TOKENS, 100 + call);
                window.add(Measure.MEASURE_USAGE_MISSING, 1, 0);
                Concurrency.contributeStart(start, 1, window);
                rows.append(dimensions.getApp())
                        .append('\t')
                        .append(start)
                        .append('\t')
                        .append(micros)
                        .append('\n');
            }
            byte[] text = rows.toString().getBytes(StandardCharsets.UTF_8);
            raw.writeToCopy(text, 0, text.length);
            minutes.setLong(1, first + minute);
            minutes.setLong(2, id);
            minutes.setShort(3, Sources.id(Topics.EVENTS, series % Topics.LOCAL_PARTITIONS));
            minutes.setBytes(4, window.toBytes());
            minutes.addBatch();
        }
        minutes.executeBatch();
    }
}
