package dev.assay.cost.api.bill;

import dev.assay.platform.web.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reports that can be imported. */
public enum BillFormat {
    /** Answer of OpenAI's {@code GET /v1/organization/costs}. */
    OPENAI_COSTS {
        @Override
        void read(String body, BillRequest request, BillDraft draft) {
            OpenAiCosts.json(body, request, draft);
        }
    },
    /** The same as a file: the costs export of OpenAI's usage page. */
    OPENAI_COSTS_CSV {
        @Override
        void read(String body, BillRequest request, BillDraft draft) {
            OpenAiCosts.csv(body, request, draft);
        }
    },
    /** Answer of Anthropic's {@code GET /v1/organizations/cost_report}. */
    ANTHROPIC_COST_REPORT {
        @Override
        void read(String body, BillRequest request, BillDraft draft) {
            AnthropicCostReport.json(body, request, draft);
        }
    },
    /** A FOCUS data set, which AWS, Azure and Google Cloud export. */
    FOCUS_CSV {
        @Override
        void read(String body, BillRequest request, BillDraft draft) {
            FocusBill.csv(body, request, draft);
        }
    };

    /** The most lines of one bill. */
    public static final int MOST_LINES = 50_000;

    abstract void read(String body, BillRequest request, BillDraft draft);

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

    /** The bill of a report: at least one line, over at most 92 days that are over. */
    public Bill read(String body, BillRequest request) {
        BillDraft draft = new BillDraft();
        read(body, request, draft);
        return draft.bill(request.today());
    }
}
