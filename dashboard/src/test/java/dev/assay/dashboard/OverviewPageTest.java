package dev.assay.dashboard;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser, over doubles of the four services. */
@QuarkusTest
@QuarkusTestResource(DoublesResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverviewPageTest {
    private static final ServiceDoubles SERVICES = DoublesResource.DOUBLES;
    private static final String DAY = "?from=2026-11-23T14:00:00Z&to=2026-11-24T14:00:00Z";

    @TestHTTPResource("/")
    String address;

    private Chromium chromium;
    private Page page;

    @BeforeAll
    void openBrowser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(10_000);
        chromium = new Chromium();
    }

    @BeforeEach
    void openPage() {
        SERVICES.answerInFull();
        page = chromium.page(1440, 1380, ColorScheme.LIGHT);
    }

    @AfterEach
    void closePage() {
        page.context().close();
        assertThat(chromium.takeComplaints())
                .as("what the browser complained about")
                .isEmpty();
    }

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    private void open(String query) {
        page.navigate(address + query);
        assertThat(page.locator(".cols[aria-busy], .card[aria-busy]")).hasCount(0);
    }

    private Locator figure(String kpi) {
        return page.locator("[data-kpi=" + kpi + "]");
    }

    private Locator row(String kpi) {
        return page.locator("a.kpi", new Page.LocatorOptions().setHas(figure(kpi)));
    }

    private void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }

    @ParameterizedTest(name = "{1} is {2} {3}")
    @CsvSource({
        "safety,     safe_response_ratio, 99.81%,       Met",
        "safety,     hallucination_rate,  4.7%,         Too close", // its interval reaches over the target
        "operations, latency_p50_ms,      1.2s,         Met",
        "operations, latency_p95_ms,      5.4s,         Missed",
        "operations, throughput_rps,      17.1rps,      No target",
        "cost,       list_cost,           '$6,045',     No target",
        "cost,       cost_per_call,       $0.0042,      Met",
        "users,      csat_mean,           4.30of 5,     Met",
        "users,      nps,                 42,           Met",
        "users,      active_users,        '12,450',     No target",
    })
    void showsEachFigureAsItsServiceGivesIt(String family, String kpi, String text, String status) {
        open(DAY);
        assertThat(figure(kpi))
                .hasAttribute(
                        "data-value",
                        ServiceDoubles.kpi(family, kpi).path("value").asText().replaceAll("\\.0$", ""));
        assertThat(figure(kpi)).hasText(text);
        assertThat(row(kpi).locator(".st")).hasText(status);
    }

    @Test
    void showsWhatAFigureRestsOnAndHowItMoved() {
        open(DAY);
        assertThat(row("hallucination_rate").locator(".sub")).hasText("95 % CI 4.2–5.3 · coverage 12 %");
        assertThat(row("hallucination_rate").locator(".chg")).hasText("▲up 1.4 pt worse");
        assertThat(row("safe_response_ratio").locator(".chg")).hasText("no clear change");
        assertThat(row("latency_p95_ms").locator(".tgt")).hasText("target < 5 s");
        assertThat(row("list_cost").locator(".tgt")).hasText("1.8 % unpriced");
        assertThat(figure("projected_month_cost")).hasAttribute("data-value", "179900.00");
        assertThat(row("projected_month_cost").locator(".sub")).hasText("95 % interval $174.6K–$185.2K");
        assertThat(page.locator(".head p")).hasText(Pattern.compile("1\\.48.M calls\\.$"));
        screenshot("overview");
    }

    @Test
    void neverShowsUnknownAsZeroOrAsMet() {
        SERVICES.change("quality", "users", "nps", "value", NullNode.instance);
        SERVICES.change("quality", "safety", "hallucination_rate", "judgeable", BooleanNode.FALSE);
        open(DAY);
        assertThat(figure("accuracy_ratio")).hasAttribute("data-value", "");
        assertThat(row("accuracy_ratio").locator(".st")).hasText("Not judged");
        assertThat(row("accuracy_ratio").locator(".sub")).hasText("Needs human labels or a judge. Neither is set up.");
        assertThat(row("hallucination_rate").locator(".st")).hasText("Not judged");
        assertThat(figure("hallucination_rate")).hasText("Cannot be judged");
    }

    @Test
    void aRangeIsChosenInTheBarAndKeptInTheAddress() {
        open(DAY);
        SERVICES.forgetRequests();
        button("Custom range").click();
        screenshot("range");
        button("Last 7 days").click();
        page.waitForURL(Pattern.compile(".*from=now-7d&to=now$"));
        assertThat(page.locator(".cols[aria-busy]")).hasCount(0);
        LoggedRequest asked = SERVICES.requests("/ingest/v1/kpis/operations").stream()
                .filter(request -> request.queryParameter("step").hasValueMatching(equalTo("1h")))
                .findFirst()
                .orElseThrow();
        Instant from = Instant.parse(asked.queryParameter("from").firstValue());
        Instant to = Instant.parse(asked.queryParameter("to").firstValue());
        assertThat(Duration.between(from, to))
                .isBetween(Duration.ofDays(7), Duration.ofDays(7).plusMinutes(2));

        button("Last 7 days").click();
        page.getByLabel("From", new Page.GetByLabelOptions().setExact(true)).fill("2026-11-01T08:00");
        page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("2026-11-01T07:00");
        button("Show this range").click();
        assertThat(page.locator(".wrong")).hasText("From must be before to.");
        page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("2026-11-01T09:30");
        button("Show this range").click();
        page.waitForURL(Pattern.compile(".*from=2026-11-01T08:00:00Z&to=2026-11-01T09:30:00Z$"));
        page.goBack();
        page.waitForURL(Pattern.compile(".*from=now-7d&to=now$"));
        assertThat(button("Last 7 days")).isVisible();
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void filtersByAppEnvironmentModelAndProject() {
        open(DAY);
        SERVICES.forgetRequests();
        page.getByLabel("App").selectOption("support-chat");
        page.waitForURL(Pattern.compile(".*app=support-chat.*"));
        page.getByLabel("Environment").selectOption("production");
        page.waitForURL(Pattern.compile(".*environment=production.*"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("gpt-4o"))
                .click();
        page.waitForURL(Pattern.compile(".*model=gpt-4o.*"));
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Model: gpt-4o")))
                .isVisible();
        assertThat(page.locator(".cols[aria-busy]")).hasCount(0);
        List<LoggedRequest> asked = SERVICES.requests("/quality/v1/kpis/users");
        LoggedRequest last = asked.get(asked.size() - 1);
        assertThat(last.queryParameter("app").firstValue()).isEqualTo("support-chat");
        assertThat(last.queryParameter("environment").firstValue()).isEqualTo("production");
        assertThat(last.queryParameter("model").firstValue()).isEqualTo("gpt-4o");

        page.locator("assay-pop[name=Project] > button").click();
        button("demo").click();
        page.waitForURL(Pattern.compile(".*project=demo$"));
        assertThat(page.locator("assay-pop[name=Project] > button")).containsText("demo");
    }

    @Test
    void everyFigureOpensToWhatItIsMadeOf() {
        open(DAY);
        row("latency_p95_ms").click();
        page.waitForURL(Pattern.compile(".*kpi=latency_p95_ms.*"));
        Locator drawer = page.locator("dialog.drawer");
        assertThat(drawer.locator("#drawer-h")).hasText("Latency p95");
        assertThat(drawer.locator(".steps tbody tr")).hasCount(24);
        assertThat(drawer.locator("[data-split=model] tbody tr")).hasCount(4);
        assertThat(drawer.locator("[data-split=model] tbody tr").first()).containsText("claude-haiku-4-5");
        assertThat(drawer.locator(".plot svg")).isVisible();
        screenshot("details");
        drawer.getByText("App", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(drawer.locator("[data-split=app] tbody tr").first()).containsText("support-chat");
        page.waitForURL(Pattern.compile(".*by=app.*"));

        page.reload();
        assertThat(drawer.locator("[data-split=app] tbody tr").first()).containsText("support-chat");
        drawer.getByLabel("Close").click();
        page.waitForURL(url -> !url.contains("kpi="));
        assertThat(drawer).isHidden();
    }

    @Test
    void openAlertsStandOnTopWorstFirst() {
        open("?from=now-24h&to=now");
        assertThat(page.locator(".strip .al")).hasCount(3);
        assertThat(page.locator(".strip .al").first()).containsText("Safety violation");
        page.getByText("All alerts").click();
        assertThat(page.locator("dialog [data-rule]")).hasCount(6);
        assertThat(page.locator("dialog [data-rule=quality_drop]")).containsText("no data to judge by");
        double withAlerts = top("#figures");
        page.keyboard().press("Escape");
        SERVICES.noAlerts();
        assertThat(page.locator(".strip")).hasCount(0);
        assertThat(top("#figures")).as("nothing moves when the strip goes").isEqualTo(withAlerts);
    }

    private double top(String selector) {
        return page.locator(selector).boundingBox().y;
    }

    @Test
    void dailyCostIsAChartAndATable() {
        open(DAY);
        assertThat(page.locator("#daily-cost .plot svg")).isVisible();
        button("Show as table").click();
        assertThat(page.locator("#daily-cost tbody tr")).hasCount(37);
        assertThat(page.locator("#daily-cost tbody tr", new Page.LocatorOptions().setHasText("2026-11-12")))
                .containsText("Anomaly: expected $6,420, +54");
    }

    @Test
    void namesIssuesAndModels() {
        open(DAY);
        assertThat(page.locator("[data-issue]")).hasCount(5);
        assertThat(page.locator("[data-issue=incorrect_answer]")).containsText("18 % worse");
        assertThat(page.locator("[data-issue=slow]")).containsText("unclear");
        page.locator("[data-issue=incorrect_answer] a").click();
        assertThat(page.locator("dialog")).containsText("The refund window is 30 days, not 14.");
        page.keyboard().press("Escape");
        assertThat(page.locator("[data-model]")).hasCount(4);
        assertThat(page.locator("[data-model=gpt-4o]")).containsText("$2,720");
        assertThat(page.locator("[data-model=claude-haiku-4-5]")).containsText("10.0 % unpriced");
        // its failed calls cost nothing, and of the others the price is unknown: that is no $0
        assertThat(page.locator("[data-model='llama-3.3-70b']")).containsText("unpriced");
        assertThat(page.locator("[data-model='llama-3.3-70b']")).not().containsText("$");
    }

    @Test
    void aProjectWithoutCallsSaysHowToSendOneAndShowsIt() {
        SERVICES.answerWithNothing();
        page.navigate(address);
        assertThat(page.locator("#empty-h")).hasText("No calls yet in support-assistant");
        assertThat(page.locator("pre.code")).containsText("/ingest/v1/calls");
        assertThat(page.locator("[data-kpi]")).hasCount(0);
        screenshot("empty");
        SERVICES.answerInFull();
        assertThat(figure("latency_p95_ms")).isVisible();
    }

    @Test
    void aFilterWithoutCallsCanBeLetGo() {
        SERVICES.answerWithNothing();
        SERVICES.newestCall(Instant.now());
        open("?app=nobody");
        assertThat(page.locator(".note")).containsText("No calls match these filters.");
        assertThat(figure("latency_p95_ms")).hasText("No data");
        assertThat(figure("latency_p95_ms")).hasAttribute("data-value", "");
        assertThat(row("latency_p95_ms").locator(".st")).hasText("Not enough data");
        screenshot("no-match");
        button("Remove app").click();
        page.waitForURL(url -> !url.contains("app="));
    }

    @Test
    void aServiceThatFailsTakesOnlyItsOwnPartsWithIt() {
        open(DAY + "&project=support-assistant");
        assertThat(figure("csat_mean")).isVisible();
        SERVICES.hangUp("quality");
        SERVICES.fail("alert", 503);
        page.reload();
        assertThat(page.locator(".cols [data-failed=quality-service]")).hasCount(2);
        assertThat(page.locator(".cols [data-failed=quality-service]").first())
                .containsText("No answer from quality-service");
        assertThat(page.locator(".strip-space")).containsText("alert-service is busy or not ready (503).");
        assertThat(figure("latency_p95_ms")).hasText("5.4s");
        assertThat(figure("list_cost")).isVisible();
        screenshot("failed");
        SERVICES.answerInFull();
        page.locator(".cols [data-failed=quality-service]")
                .first()
                .getByText("Try again")
                .click();
        assertThat(figure("csat_mean")).isVisible();
    }

    @Test
    void aPartThatFailsLaterKeepsItsLastFigures() {
        open("?from=now-24h&to=now");
        assertThat(figure("csat_mean")).isVisible();
        SERVICES.fail("quality", 500);
        Locator failed = page.locator("[aria-label=Users] [data-failed]");
        assertThat(failed).containsText("Answered with an error (500).");
        failed.getByText("Show last figures").click();
        assertThat(figure("csat_mean")).hasText("4.30of 5");
    }

    @Test
    void saysHowOldTheNewestCallIs() {
        SERVICES.newestCall(Instant.now());
        open("?from=now-24h&to=now");
        assertThat(page.locator(".bar .age"))
                .hasText(Pattern.compile("Live, data to \\d\\d:\\d\\d, (now|under 1.min ago)"));
        SERVICES.newestCall(Instant.now().minus(Duration.ofMinutes(12)));
        assertThat(page.locator(".bar .age"))
                .hasText(Pattern.compile("Live, newest call \\d\\d:\\d\\d, 1[012].min ago"));
    }

    @Test
    void oldDataIsMarkedAsOld() {
        SERVICES.clockAt(Instant.now().minus(Duration.ofMinutes(24)));
        open("?from=now-24h&to=now");
        assertThat(page.locator(".age.warn")).containsText("24 min ago");
        assertThat(page.locator(".age ~ [role=status]")).hasText("The data is stale");
        SERVICES.noAlerts();
        assertThat(page.locator(".note.warn")).containsText("Figures end at");
        screenshot("stale");
    }

    @Test
    void aNewCallShowsWithinFiveSecondsWithoutMovingAnything() {
        open("?from=now-24h&to=now");
        assertThat(figure("nps")).hasText("42");
        double before = top("#models");
        SERVICES.change("quality", "users", "nps", "value", IntNode.valueOf(57));
        assertThat(figure("nps")).hasText("57", new HasTextOptions().setTimeout(5_000));
        assertThat(top("#models")).isEqualTo(before);
    }

    @Test
    void aBadAddressIsSaidInWords() {
        page.navigate(address + "?from=yesterday");
        assertThat(page.locator(".note.bad"))
                .containsText("from must be RFC 3339 or relative like now-24h, got: yesterday");
        button("Show the last 24 hours").click();
        assertThat(figure("latency_p95_ms")).isVisible();
        assertThat(chromium.takeComplaints()).allMatch(complaint -> complaint.contains("400"));
    }

    @Test
    void theThemeFollowsTheSystemUntilChosen() {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        open(DAY);
        assertThat(background()).isEqualTo("rgb(12, 14, 18)");
        screenshot("dark");
        button("Theme: as the system").click();
        assertThat(background()).isEqualTo("rgb(246, 247, 249)");
        button("Theme: light").click();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(background()).isEqualTo("rgb(12, 14, 18)");
        page.reload();
        assertThat(button("Theme: dark")).isVisible();
        assertThat(background()).isEqualTo("rgb(12, 14, 18)");
    }

    private String background() {
        return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
    }

    @Test
    void aPhoneHasOneColumnAndNothingToScrollSideways() {
        page.context().close();
        page = chromium.page(390, 844, ColorScheme.LIGHT);
        open(DAY);
        assertThat(sideways()).isZero();
        assertThat(page.locator(".col").first().boundingBox().width).isEqualTo(358);
        screenshot("phone");
        button("Menu").click();
        assertThat(page.locator("#nav")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#nav")).isHidden();
        row("csat_mean").click();
        assertThat(page.locator("dialog.drawer")).isVisible();
        assertThat(sideways()).isZero();
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "phone-details.png")));
    }

    private int sideways() {
        return (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    @Test
    void worksByKeyboardAlone() {
        open(DAY);
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().press("Tab");
        assertThat(button("Copy link")).isFocused();
        row("csat_mean").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog.drawer")).isVisible();
        assertThat(page.getByLabel("Close")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog.drawer")).isHidden();
        assertThat(row("csat_mean")).isFocused();

        Locator range = page.locator("assay-pop[name=Range] > button");
        range.focus();
        page.keyboard().press("Enter");
        assertThat(range).hasAttribute("aria-expanded", "true");
        page.keyboard().press("Escape");
        assertThat(range).hasAttribute("aria-expanded", "false");
        assertThat(range).isFocused();
    }
}
