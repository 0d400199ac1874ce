package dev.assay.platform.deadletter;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.tenancy.TenancyConfig;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Records that this service gave up, and the way back for them once the cause is gone (a newer version, a repaired schema).
 *
 * <p>A project's admin key sees and replays its own; the built-in project's sees everyone's, and those that do not tell.
 */
@Path("/v1/dead-letters")
@RequiresScope(Scope.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
public class DeadLettersResource {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final DeadLetterStore store;
    private final CurrentCaller caller;
    private final TenancyConfig tenancy;

    DeadLettersResource(DeadLetterStore store, CurrentCaller caller, TenancyConfig tenancy) {
        this.store = store;
        this.caller = caller;
        this.tenancy = tenancy;
    }

    /** A page of letters. */
    @RegisterForReflection
    public record Page(
            List<DeadLetter> items,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    /** What to put back; every field may be missing. */
    @RegisterForReflection
    public record Replay(
            @Nullable String topic,
            @Nullable Integer partition,
            @Nullable Long offset) {}

    /** How many were put back, and how many are left that could be. */
    @RegisterForReflection
    public record Replayed(int replayed, long left) {}

    @GET
    @Operation(
            operationId = "listDeadLetters",
            summary = "Records that this service could not handle, the latest first, without their content")
    public Uni<Page> list(
            @QueryParam("topic") @Nullable String topic,
            @QueryParam("replayed") @Nullable String replayed,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int most = limit(limit);
        return store.list(filter(new Replay(topic, null, null)), choice(replayed), most + 1, after(cursor))
                .map(letters -> letters.size() <= most
                        ? new Page(letters, null)
                        : new Page(
                                letters.subList(0, most),
                                DeadLetterCursor.of(letters.get(most - 1)).encode()));
    }

    @POST
    @Path("replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replayDeadLetters",
            summary = "Puts up to 500 of them back on their topics, the oldest first",
            description =
                    "They are read again like any record: what was counted is not counted twice, and what is still "
                            + "at fault becomes a dead letter again.")
    public Uni<Replayed> replay(@Nullable Replay asked) {
        DeadLetterFilter filter = filter(asked == null ? new Replay(null, null, null) : asked);
        return store.replay(filter).chain(replayed -> store.left(filter).map(left -> new Replayed(replayed, left)));
    }

    private DeadLetterFilter filter(Replay asked) {
        boolean all = caller.tenant().equals(tenancy.builtInProject());
        return new DeadLetterFilter(all ? null : caller.tenant(), asked.topic(), asked.partition(), asked.offset());
    }

    private static @Nullable Boolean choice(@Nullable String replayed) {
        if (replayed == null) {
            return null;
        }
        if (!replayed.equals("true") && !replayed.equals("false")) {
            throw Problem.badRequest("replayed", "must be true or false");
        }
        return replayed.equals("true");
    }

    private static int limit(@Nullable String limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (!limit.matches("\\d{1,6}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MAX_LIMIT) {
            throw Problem.badRequest("limit", "must be 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(limit);
    }

    private static @Nullable DeadLetterCursor after(@Nullable String cursor) {
        return cursor == null || cursor.isEmpty() ? null : DeadLetterCursor.decode(cursor);
    }
}
