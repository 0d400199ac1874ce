package dev.assay.quality;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.common.v1.Revision;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A project's judge with its rubric, and responses for it. */
final class JudgeFixture {
    static final Duration SOON = Duration.ofSeconds(60);
    static final String RANGE = "?from=now-1d&to=now%2B1h";

    private static final long NOW_US = TimeUnit.SECONDS.toMicros(Instant.now().getEpochSecond());

    private JudgeFixture() {}

    /** The judge's configuration with one more field before the others. */
    static String config(JudgeDouble judge, String more) {
        return config(judge.url(), 1).replace("{", "{" + more + ",");
    }

    static void setUp(TestProject project, JudgeDouble judge, double rate) {
        rubric(project);
        project.asAdmin()
                .body(config(judge.url(), rate).replace("{", "{\"api_key\":\"sk-secret\","))
                .put("/v1/judge")
                .then()
                .statusCode(200);
    }

    static void rubric(TestProject project) {
        project.asAdmin().body("""
            {"name":"support","criteria":[
              {"name":"accuracy","description":"What it says is true.","weight":3,"anchors":{"1":"false","5":"true"}},
              {"name":"helpfulness","description":"It is of use."}]}\
            """).post("/v1/rubrics").then().statusCode(201);
    }

    static String config(String url, double rate) {
        return "{\"url\":\"" + url + "\",\"model\":\"grader\",\"rubric\":\"support\",\"rate\":" + rate + "}";
    }

    static CallRevised.Builder envelope(TestProject project, String id, long position) {
        return CallRevised.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setTenant(project.tenant)
                        .setEventId(id)
                        .setEventTimeUs(NOW_US))
                .setRevision(Revision.newBuilder().setPosition(position))
                .setLedgerDay(20_000);
    }

    static void send(TestProject project, String id, String response) {
        project.send(
                Topics.CALLS,
                0,
                envelope(project, id, 1)
                        .setCall(Call.newBuilder()
                                .setKind(Kind.KIND_LLM)
                                .setStatus(Status.STATUS_OK)
                                .setStartTimeUs(NOW_US)
                                .setInput("What is it?")
                                .setOutput("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\""
                                        + response + "\"}]}]")
                                .setDimensions(Dimensions.newBuilder().setApp("chat")))
                        .build());
    }

    static String kpi(String name) {
        return "groups[0].kpis." + name;
    }
}
