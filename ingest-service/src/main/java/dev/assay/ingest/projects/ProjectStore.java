package dev.assay.ingest.projects;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.control.v1.ApiKey;
import dev.assay.contracts.control.v1.Capacity;
import dev.assay.contracts.control.v1.ContentPolicy;
import dev.assay.contracts.control.v1.ProjectKeys;
import dev.assay.contracts.control.v1.ProjectSection;
import dev.assay.contracts.control.v1.RateLimit;
import dev.assay.ingest.domain.call.AcceptedTimes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Projects and keys in the database. A change marks its project as not yet published. */
@ApplicationScoped
class ProjectStore {
    private final Pool pool;

    ProjectStore(Pool pool) {
        this.pool = pool;
    }

    /** Makes a project; false if there is one of that id. */
    Uni<Boolean> create(String id, String name, String currency, boolean generated) {
        return pool.preparedQuery("insert into project (tenant, name, currency, generated) values ($1, $2, $3, $4)"
                        + " on conflict do nothing")
                .execute(Tuple.of(id, name, currency, generated))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<List<Project>> list() {
        return pool.query("select tenant, name, currency, generated, created_time from project order by tenant")
                .execute()
                .map(rows -> rows.stream().map(ProjectStore::project).toList());
    }

    /** The keys of a project, live and revoked; null if there is no such project. */
    Uni<@Nullable List<Key>> keys(String project) {
        return pool.preparedQuery("select p.tenant, k.key_id, k.name, k.scopes, k.created_time, k.revoked_time"
                        + " from project p left join api_key k on k.tenant = p.tenant where p.tenant = $1"
                        + " order by k.created_time, k.key_id")
                .execute(Tuple.of(project))
                .map(rows -> rows.rowCount() == 0
                        ? null
                        : rows.stream()
                                .filter(row -> row.getString("key_id") != null)
                                .map(ProjectStore::key)
                                .toList());
    }

    /** Adds a key; false if there is no such project. A key of the same id keeps its row and gets the new secret. */
    Uni<Boolean> addKey(String project, String keyId, String name, byte[] secretHmac, List<String> scopes) {
        return changing(
                project,
                connection -> connection
                        .preparedQuery("insert into api_key (tenant, key_id, name, secret_hmac, scopes)"
                                + " values ($1, $2, $3, $4, $5) on conflict (tenant, key_id)"
                                + " do update set secret_hmac = excluded.secret_hmac")
                        .execute(Tuple.of(
                                project, keyId, name, Buffer.buffer(secretHmac), scopes.toArray(String[]::new)))
                        .map(rows -> rows.rowCount() == 1));
    }

    /** Revokes a key; false if there is no such live key. */
    Uni<Boolean> revoke(String project, String keyId) {
        return changing(
                project,
                connection -> connection
                        .preparedQuery("update api_key set revoked_time = now()"
                                + " where tenant = $1 and key_id = $2 and revoked_time is null")
                        .execute(Tuple.of(project, keyId))
                        .map(rows -> rows.rowCount() == 1));
    }

    /** The policy of a project; null if there is no such project. */
    Uni<@Nullable ProjectPolicy> policy(String project) {
        return pool.preparedQuery("select content_policy, events_per_second from project where tenant = $1")
                .execute(Tuple.of(project))
                .map(rows ->
                        rows.rowCount() == 0 ? null : policy(rows.iterator().next()));
    }

    /** Sets the policy; false if there is no such project. */
    Uni<Boolean> setPolicy(String project, ProjectPolicy policy) {
        Long limit = policy.eventsPerSecond();
        return changing(
                project,
                connection -> connection
                        .preparedQuery(
                                "update project set content_policy = $2, events_per_second = $3 where tenant = $1")
                        .execute(Tuple.of(project, policy.content(), limit == null ? 0L : limit))
                        .map(rows -> rows.rowCount() == 1));
    }

    private static ProjectPolicy policy(Row row) {
        long limit = row.getLong("events_per_second");
        return new ProjectPolicy(row.getString("content_policy"), limit == 0 ? null : limit);
    }

    /** A project's limits, none if nobody has set any; empty if there is no such project. */
    Uni<Optional<Capacity>> capacity(String project) {
        return pool.preparedQuery("select capacity from project where tenant = $1")
                .execute(Tuple.of(project))
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(capacity(rows.iterator().next())));
    }

    /** Sets a project's limits; false if there is no such project. */
    Uni<Boolean> setCapacity(String project, Capacity capacity) {
        return changing(
                project,
                connection -> connection
                        .preparedQuery("update project set capacity = $2 where tenant = $1")
                        .execute(Tuple.of(project, Buffer.buffer(capacity.toByteArray())))
                        .map(rows -> rows.rowCount() == 1));
    }

    private static Capacity capacity(Row project) {
        io.vertx.mutiny.core.buffer.Buffer stored = project.getBuffer("capacity");
        try {
            return stored == null ? Capacity.getDefaultInstance() : Capacity.parseFrom(stored.getBytes());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("stored limits of a project cannot be read", broken);
        }
    }

    private Uni<Boolean> changing(String project, Function<SqlConnection, Uni<Boolean>> change) {
        return pool.withTransaction(connection -> connection
                .preparedQuery("update project set published = false where tenant = $1")
                .execute(Tuple.of(project))
                .chain(rows -> rows.rowCount() == 1
                        ? change.apply(connection)
                        : Uni.createFrom().item(false)));
    }

    /** The projects whose present state has not been published. */
    Uni<List<String>> unpublished() {
        return pool.query("select tenant from project where not published order by tenant")
                .execute()
                .map(rows -> rows.stream().map(row -> row.getString(0)).toList());
    }

    /**
     * Publishes a project's present state by {@code send} and marks it so. The project's row is locked meanwhile: of two
     * replicas that publish, the later one sends the later state.
     */
    Uni<Void> publish(String project, Function<List<ProjectSection>, Uni<Void>> send) {
        return pool.withTransaction(connection -> connection
                .preparedQuery("select tenant, name, currency, generated, content_policy, events_per_second,"
                        + " capacity from project where tenant = $1 for update")
                .execute(Tuple.of(project))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .toUni()
                .chain(row -> row == null
                        ? Uni.createFrom().voidItem()
                        : sections(connection, row)
                                .chain(sections -> send.apply(sections))
                                .chain(() -> connection
                                        .preparedQuery("update project set published = true where tenant = $1")
                                        .execute(Tuple.of(project)))
                                .replaceWithVoid()));
    }

    private Uni<List<ProjectSection>> sections(SqlConnection connection, Row project) {
        return connection
                .preparedQuery("select key_id, name, secret_hmac, scopes, created_time, revoked_time from api_key"
                        + " where tenant = $1 order by key_id")
                .execute(Tuple.of(project.getString("tenant")))
                .map(rows -> {
                    ProjectKeys.Builder keys = ProjectKeys.newBuilder()
                            .setName(project.getString("name"))
                            .setCurrency(project.getString("currency"))
                            .setGenerated(project.getBoolean("generated"));
                    rows.forEach(row -> keys.addKeys(apiKey(row)));
                    ProjectSection section = ProjectSection.newBuilder()
                            .setTenant(project.getString("tenant"))
                            .setUpdatedTimeUs(AcceptedTimes.micros(Instant.now()))
                            .build();
                    return List.of(
                            // first: a key must not work before its project's policy is known
                            section.toBuilder()
                                    .setContentPolicy(contentPolicy(project))
                                    .build(),
                            section.toBuilder()
                                    .setRateLimit(RateLimit.newBuilder()
                                            .setEventsPerSecond(project.getLong("events_per_second")))
                                    .build(),
                            section.toBuilder().setCapacity(capacity(project)).build(),
                            section.toBuilder().setKeys(keys).build());
                });
    }

    private static ContentPolicy contentPolicy(Row project) {
        String mode = "MODE_" + project.getString("content_policy").toUpperCase(Locale.ROOT);
        return ContentPolicy.newBuilder()
                .setMode(ContentPolicy.Mode.valueOf(mode))
                .build();
    }

    private static ApiKey apiKey(Row row) {
        OffsetDateTime revoked = row.getOffsetDateTime("revoked_time");
        return ApiKey.newBuilder()
                .setKeyId(row.getString("key_id"))
                .setName(row.getString("name"))
                .setSecretHmac(ByteString.copyFrom(row.getBuffer("secret_hmac").getBytes()))
                .addAllScopes(List.of(row.getArrayOfStrings("scopes")))
                .setCreatedTimeUs(AcceptedTimes.micros(
                        row.getOffsetDateTime("created_time").toInstant()))
                .setRevokedTimeUs(revoked == null ? 0 : AcceptedTimes.micros(revoked.toInstant()))
                .build();
    }

    private static Project project(Row row) {
        return new Project(
                row.getString("tenant"),
                row.getString("name"),
                row.getString("currency"),
                row.getBoolean("generated"),
                row.getOffsetDateTime("created_time").toInstant());
    }

    private static Key key(Row row) {
        OffsetDateTime revoked = row.getOffsetDateTime("revoked_time");
        return new Key(
                row.getString("key_id"),
                row.getString("name"),
                List.of(row.getArrayOfStrings("scopes")),
                row.getOffsetDateTime("created_time").toInstant(),
                revoked == null ? null : revoked.toInstant());
    }
}
