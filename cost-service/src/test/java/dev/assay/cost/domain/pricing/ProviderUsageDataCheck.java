package dev.assay.cost.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Usage as providers report it, with what two independent price lists make of it: {@code -Dassay.data=DIR}. */
class ProviderUsageDataCheck {

    static Stream<Arguments> payloads() throws IOException {
        JsonNode file = new ObjectMapper()
                .readTree(Path.of(System.getProperty("assay.data"), "prices", "usage-payloads.json")
                        .toFile());
        List<Arguments> cases = new ArrayList<>();
        for (JsonNode one : file.path("cases")) {
            cases.add(Arguments.of(
                    Named.of(one.path("id").asText() + " " + one.path("model").asText(), one)));
        }
        assertThat(cases).hasSize(60);
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void costsWhatBothListsSay(JsonNode payload) {
        PriceMatch match = ShippedPrices.CATALOGUE
                .match(payload.path("provider").asText(), payload.path("model").asText(), "")
                .orElseThrow();
        Priced priced =
                (Priced) Pricer.price(ShippedPrices.CATALOGUE.card(match.row()), UsageJson.read(payload.path("usage")));

        assertThat(priced.listCost())
                .isEqualByComparingTo(payload.path("expected_usd").asText());
    }
}
