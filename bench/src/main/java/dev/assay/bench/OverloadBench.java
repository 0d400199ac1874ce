package dev.assay.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * P5: what gets through when twice as much comes as can be taken in, open loop, against the highest rate of the same process. The
 * entrance has room for 4 MiB of requests and is told of the rest either to come back (429) or by its connections, of which there
 * are 512: what finds none free counts as not sent. Neither may cost what does get through.
 */
final class OverloadBench {
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration TURN = Duration.ofSeconds(15);
    private static final int EXPORTERS = 512;
    private static final int TOO_MANY = 429;

    private final Subject subject;
    private final IngestBench highest;
    private final int turns;

    OverloadBench(Subject subject, IngestBench highest, int turns) {
        this.subject = subject;
        this.highest = highest;
        this.turns = turns;
    }

    Ratio measure() throws Exception {
        Cores.share(subject.measured());
        subject.startBounded();
        if (Cores.canBePinned()) {
            Cores.split(subject.measured());
        }
        highest.rate(WARM_UP);
        double[] ours = new double[turns];
        double[] own = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
            Bench.say("P5: turn " + (turn + 1) + " of " + turns);
            own[turn] = highest.rate(TURN);
            ours[turn] = goodput(2 * own[turn], turn);
        }
        return new Ratio("P5", "goodput when twice as much comes, open loop", "events/s", ours, own, .7, .9, false);
    }

    private double goodput(double perSecond, int turn) throws IOException, InterruptedException {
        List<byte[]> requests = Spans.requests(1_500, 700 + turn);
        long[] due = Arrivals.over(TURN, perSecond / Spans.A_REQUEST, null);
        LongAdder acknowledged = new LongAdder();
        LongAdder toldToWait = new LongAdder();
        LongAdder failed = new LongAdder();
        Semaphore free = new Semaphore(EXPORTERS);
        long unsent = 0;
        long start = System.nanoTime();
        try (Exporters exporters = new Exporters(subject.url(), subject.key(), Entrance.OTLP, EXPORTERS)) {
            for (int i = 0; i < due.length; i++) {
                for (long wait = start + due[i] - System.nanoTime();
                        wait > 0;
                        wait = start + due[i] - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                if (!free.tryAcquire()) {
                    unsent++;
                    continue;
                }
                exporters.post(requests.get(i % requests.size()), status -> {
                    free.release();
                    (status == 200 ? acknowledged : status == TOO_MANY ? toldToWait : failed).increment();
                });
            }
            free.acquire(EXPORTERS);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (failed.sum() > 0) {
            throw new IllegalStateException(failed.sum() + " requests got neither 200 nor 429");
        }
        Bench.say(String.format(
                Locale.ROOT,
                "P5: %,d requests acknowledged, %,d told to come back, %,d not sent for lack of a free connection",
                acknowledged.sum(),
                toldToWait.sum(),
                unsent));
        return acknowledged.sum() * Spans.A_REQUEST / seconds;
    }
}
