package dev.assay.ingest.reads;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.kpi.Windows.StepWindow;
import dev.assay.platform.window.Buckets;
import dev.assay.platform.window.MeasureState;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** In which steps of a range the slowest calls and the latest errors lie, by what the windows tell. */
final class ExemplarSteps {

    /** The highest latency bucket in or above which as many calls lie; the lowest there is if there are fewer. */
    static OptionalInt slowBucket(WindowState range, int calls) {
        Buckets buckets = range.get(Measure.MEASURE_LATENCY).buckets();
        long found = 0;
        for (int i = buckets.size() - 1; i >= 0; i--) {
            found += buckets.countAt(i);
            if (found >= calls) {
                return OptionalInt.of(buckets.indexAt(i));
            }
        }
        return buckets.isEmpty() ? OptionalInt.empty() : OptionalInt.of(buckets.indexAt(0));
    }

    /** At most so many steps with calls in the bucket or above it, those with the slowest first. */
    static List<TimeRange> slow(List<StepWindow> steps, int bucket, int most) {
        return steps.stream()
                .filter(step -> highest(step.state()) >= bucket)
                .sorted(Comparator.comparingInt((StepWindow step) -> highest(step.state()))
                        .reversed())
                .limit(most)
                .map(StepWindow::range)
                .toList();
    }

    /** At most so many steps with errors, the latest first. */
    static List<TimeRange> failed(List<StepWindow> steps, int most) {
        return steps.stream()
                .filter(step -> errors(step.state()) > 0)
                .sorted(Comparator.comparing((StepWindow step) -> step.range().from())
                        .reversed())
                .limit(most)
                .map(StepWindow::range)
                .toList();
    }

    private static int highest(WindowState window) {
        Buckets buckets = window.get(Measure.MEASURE_LATENCY).buckets();
        return buckets.isEmpty() ? Integer.MIN_VALUE : buckets.indexAt(buckets.size() - 1);
    }

    private static long errors(WindowState window) {
        MeasureState calls = window.get(Measure.MEASURE_CALLS);
        return calls.count() - calls.good();
    }

    private ExemplarSteps() {}
}
