package dev.assay.ingest.domain.ledger;

import static dev.assay.ingest.domain.ledger.Calls.SECOND;
import static dev.assay.ingest.domain.ledger.Calls.START;
import static dev.assay.ingest.domain.ledger.Calls.span;
import static dev.assay.ingest.domain.ledger.Calls.wrapper;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.UsageState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TraceResolutionTest {

    @Test
    void countsTheInnerSpanOfANestedPairAndTakesContextFromTheOuter() {
        Call outer = span("t", "a", "")
                .setInputTokens(10)
                .setOutputTokens(12)
                .setUserId("ada")
                .setInput("question")
                .addTags("beta")
                .build();
        Call inner = span("t", "b", "a")
                .setInputTokens(310)
                .setCacheReadTokens(200)
                .setOutputTokens(12)
                .build();

        Map<String, Call> calls = resolve(outer, inner);

        assertThat(calls.get("a").getSupersededBy()).isEqualTo("t:b");
        Call owner = calls.get("b");
        assertThat(owner.getSupersededBy()).isEmpty();
        assertThat(owner.getInputTokens()).isEqualTo(310);
        assertThat(owner.getCacheReadTokens()).isEqualTo(200);
        assertThat(owner.getUserId()).isEqualTo("ada");
        assertThat(owner.getInput()).isEqualTo("question");
        assertThat(owner.getTagsList()).containsExactly("beta");
    }

    @Test
    void letsTheOuterSpanOwnWhatOnlyItKnows() {
        Call outer = span("t", "a", "").setInputTokens(25).setOutputTokens(12).build();
        Call inner = span("t", "b", "a").setTtftUs(SECOND / 2).build();

        Map<String, Call> calls = resolve(outer, inner);

        assertThat(calls.get("b").getSupersededBy()).isEqualTo("t:a");
        assertThat(calls.get("a").getInputTokens()).isEqualTo(25);
        assertThat(calls.get("a").getTtftUs()).isEqualTo(SECOND / 2);
        assertThat(calls.get("a").getTpotUs()).isEqualTo(136_363); // 1.5 s over 11 tokens
    }

    @Test
    void countsAnAttemptAndItsRetryAsTwoCalls() {
        Call outer = span("t", "a", "").setInputTokens(25).setOutputTokens(12).build();
        Call failed = span("t", "b", "a")
                .setStatus(Status.STATUS_ERROR)
                .setErrorClass("rate_limit")
                .build();
        Call retried = span("t", "c", "a")
                .setStartTimeUs(START + SECOND)
                .setInputTokens(25)
                .setOutputTokens(12)
                .build();

        Map<String, Call> calls = resolve(outer, failed, retried);

        assertThat(calls.get("a").getSupersededBy()).isEqualTo("t:b");
        assertThat(calls.get("b").getStatus()).isEqualTo(Status.STATUS_ERROR);
        assertThat(calls.get("b").hasInputTokens())
                .as("the outer span's tokens are the retry's")
                .isFalse();
        assertThat(calls.get("c").getSupersededBy()).isEmpty();
        assertThat(calls.get("c").getStatus()).isEqualTo(Status.STATUS_OK);
        assertThat(calls.get("c").getInputTokens()).isEqualTo(25);
    }

    @Test
    void followsANestAcrossSpansThatDoNotCount() {
        Call outer = span("t", "a", "").setInputTokens(25).build();
        Call between = wrapper("t", "b", "a").build();
        Call inner = span("t", "c", "b").setInputTokens(25).setOutputTokens(12).build();

        assertThat(resolve(outer, between, inner).get("a").getSupersededBy()).isEqualTo("t:c");
    }

    @Test
    void countsOneOfThree() {
        Call outer = span("t", "a", "").setInputTokens(25).setUserId("ada").build();
        Call middle = span("t", "b", "a").setInputTokens(25).build();
        Call inner = span("t", "c", "b")
                .setInputTokens(25)
                .setUsageState(UsageState.USAGE_STATE_ESTIMATED)
                .build();

        Map<String, Call> calls = resolve(outer, middle, inner);

        assertThat(calls.get("a").getSupersededBy()).isEqualTo("t:c");
        assertThat(calls.get("b").getSupersededBy()).isEqualTo("t:c");
        assertThat(calls.get("c").getUserId()).isEqualTo("ada");
        assertThat(calls.get("c").getUsageState()).isEqualTo(UsageState.USAGE_STATE_ESTIMATED);
    }

    @Test
    void keepsBothWhereNothingSaysThatTheyAreOne() {
        Call outer = span("t", "a", "").setInputTokens(25).build();
        Call otherModel = span("t", "b", "a")
                .setRequestModel("claude-sonnet-4")
                .setInputTokens(1)
                .build();
        Call otherKind = span("t", "c", "a")
                .setKind(Kind.KIND_EMBEDDING)
                .setInputTokens(1)
                .build();
        Call afterIt = span("t", "d", "a")
                .setEndTimeUs(START + 3 * SECOND)
                .setInputTokens(1)
                .build();

        assertThat(resolve(outer, otherModel, otherKind, afterIt).values())
                .allMatch(call -> call.getSupersededBy().isEmpty());
    }

    @Test
    void takesTheSameResponseIdAsTheSameCallOnlyInsideANest() {
        Call outer = span("t", "a", "")
                .setResponseId("r")
                .setRequestModel("alias")
                .setInputTokens(5)
                .build();
        Call inner = span("t", "b", "a").setResponseId("r").setInputTokens(5).build();
        Call apart = span("t", "c", "").setResponseId("r").setInputTokens(5).build();

        Map<String, Call> calls = resolve(outer, inner, apart);

        assertThat(calls.get("a").getSupersededBy()).isEqualTo("t:b");
        assertThat(calls.get("c").getSupersededBy()).isEmpty();
    }

    @Test
    void takesAnErrorFromWhereverItWasSeen() {
        Call outer = span("t", "a", "")
                .setStatus(Status.STATUS_ERROR)
                .setErrorClass("timeout")
                .build();
        Call inner = span("t", "b", "a").setInputTokens(25).setOutputTokens(12).build();

        assertThat(resolve(outer, inner).get("b").getErrorClass()).isEqualTo("timeout");
    }

    @Test
    void spreadsUserSessionAndTagsOverTheTrace() {
        Call root = wrapper("t", "a", "").setUserId("ada").addTags("beta").build();
        Call agent = wrapper("t", "b", "a").setUserId("bob").setSessionId("s1").build();
        Call call = span("t", "c", "b").build();
        Call sibling = span("t", "d", "a").build();
        Call orphan = span("t", "e", "missing").build();

        Map<String, Call> calls = resolve(root, agent, call, sibling, orphan);

        assertThat(calls.get("c").getUserId()).as("the nearest").isEqualTo("bob");
        assertThat(calls.get("d").getUserId()).isEqualTo("ada");
        assertThat(calls.get("d").getSessionId()).as("from any span").isEqualTo("s1");
        assertThat(calls.get("e").getUserId()).as("the trace's first").isEqualTo("ada");
        assertThat(calls.values()).allMatch(each -> each.getTagsList().equals(List.of("beta")));
    }

    @Test
    void survivesSpansThatAreTheirOwnAncestors() {
        Call one = span("t", "a", "b").setInputTokens(1).build();
        Call two = span("t", "b", "a").setInputTokens(1).build();
        Call self = span("t", "c", "c").setInputTokens(1).build();

        assertThat(resolve(one, two, self).values())
                .allMatch(call -> call.getSupersededBy().isEmpty());
    }

    private static Map<String, Call> resolve(Call... spans) {
        List<Call> observed = new ArrayList<>();
        for (Call span : spans) {
            observed.add(CallState.of(span).call());
        }
        List<Call> resolved = TraceResolution.resolve(observed);
        Map<String, Call> bySpan = new HashMap<>();
        resolved.forEach(call -> bySpan.put(call.getSpanId(), call));
        Random random = new Random(1);
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(observed, random);
            TraceResolution.resolve(observed).forEach(call -> assertThat(call).isEqualTo(bySpan.get(call.getSpanId())));
        }
        return bySpan;
    }
}
