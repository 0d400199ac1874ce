package dev.assay.cost.api.bill;

import dev.assay.cost.domain.reconcile.BilledLine;
import dev.assay.platform.web.Problem;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reports that can be imported. */
public enum BillFormat {
    /** Answer of OpenAI's {@code GET /v1/organization/costs}. */
    OPENAI_COSTS {
        @Override
        List<BilledLine> lines(String body, BillRequest request) {
            return OpenAiCosts.json(body, request);
        }
    },
    /** The same as a file: the costs export of OpenAI's usage page. */
    OPENAI_COSTS_CSV {
        @Override
        List<BilledLine> lines(String body, BillRequest request) {
            return OpenAiCosts.csv(body, request);
        }
    },
    /** Answer of Anthropic's {@code GET /v1/organizations/cost_report}. */
    ANTHROPIC_COST_REPORT {
        @Override
        List<BilledLine> lines(String body, BillRequest request) {
            return AnthropicCostReport.json(body, request);
        }
    },
    /** A FOCUS data set, which AWS, Azure and Google Cloud export. */
    FOCUS_CSV {
        @Override
        List<BilledLine> lines(String body, BillRequest request) {
            return FocusBill.csv(body, request);
        }
    };

    /** The most lines of one bill. */
    public static final int MOST_LINES = 50_000;

    private static final int MOST_DAYS = 92;

    abstract List<BilledLine> lines(String body, BillRequest request);

    /** The name on the wire. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of a name; anything else is answered with those that there are. */
    public static BillFormat of(@Nullable String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest(
                        "format",
                        "must be one of "
                                + Arrays.stream(values()).map(BillFormat::label).collect(Collectors.joining(", "))));
    }

    /** The lines of a bill, at least one, over at most 92 days. */
    public List<BilledLine> read(String body, BillRequest request) {
        List<BilledLine> lines = lines(body, request);
        if (lines.isEmpty()) {
            throw Problem.unprocessable(null, "the report must have a line with an amount");
        }
        Comparator<BilledLine> byDay = Comparator.comparing(BilledLine::day);
        long days = ChronoUnit.DAYS.between(
                lines.stream().min(byDay).orElseThrow().day(),
                lines.stream().max(byDay).orElseThrow().day());
        if (days >= MOST_DAYS) {
            throw Problem.unprocessable(null, "the report must span at most " + MOST_DAYS + " days");
        }
        return lines;
    }
}
