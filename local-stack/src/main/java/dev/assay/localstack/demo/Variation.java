package dev.assay.localstack.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What one replay of a recorded trace differs in. All of it follows from the moment's seed.
 *
 * @param tokenFactor what every token count is multiplied by; one whole number, so that sums and totals stay right
 * @param timeFactor what every duration is multiplied by
 */
record Variation(
        RecordedTrace trace,
        DemoApp app,
        DemoModel model,
        String environment,
        String user,
        String session,
        Texts.Exchange text,
        Instant start,
        int tokenFactor,
        double timeFactor,
        boolean keepFailedSteps,
        String traceId,
        long idSeed) {

    private static final int USERS = 160;
    private static final double FAILURE_RATIO = 0.004;
    private static final double TROUBLED_FAILURE_RATIO = 0.2;
    private static final double TROUBLED_SLOWNESS = 2.2;
    private static final double STAGING_RATIO = 0.06;
    private static final double MEDIAN_TOKEN_FACTOR = 7;
    private static final double TOKEN_SIGMA = 0.55;
    private static final int LARGEST_TOKEN_FACTOR = 60;
    private static final Duration LONGEST = Duration.ofSeconds(12);
    private static final double STEP_FAILURE_RATIO = 0.02;

    static Variation of(Schedule.Moment moment, Recordings recordings, Texts texts) {
        SplittableRandom random = new SplittableRandom(moment.seed());
        boolean troubled = Schedule.isTroubled(moment.start());
        DemoApp app = DemoApp.draw(random);
        boolean failed = random.nextDouble() < (troubled ? TROUBLED_FAILURE_RATIO : FAILURE_RATIO);
        RecordedTrace trace = draw(recordings, app, failed, random);
        DemoModel model = app.drawModel(random);
        int tokenFactor = tokenFactor(random);
        int user = (int) (USERS * Math.pow(random.nextDouble(), 2)); // some come often, most seldom
        return new Variation(
                trace,
                app,
                model,
                random.nextDouble() < STAGING_RATIO ? "staging" : "production",
                "user-" + (1000 + user),
                "session-" + user + "-" + moment.start().getEpochSecond() / 1800,
                texts.draw(random),
                moment.start(),
                tokenFactor,
                timeFactor(
                        trace,
                        tokenFactor,
                        app.slowness() * model.slowness() * (troubled ? TROUBLED_SLOWNESS : 1),
                        random),
                random.nextDouble() < STEP_FAILURE_RATIO,
                hex(random.nextLong()) + hex(random.nextLong()),
                random.nextLong());
    }

    private static RecordedTrace draw(Recordings recordings, DemoApp app, boolean failed, SplittableRandom random) {
        List<RecordedTrace> fitting = recordings.of(app.dialect(), failed);
        if (fitting.isEmpty()) { // nobody recorded a failure of its own here
            fitting = recordings.of(app.dialect(), false);
        }
        return fitting.get(random.nextInt(fitting.size()));
    }

    private static int tokenFactor(SplittableRandom random) {
        double factor = MEDIAN_TOKEN_FACTOR * Math.exp(TOKEN_SIGMA * gaussian(random));
        return (int) Math.min(LARGEST_TOKEN_FACTOR, Math.max(1, Math.round(factor)));
    }

    /** Longer answers take longer; what the recorder waited for is not stretched beyond reason. */
    private static double timeFactor(RecordedTrace trace, int tokenFactor, double slowness, SplittableRandom random) {
        double factor = tokenFactor * slowness * (0.7 + 0.6 * random.nextDouble());
        double limit = (double) LONGEST.toNanos() / Math.max(1, trace.longest().toNanos());
        return Math.min(factor, limit);
    }

    /** Box and Muller. */
    private static double gaussian(SplittableRandom random) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }

    static String hex(long value) {
        return String.format("%016x", value == 0 ? 1 : value); // all zeros would not be an id
    }
}
