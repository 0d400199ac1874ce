package dev.assay.cost.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Worked cost cases, exact to the last digit: the total, and every line that makes it up. */
class CostCasesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> cases() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                CostCasesTest.class.getResourceAsStream("/pricing/cost-cases.jsonl"), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode json = JSON.readTree(line);
                cases.add(Arguments.of(Named.of(
                        json.path("id").asText() + " " + json.path("category").asText() + " "
                                + json.path("model").asText(),
                        json)));
            }
        }
        assertThat(cases).hasSize(44);
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void costsWhatWasWorkedOut(JsonNode json) {
        PricingOutcome outcome = Pricer.price(card(json), UsageJson.read(json.path("usage")));

        assertThat(outcome).isInstanceOf(Priced.class);
        Priced priced = (Priced) outcome;
        assertThat(priced.listCost())
                .isEqualByComparingTo(json.path("list_cost").asText());
        assertThat(priced.charges()).map(CostCasesTest::line).containsExactlyInAnyOrderElementsOf(expectedLines(json));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void findsThePriceOfTheModelAsNamed(JsonNode json) {
        if (json.has("rates")) {
            assertThat(ShippedPrices.CATALOGUE.match(
                            json.path("provider").asText(), json.path("model").asText(), ""))
                    .isEmpty();
            return;
        }
        assertThat(ShippedPrices.CATALOGUE.match(
                        json.path("provider").asText(), "", json.path("model").asText()))
                .hasValueSatisfying(match -> {
                    assertThat(match.row().key()).isEqualTo(json.path("model").asText());
                    assertThat(match.rule()).isEqualTo(MatchRule.EXACT);
                });
    }

    private static RateCard card(JsonNode json) {
        String model = json.path("model").asText();
        if (!json.has("rates")) {
            return ShippedPrices.CATALOGUE.card(
                    ShippedPrices.CATALOGUE.row(model).orElseThrow());
        }
        Map<String, BigDecimal> rates = new HashMap<>();
        json.path("rates")
                .properties()
                .forEach(e -> rates.put(e.getKey(), new BigDecimal(e.getValue().asText())));
        return RateCard.of(PriceRow.of(model, json.path("provider").asText(), rates));
    }

    private static List<String> expectedLines(JsonNode json) {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : json.path("classes")) {
            lines.add(String.join(
                    " ",
                    line.path("class").asText(),
                    text(line, "quantity"),
                    text(line, "unit_price"),
                    line.path("rate").asText(),
                    text(line, "amount")));
        }
        return lines;
    }

    private static String text(JsonNode line, String field) {
        return Decimals.text(new BigDecimal(line.path(field).asText()));
    }

    private static String line(Charge charge) {
        return String.join(
                " ",
                charge.chargeClass().label(),
                Decimals.text(charge.quantity()),
                Decimals.text(charge.unitPrice()),
                charge.rate(),
                Decimals.text(charge.amount()));
    }
}
