package dev.assay.cost.api.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cost.domain.reconcile.BilledLine;
import dev.assay.cost.domain.reconcile.BilledPart;
import dev.assay.cost.domain.reconcile.BilledTier;
import dev.assay.cost.domain.reconcile.Cell;
import dev.assay.cost.domain.reconcile.ChargeKind;
import dev.assay.platform.web.Problem;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillFormatTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-25");
    private static final BillRequest PLAIN = new BillRequest("USD", null, Set.of(), null, TODAY);
    private static final BillRequest FOCUS =
            new BillRequest("USD", "aws.bedrock", Set.of("Amazon Bedrock"), "x_Model", TODAY);

    @Test
    void readsCostsOfOpenAi() {
        List<BilledLine> lines = lines(BillFormat.OPENAI_COSTS, """
                {"object": "page", "has_more": false, "next_page": null, "data": [
                  {"object": "bucket", "start_time": 1730419200, "end_time": 1730505600, "results": [
                    {"object": "organization.costs.result", "amount": {"value": 0.06, "currency": "usd"},
                     "line_item": "gpt-4o-2024-08-06, cached input", "project_id": null},
                    {"object": "organization.costs.result", "amount": {"value": 1e-7, "currency": "usd"},
                     "line_item": null}]}]}""", PLAIN);

        assertThat(lines).hasSize(2);
        BilledLine first = lines.get(0);
        assertThat(first.day()).isEqualTo(LocalDate.parse("2024-11-01"));
        assertThat(first.provider()).isEqualTo("openai");
        assertThat(first.model()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(first.cell()).isEqualTo(new Cell(BilledTier.UNKNOWN, BilledPart.CACHE));
        assertThat(first.amount()).isEqualByComparingTo("0.06");
        assertThat(first.roundingBound()).isEqualByComparingTo("0.005");
        assertThat(lines.get(1).model()).isNull();
        assertThat(lines.get(1).amount()).isEqualByComparingTo("0.0000001");
        assertThat(lines.get(1).roundingBound()).isEqualByComparingTo("0.00000005");
    }

    @Test
    void readsTheFileOfOpenAiAndLeavesOutDaysWithoutABill() {
        List<BilledLine> lines = lines(BillFormat.OPENAI_COSTS_CSV, """
                start_time,end_time,amount_value,amount_currency,line_item
                1759622400,1759708800,0.8958740000000000,usd,"gpt-5-mini, output"
                1759968000,1760054400,,,
                """, PLAIN);

        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.day()).isEqualTo(LocalDate.parse("2025-10-05"));
            assertThat(line.model()).isEqualTo("gpt-5-mini");
            assertThat(line.cell().part()).isEqualTo(BilledPart.OUTPUT);
            assertThat(line.amount()).isEqualByComparingTo("0.895874");
        });
    }

    @Test
    void readsAnthropicsCents() {
        List<BilledLine> lines = lines(BillFormat.ANTHROPIC_COST_REPORT, """
                {"has_more": false, "next_page": null, "data": [
                  {"starting_at": "2026-03-01T00:00:00Z", "ending_at": "2026-03-02T00:00:00Z", "results": [
                    {"amount": "123.45", "currency": "USD", "model": "claude-sonnet-4-5-20250929",
                     "cost_type": "tokens", "service_tier": "batch", "context_window": "0-200k",
                     "token_type": "cache_creation.ephemeral_1h_input_tokens"},
                    {"amount": "1", "currency": "USD", "model": null, "cost_type": "web_search",
                     "service_tier": null, "token_type": null}]}]}""", PLAIN);

        assertThat(lines.get(0).amount()).isEqualByComparingTo("1.2345");
        assertThat(lines.get(0).cell()).isEqualTo(new Cell(BilledTier.OTHER, BilledPart.CACHE));
        assertThat(lines.get(0).provider()).isEqualTo("anthropic");
        assertThat(lines.get(1).model()).isNull();
        assertThat(lines.get(1).amount()).isEqualByComparingTo("0.01");
        // a search has no tokens and no tier: it must not blur those of the other lines
        assertThat(lines.get(1).cell()).isEqualTo(new Cell(BilledTier.STANDARD, BilledPart.OTHER));
    }

    @Test
    void takesAmountsWithAllTheDigitsThatOpenAiWrites() {
        BilledLine line = lines(
                        BillFormat.OPENAI_COSTS, openAi("\"0.000004500000000000000000000000000000000\"", "usd"), PLAIN)
                .get(0);

        assertThat(line.amount()).isEqualByComparingTo("0.0000045");
        // behind a billionth they are noise, not precision
        assertThat(line.roundingBound()).isEqualByComparingTo("0.0000000005");
    }

    @Test
    void digitsOfANumberTellHowFarItIsRounded() {
        assertThat(lines(BillFormat.OPENAI_COSTS, openAi("0.1230000", "usd"), PLAIN)
                        .get(0)
                        .roundingBound())
                .isEqualByComparingTo("0.00000005");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "gpt-4o-2024-08-06, input;                   gpt-4o-2024-08-06;           UNKNOWN; INPUT",
                "gpt-5.4-mini-2026-03-17, cached input;      gpt-5.4-mini-2026-03-17;     UNKNOWN; CACHE",
                "priority | gpt-5.6-sol, output, long context; gpt-5.6-sol;               OTHER;   OUTPUT",
                "gpt-audio-mini-2025-12-15 audio, input;     gpt-audio-mini-2025-12-15;   UNKNOWN; INPUT",
                "gpt-realtime-2.1-mini-2026-08-28, audio input; gpt-realtime-2.1-mini-2026-08-28; UNKNOWN; INPUT",
                "evals | gpt-4o-mini-2024-07-18, input;      evals | gpt-4o-mini-2024-07-18; UNKNOWN; INPUT",
                "web search tool calls;                      web search tool calls;       UNKNOWN; UNKNOWN",
                "whisper-1, audio;                           whisper-1;                   UNKNOWN; UNKNOWN",
            })
    void readsLineItemsAsBillsHaveThem(String item, String model, BilledTier tier, BilledPart part) {
        assertThat(OpenAiLineItem.of(item)).isEqualTo(new OpenAiLineItem(model, new Cell(tier, part)));
    }

    @Test
    void daysWithoutABillAreDaysOfTheReport() {
        Bill json = BillFormat.OPENAI_COSTS.read("""
                {"data": [
                  {"start_time": 1730419200, "end_time": 1730505600, "results": []},
                  {"start_time": 1730505600, "end_time": 1730592000, "results": [
                    {"amount": {"value": 1, "currency": "usd"}}]},
                  {"start_time": 1730592000, "end_time": 1730678400, "results": []}]}""", PLAIN);
        assertThat(json.firstDay()).isEqualTo(LocalDate.parse("2024-11-01"));
        assertThat(json.lastDay()).isEqualTo(LocalDate.parse("2024-11-03"));

        Bill csv = BillFormat.OPENAI_COSTS_CSV.read("""
                start_time,end_time,amount_value,amount_currency
                1730419200,1730505600,1,usd
                1730505600,1730592000,,
                """, PLAIN);
        assertThat(csv.lastDay()).isEqualTo(LocalDate.parse("2024-11-02"));
    }

    @Test
    void refusesDaysThatAreNotWholeOrNotOverOrTwice() {
        String result = "{\"amount\": {\"value\": 1, \"currency\": \"usd\"}}";
        String bucket = "{\"start_time\": %d, \"end_time\": %d, \"results\": [" + result + "]}";
        String page = "{\"data\": [%s]}";
        // from noon on, and half a day
        refuses(BillFormat.OPENAI_COSTS, page.formatted(bucket.formatted(1730462400, 1730548800)), PLAIN, "whole day");
        refuses(BillFormat.OPENAI_COSTS, page.formatted(bucket.formatted(1730419200, 1730462400)), PLAIN, "whole day");
        String day = bucket.formatted(1730419200, 1730505600);
        refuses(BillFormat.OPENAI_COSTS, page.formatted(day + "," + day), PLAIN, "two of 2024-11-01");
        BillRequest thatDay = new BillRequest("USD", null, Set.of(), null, LocalDate.parse("2024-11-01"));
        refuses(BillFormat.OPENAI_COSTS, page.formatted(day), thatDay, "that is over");
        refuses(BillFormat.ANTHROPIC_COST_REPORT, """
                {"data": [{"starting_at": "2026-03-01T00:00:00+02:00", "results": []}]}""", PLAIN, "whole day");
    }

    @Test
    void refusesUsageOfAMonthInOneLine() {
        refuses(BillFormat.FOCUS_CSV, """
                ServiceName,ChargePeriodStart,ChargePeriodEnd,BilledCost,BillingCurrency,ChargeCategory,x_Model
                Amazon Bedrock,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z,9,USD,Usage,nova-pro
                """, FOCUS, "by the day or hour");
    }

    @Test
    void readsTheWantedServicesOfAFocusDataSet() {
        List<BilledLine> lines = lines(BillFormat.FOCUS_CSV, """
                ServiceName,ChargePeriodStart,ChargePeriodEnd,BilledCost,BillingCurrency,ChargeCategory,ChargeClass,x_Model\r
                Amazon Bedrock,2026-03-01T23:00:00Z,2026-03-02T00:00:00Z,0.1234,USD,Usage,,nova-pro\r
                Amazon Bedrock,2026-03-01T23:00:00-05:00,2026-03-02T23:00:00-05:00,-0.1,USD,Credit,,\r
                Amazon Bedrock,2026-03-02 00:00:00,2026-04-01 00:00:00,0.2,USD,Tax,,\r
                Amazon Bedrock,2026-03-02 00:00:00,2026-03-03 00:00:00,-0.3,USD,Usage,Correction,nova-pro\r
                "Amazon ""S3"", old",2026-03-01T23:00:00Z,2026-03-02T00:00:00Z,99,USD,Usage,,\r
                """, FOCUS);

        assertThat(lines)
                .extracting(BilledLine::kind)
                .containsExactly(ChargeKind.USAGE, ChargeKind.CREDIT, ChargeKind.FEE, ChargeKind.CREDIT);
        assertThat(lines)
                .extracting(line -> line.day().toString())
                .containsExactly("2026-03-01", "2026-03-02", "2026-03-02", "2026-03-02");
        assertThat(lines.get(0).model()).isEqualTo("nova-pro");
    }

    @Test
    void saysWhatIsWrong() {
        refuses(BillFormat.OPENAI_COSTS, "nothing", PLAIN, "JSON");
        refuses(BillFormat.OPENAI_COSTS, "{}", PLAIN, "data");
        refuses(BillFormat.OPENAI_COSTS, "{\"data\": [], \"has_more\": true}", PLAIN, "has_more");
        refuses(BillFormat.OPENAI_COSTS, "{\"data\": []}", PLAIN, "a line with an amount");
        refuses(BillFormat.OPENAI_COSTS, openAi("\"1e-999999999\"", "usd"), PLAIN, "decimals");
        refuses(BillFormat.OPENAI_COSTS, openAi("1", "eur"), PLAIN, "currency");
        refuses(BillFormat.OPENAI_COSTS_CSV, "a,b\n1,2\n", PLAIN, "start_time");
        refuses(BillFormat.FOCUS_CSV, "", PLAIN, "provider");
        refuses(BillFormat.FOCUS_CSV, "", FOCUS, "BilledCost");
        refuses(BillFormat.FOCUS_CSV, "\"open", FOCUS, "closed");
        assertThatThrownBy(() -> BillFormat.of("pdf")).hasMessageContaining("openai_costs_csv");
    }

    private static String openAi(String value, String currency) {
        return "{\"data\": [{\"start_time\": 1730419200, \"results\": [{\"amount\": {\"value\": " + value
                + ", \"currency\": \"" + currency + "\"}}]}]}";
    }

    private static List<BilledLine> lines(BillFormat format, String body, BillRequest request) {
        return format.read(body, request).lines();
    }

    private static void refuses(BillFormat format, String body, BillRequest request, String told) {
        assertThatThrownBy(() -> format.read(body, request))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(told);
    }
}
