package dev.assay.localstack.demo;

import java.util.List;
import java.util.SplittableRandom;

/** The applications of the demonstration: which SDK each uses, which models, how slow it is and how well liked. */
enum DemoApp {
    SUPPORT(
            "support-assistant",
            44,
            RecordedTrace.Dialect.VERCEL,
            0.9,
            4.3,
            List.of(DemoModel.GPT_4O_MINI, DemoModel.GPT_4O_MINI, DemoModel.GPT_41_MINI, DemoModel.IN_HOUSE)),
    SEARCH(
            "knowledge-search",
            30,
            RecordedTrace.Dialect.OPENINFERENCE,
            0.8,
            4.4,
            List.of(DemoModel.GPT_4O_MINI, DemoModel.GPT_4O)),
    REVIEW("code-review", 20, RecordedTrace.Dialect.OTEL, 1.3, 4.1, List.of(DemoModel.GPT_4O, DemoModel.GPT_41)),
    RESEARCH(
            "research-agent",
            4,
            RecordedTrace.Dialect.TRACELOOP,
            1.0,
            3.8,
            List.of(DemoModel.GPT_4O, DemoModel.GPT_41_MINI)),
    WRITING("writing-helper", 2, RecordedTrace.Dialect.LANGFUSE, 1.1, 4.0, List.of(DemoModel.GPT_4O_MINI));

    private static final int TOTAL = 100;

    private final String id;
    private final int share;
    private final RecordedTrace.Dialect dialect;
    private final double slowness;
    private final double rating;
    private final List<DemoModel> models;

    DemoApp(
            String id,
            int share,
            RecordedTrace.Dialect dialect,
            double slowness,
            double rating,
            List<DemoModel> models) {
        this.id = id;
        this.share = share;
        this.dialect = dialect;
        this.slowness = slowness;
        this.rating = rating;
        this.models = models;
    }

    static DemoApp draw(SplittableRandom random) {
        int left = random.nextInt(TOTAL);
        for (DemoApp app : values()) {
            left -= app.share;
            if (left < 0) {
                return app;
            }
        }
        throw new IllegalStateException("shares do not add up to " + TOTAL);
    }

    String id() {
        return id;
    }

    RecordedTrace.Dialect dialect() {
        return dialect;
    }

    /** How much longer its calls take than others of their length. */
    double slowness() {
        return slowness;
    }

    /** What its users give it, from 1 to 5, on average. */
    double rating() {
        return rating;
    }

    DemoModel drawModel(SplittableRandom random) {
        DemoModel model = models.get(random.nextInt(models.size()));
        // the model without a price is rare, but there
        return model == DemoModel.IN_HOUSE && random.nextInt(10) > 0 ? DemoModel.GPT_4O_MINI : model;
    }
}
