package dev.assay.cost.app;

import dev.assay.cost.domain.pricing.Pricer;
import dev.assay.cost.domain.pricing.PricingOutcome;
import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import dev.assay.cost.domain.pricing.PricingOutcome.Unpriced;
import dev.assay.cost.domain.pricing.Quote;
import dev.assay.cost.domain.pricing.Usage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a call may come to, before it is made: so many tokens in and out at most, as plain text at today's price. */
@ApplicationScoped
public class EstimateCall {
    private static final String INPUT = "max_input_tokens";
    private static final String OUTPUT = "max_output_tokens";

    private final PriceBooks prices;

    EstimateCall(PriceBooks prices) {
        this.prices = prices;
    }

    /** What an estimate came to. */
    public sealed interface Estimate {
        /** The amount, in {@code currency}. */
        record Amount(BigDecimal amount, String currency) implements Estimate {}

        /** There is no price for it: the reason's name, and what was missing. */
        record NoPrice(String reason, String detail) implements Estimate {}

        /** The catalogue does not say how many tokens the model takes or gives: the field that must be told. */
        record NoLimit(String field) implements Estimate {}
    }

    /**
     * The estimate for a project's call.
     *
     * @param provider empty if it was not told
     * @param maxInput by default the catalogue's limit; so is {@code maxOutput}
     */
    public Uni<Estimate> estimate(
            String tenant, String provider, String model, @Nullable Long maxInput, @Nullable Long maxOutput) {
        return prices.now().map(book -> {
            Optional<Quote> quote = book.quote(tenant, provider, model, model, Instant.now());
            return quote.isEmpty()
                    ? new Estimate.NoPrice("unknown_model", model)
                    : estimate(quote.get(), maxInput, maxOutput);
        });
    }

    private static Estimate estimate(Quote quote, @Nullable Long maxInput, @Nullable Long maxOutput) {
        Map<String, Long> limits = quote.card().row().limits();
        boolean answersNothing = quote.card().row().mode().equals("embedding");
        Long input = maxInput == null ? limits.get(INPUT) : maxInput;
        Long output = maxOutput == null ? (answersNothing ? Long.valueOf(0) : limits.get(OUTPUT)) : maxOutput;
        if (input == null) {
            return new Estimate.NoLimit(INPUT);
        }
        if (output == null) {
            return new Estimate.NoLimit(OUTPUT);
        }
        PricingOutcome outcome = Pricer.price(
                quote.card(),
                Usage.builder().inputTokens(input).outputTokens(output).build());
        if (outcome instanceof Unpriced unpriced) {
            return new Estimate.NoPrice(unpriced.reason().label(), unpriced.detail());
        }
        return new Estimate.Amount(((Priced) outcome).listCost(), quote.currency());
    }
}
