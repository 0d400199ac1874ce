package dev.assay.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.assay.localstack.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One call as a newcomer sends it: on every API and on the page within five seconds, with the same figures. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneCallIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration STARTS = Duration.ofMinutes(1);
    private static final String PROJECT = "one-call";

    private RunningStack stack;
    private String key;
    private Playwright playwright;
    private Browser browser;

    @BeforeAll
    void start() {
        stack = RunningStack.shared();
        // ./assay test names the browser that it found or installed; without one Playwright brings its own
        String chromium = System.getenv().getOrDefault("ASSAY_CHROMIUM", "/usr/bin/chromium");
        boolean installed = Files.isExecutable(Path.of(chromium));
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(installed ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of()));
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"));
        browser = playwright.chromium().launch(installed ? options.setExecutablePath(Path.of(chromium)) : options);
        warmUp();
        key = Projects.create(stack, PROJECT);
    }

    /** Services that have just started load their classes with the first call; the five seconds are those of a running one. */
    private void warmUp() {
        String project = "one-call-before";
        key = Projects.create(stack, project);
        send("before");
        await().atMost(STARTS).untilAsserted(this::assertOnTheApis);
        try (Page page = open(project)) {
            await().atMost(STARTS).until(() -> latency(page).count() > 0);
        }
    }

    private Page open(String project) {
        Page page = browser.newPage();
        page.navigate(stack.url(Service.DASHBOARD) + "/?project=" + project + "&from=now-1h&to=now");
        return page;
    }

    private static Locator latency(Page page) {
        return page.locator("[data-kpi=latency_p50_ms][data-value]");
    }

    @AfterAll
    void closeBrowser() {
        playwright.close();
    }

    @Test
    void isOnTheApisAndOnThePageWithinFiveSeconds() {
        Page page = open(PROJECT);
        send("hello-1");
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(this::assertOnTheApis);
        assertThat(new Api(stack.url(Service.COST), key)
                        .get("/v1/costs/calls/hello-1")
                        .status())
                .isEqualTo(200);
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(latency(page).count()).isPositive());
        for (String[] figure : new String[][] {
            {"latency_p50_ms", "operations"},
            {"latency_p95_ms", "operations"},
            {"list_cost", "cost"},
            {"cost_per_call", "cost"},
            {"safe_response_ratio", "safety"}
        }) {
            Service service = figure[1].equals("operations")
                    ? Service.INGEST
                    : figure[1].equals("cost") ? Service.COST : Service.QUALITY;
            await().atMost(Duration.ofSeconds(10))
                    .ignoreExceptions() // a figure that is not there yet is no number
                    .untilAsserted(() -> assertThat(
                                    Double.parseDouble(page.locator("[data-kpi=" + figure[0] + "][data-value]")
                                            .first()
                                            .getAttribute("data-value")))
                            .as(figure[0])
                            .isEqualTo(kpi(service, "/v1/kpis/" + figure[1], figure[0])
                                    .get("value")
                                    .asDouble()));
        }
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/one-call.png"))
                .setFullPage(true));
    }

    private void send(String eventId) {
        Api.Answer sent = new Api(stack.url(Service.INGEST), key)
                .post("/v1/calls", """
                        {"event_id":"%s","start_time":"%s","duration_ms":812.4,"request_model":"gpt-4o-mini",
                         "provider":"openai","app":"hello","input_tokens":1000,"output_tokens":200,
                         "output":"Paris is the capital of France.","user_id":"u1"}""".formatted(eventId, Instant.now().minusSeconds(2)));
        assertThat(sent.status()).as(sent.body()).isEqualTo(202);
    }

    private void assertOnTheApis() {
        assertThat(kpi(Service.INGEST, "/v1/kpis/operations", "calls")
                        .get("value")
                        .asLong())
                .isEqualTo(1);
        // 1,000 input tokens at 0.15 USD and 200 output tokens at 0.60 USD a million
        assertThat(kpi(Service.COST, "/v1/kpis/cost", "list_cost").get("value").asText())
                .isEqualTo("0.00027");
        assertThat(kpi(Service.QUALITY, "/v1/kpis/safety", "toxicity_rate")
                        .get("count")
                        .asLong())
                .isEqualTo(1);
    }

    private JsonNode kpi(Service service, String path, String name) {
        Api.Answer answer = new Api(stack.url(service), key).get(path + "?from=now-1h&to=now%2B1m");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().at("/groups/0/kpis/" + name);
    }
}
