package dev.assay.system;

import dev.assay.system.Traffic.Call;
import dev.assay.system.Traffic.Ending;
import dev.assay.system.Traffic.Model;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the answers must be, worked out from the calls themselves with nothing of the product: plain sums, sorted arrays,
 * and list prices of the providers as of 2026-08-01 in USD per token.
 */
final class Oracle {
    private record Price(BigDecimal input, BigDecimal cacheRead, BigDecimal output) {}

    private static final Map<Model, Price> PRICES = Map.of(
            Traffic.MINI, price("0.00000015", "0.000000075", "0.0000006"),
            Traffic.SONNET, price("0.000003", "0.0000003", "0.000015"),
            Traffic.FLASH, price("0.0000003", "0.00000003", "0.0000025"));

    private final List<Call> calls;

    Oracle(List<Call> calls) {
        this.calls = calls;
    }

    /** The oracle of some of the calls. */
    Map<String, Oracle> by(Function<Call, String> group) {
        return calls.stream()
                .collect(Collectors.groupingBy(group, Collectors.collectingAndThen(Collectors.toList(), Oracle::new)));
    }

    /** Calls that were not cancelled by the client. */
    long counted() {
        return calls.stream().filter(c -> c.ending() != Ending.CANCELLED).count();
    }

    long cancelled() {
        return calls.size() - counted();
    }

    long errors() {
        return calls.stream()
                .filter(c -> c.ending() == Ending.SERVER_ERROR || c.ending() == Ending.RATE_LIMIT)
                .count();
    }

    long tokens(Function<Call, Long> which) {
        return calls.stream()
                .map(which)
                .filter(t -> t != null)
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Calls without usage among those counted. */
    long usageMissing() {
        return calls.stream()
                .filter(c -> c.ending() != Ending.CANCELLED && c.inputTokens() == null)
                .count();
    }

    BigDecimal listCost() {
        return calls.stream().map(Oracle::cost).flatMap(Optional::stream).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Nearest rank, in milliseconds, of the calls that were not cancelled. */
    double latencyMs(double quantile) {
        long[] sorted = calls.stream()
                .filter(c -> c.ending() != Ending.CANCELLED)
                .mapToLong(Call::durationMicros)
                .sorted()
                .toArray();
        return sorted[(int) Math.ceil(quantile * sorted.length) - 1] / 1_000.0;
    }

    /** Nearest rank, in milliseconds, of the calls that tell it: one that was cancelled later may, too. */
    double ttftMs(double quantile) {
        long[] sorted = calls.stream()
                .filter(c -> c.ttftMicros() != null)
                .mapToLong(Call::ttftMicros)
                .sorted()
                .toArray();
        return sorted[(int) Math.ceil(quantile * sorted.length) - 1] / 1_000.0;
    }

    long users() {
        return calls.stream().map(Call::user).distinct().count();
    }

    int size() {
        return calls.size();
    }

    List<Call> calls() {
        return calls;
    }

    /**
     * The list cost of one call; empty when nobody knows it: the model has no price, or the sender did not tell the usage of a
     * call that the provider may have billed. A call that failed at the provider without usage cost nothing.
     */
    static Optional<BigDecimal> cost(Call call) {
        Price price = PRICES.get(call.model());
        if (call.inputTokens() == null) {
            boolean failed = call.ending() == Ending.SERVER_ERROR || call.ending() == Ending.RATE_LIMIT;
            return failed ? Optional.of(BigDecimal.ZERO) : Optional.empty();
        }
        if (price == null) {
            return Optional.empty();
        }
        long cached = call.cacheReadTokens() == null ? 0 : call.cacheReadTokens();
        return Optional.of(price.input()
                .multiply(BigDecimal.valueOf(call.inputTokens() - cached))
                .add(price.cacheRead().multiply(BigDecimal.valueOf(cached)))
                .add(price.output().multiply(BigDecimal.valueOf(call.outputTokens()))));
    }

    /** Tokens of calls whose model has no price. */
    long unpricedTokens() {
        return calls.stream()
                .filter(c -> cost(c).isEmpty() && c.inputTokens() != null)
                .mapToLong(c -> c.inputTokens() + c.outputTokens())
                .sum();
    }

    long unpricedCalls() {
        return calls.stream().filter(c -> cost(c).isEmpty()).count();
    }

    private static Price price(String... rates) {
        List<BigDecimal> parsed = Arrays.stream(rates).map(BigDecimal::new).toList();
        return new Price(parsed.get(0), parsed.get(1), parsed.get(2));
    }
}
