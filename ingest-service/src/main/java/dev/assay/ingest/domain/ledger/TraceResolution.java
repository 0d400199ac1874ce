package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.ingest.domain.ledger.CallFields.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the observations of one trace say together: each token is given to one owner, and users, sessions, tags, app and
 * environment reach every span.
 *
 * <p>A function of the set of observations: neither their order nor the batches in which they came make a difference. An
 * owner takes numbers from the innermost span of its chain that has them, and user, session, tags and content from the
 * outermost ({@code docs/ledger.md}).
 */
public final class TraceResolution {
    /** From the innermost span that has them. */
    private static final List<Unit> NUMBERS = numbers();

    /** From the outermost span that has them. */
    private static final List<Unit> CONTEXT = CallFields.each(
            Call.USER_ID_FIELD_NUMBER,
            Call.SESSION_ID_FIELD_NUMBER,
            Call.TAGS_FIELD_NUMBER,
            Call.SYSTEM_FIELD_NUMBER,
            Call.INPUT_FIELD_NUMBER,
            Call.OUTPUT_FIELD_NUMBER,
            Call.CONTEXT_FIELD_NUMBER,
            Call.TOOL_CALLS_FIELD_NUMBER,
            Call.TRUNCATED_FIELD_NUMBER,
            Call.PROMPT_NAME_FIELD_NUMBER,
            Call.PROMPT_VERSION_FIELD_NUMBER,
            Call.ENDPOINT_FIELD_NUMBER,
            Call.VARIANT_FIELD_NUMBER,
            Call.TASK_ID_FIELD_NUMBER,
            Call.APP_FIELD_NUMBER,
            Call.ENVIRONMENT_FIELD_NUMBER,
            Call.RELEASE_FIELD_NUMBER);

    /** From the owner itself, and else from the span next to it that has them. */
    private static final List<Unit> IDENTITY = CallFields.each(
            Call.PROVIDER_FIELD_NUMBER,
            Call.PROVIDER_RAW_FIELD_NUMBER,
            Call.REQUEST_MODEL_FIELD_NUMBER,
            Call.RESPONSE_MODEL_FIELD_NUMBER,
            Call.RESPONSE_ID_FIELD_NUMBER,
            Call.OPERATION_FIELD_NUMBER,
            Call.STREAM_FIELD_NUMBER);

    /** From any span of the trace: the nearest ancestor that has them, else the trace's first span that does. */
    private static final List<Unit> PROPAGATED = CallFields.each(
            Call.USER_ID_FIELD_NUMBER,
            Call.SESSION_ID_FIELD_NUMBER,
            Call.TAGS_FIELD_NUMBER,
            Call.APP_FIELD_NUMBER,
            Call.ENVIRONMENT_FIELD_NUMBER);

    private static final Comparator<Call> IN_TRACE = Comparator.comparingLong(TraceResolution::startOf)
            .thenComparing(call -> call.getEnvelope().getEventId());

    private final TraceTree tree;
    private final TokenOwners owners;
    private final int[] firstWith;

    private TraceResolution(List<Call> ordered) {
        this.tree = new TraceTree(ordered);
        this.owners = new TokenOwners(tree);
        this.firstWith = PROPAGATED.stream().mapToInt(this::firstWith).toArray();
    }

    /** The observations of one trace, resolved, in the order in which they were given. */
    public static List<Call> resolve(List<Call> observations) {
        if (observations.size() == 1) {
            return observations;
        }
        Integer[] order = IntStream.range(0, observations.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparing(observations::get, IN_TRACE));
        TraceResolution trace =
                new TraceResolution(Arrays.stream(order).map(observations::get).toList());
        Call[] resolved = new Call[order.length];
        for (int i = 0; i < order.length; i++) {
            resolved[order[i]] = trace.resolve(i);
        }
        return List.of(resolved);
    }

    private Call resolve(int index) {
        Call.Builder call = tree.span(index).toBuilder();
        int owner = owners.supersededBy(index);
        if (owner != TraceTree.NONE) {
            call.setSupersededBy(tree.span(owner).getEnvelope().getEventId());
        } else {
            gather(index, call);
        }
        propagate(index, call);
        Call resolved = call.build();
        return resolved.equals(tree.span(index)) ? tree.span(index) : RecordForm.timePerToken(resolved);
    }

    /** Gives an owner what the other spans of its chain know of the same call. */
    private void gather(int owner, Call.Builder call) {
        List<Call> outwards = chain(owner);
        if (outwards.size() == 1) {
            return;
        }
        for (Unit unit : NUMBERS) {
            fromFirst(outwards, unit, call);
        }
        for (Call span : outwards) {
            if (span.hasInputTokens() || span.hasOutputTokens()) {
                call.setUsageState(span.getUsageState());
                break;
            }
        }
        for (Call span : outwards) {
            if (span.getStatus() == Status.STATUS_ERROR) {
                CallFields.STATUS.copy(span, call);
                break;
            }
        }
        for (Unit unit : IDENTITY) {
            if (!unit.isSet(call)) {
                fromFirst(outwards, unit, call);
            }
        }
        for (Call span : outwards) {
            span.getMetadataMap().forEach((key, value) -> {
                if (!call.containsMetadata(key)) {
                    call.putMetadata(key, value);
                }
            });
        }
        List<Call> inwards = new ArrayList<>(outwards);
        Collections.reverse(inwards);
        for (Unit unit : CONTEXT) {
            fromFirst(inwards, unit, call);
        }
    }

    private static void fromFirst(List<Call> spans, Unit unit, Call.Builder call) {
        for (Call span : spans) {
            if (unit.isSet(span)) {
                unit.copy(span, call);
                return;
            }
        }
    }

    /** The spans that tell of an owner's call and of no other, from the innermost outwards. */
    private List<Call> chain(int owner) {
        List<Call> chain = new ArrayList<>();
        addWithin(owner, chain);
        for (int at = owners.outer(owner); at != TraceTree.NONE; at = owners.outer(at)) {
            if (owners.ownersWithin(at).size() > 1) {
                break; // it tells of several calls
            }
            chain.add(tree.span(at));
        }
        return chain;
    }

    /** The spans that the owner supersedes from inside, deepest first, then itself. */
    private void addWithin(int index, List<Call> chain) {
        owners.inner(index).forEach(each -> {
            if (owners.supersededBy(each) != TraceTree.NONE) {
                addWithin(each, chain);
            }
        });
        chain.add(tree.span(index));
    }

    private void propagate(int index, Call.Builder call) {
        for (int u = 0; u < PROPAGATED.size(); u++) {
            Unit unit = PROPAGATED.get(u);
            if (firstWith[u] != TraceTree.NONE && !unit.isSet(call)) {
                int at = tree.parent(index);
                while (at != TraceTree.NONE && !unit.isSet(tree.span(at))) {
                    at = tree.parent(at);
                }
                unit.copy(tree.span(at != TraceTree.NONE ? at : firstWith[u]), call);
            }
        }
    }

    private int firstWith(Unit unit) {
        int at = 0;
        while (at < tree.size() && !unit.isSet(tree.span(at))) {
            at++;
        }
        return at < tree.size() ? at : TraceTree.NONE;
    }

    private static long startOf(Call call) {
        return call.hasStartTimeUs()
                ? call.getStartTimeUs()
                : call.getEnvelope().getEventTimeUs();
    }

    private static List<Unit> numbers() {
        List<Unit> numbers = new ArrayList<>(CallFields.each(
                Call.INPUT_TOKENS_FIELD_NUMBER,
                Call.CACHE_READ_TOKENS_FIELD_NUMBER,
                Call.CACHE_WRITE_TOKENS_FIELD_NUMBER,
                Call.CACHE_WRITE_1H_TOKENS_FIELD_NUMBER,
                Call.INPUT_AUDIO_TOKENS_FIELD_NUMBER,
                Call.INPUT_IMAGE_TOKENS_FIELD_NUMBER,
                Call.OUTPUT_TOKENS_FIELD_NUMBER,
                Call.REASONING_TOKENS_FIELD_NUMBER,
                Call.OUTPUT_AUDIO_TOKENS_FIELD_NUMBER,
                Call.OUTPUT_IMAGE_TOKENS_FIELD_NUMBER,
                Call.TTFT_US_FIELD_NUMBER,
                Call.FINISH_REASONS_FIELD_NUMBER,
                Call.SERVICE_TIER_FIELD_NUMBER,
                Call.SEARCH_CONTEXT_SIZE_FIELD_NUMBER,
                Call.WEB_SEARCHES_FIELD_NUMBER,
                Call.IMAGES_FIELD_NUMBER,
                Call.QUERIES_FIELD_NUMBER,
                Call.PAGES_FIELD_NUMBER,
                Call.CITATION_TOKENS_FIELD_NUMBER,
                Call.INPUT_CHARACTERS_FIELD_NUMBER,
                Call.INPUT_SECONDS_FIELD_NUMBER,
                Call.OUTPUT_VIDEO_SECONDS_FIELD_NUMBER));
        numbers.add(CallFields.TIME_PER_TOKEN);
        numbers.add(CallFields.REPORTED_COST);
        return List.copyOf(numbers);
    }
}
