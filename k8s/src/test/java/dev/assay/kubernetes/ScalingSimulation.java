package dev.assay.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A consumer under the chart's own scaling values: load in, a queue, pods that start and stop, Prometheus' scrapes, KEDA's two
 * triggers and the HorizontalPodAutoscaler's rules. In steps of a second; no cluster.
 *
 * <p>Modelled: a rate over two minutes, read at each poll; replicas = ceil(sum / threshold) of the larger trigger; no change within
 * 10 %; the behavior's policies and stabilization; a pod's start; and a pause of all consumers at each change (a rebalance).
 * The HorizontalPodAutoscaler: <a href="https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/">
 * algorithm details</a>.
 */
final class ScalingSimulation {
    /** From a pod's creation to its first record: measured starts took 20 to 60 s on a busy machine of two cores. */
    static final int START_SECONDS = 45;

    /** How long nobody folds anything in while partitions change hands. */
    static final int REBALANCE_SECONDS = 3;

    private static final int RATE_WINDOW = 120;
    private static final double TOLERANCE = 0.1;

    private final JsonNode scaling;
    private final double recordsPerPod;
    private final double target;
    private final int poll;
    private final int quietSeconds;
    private final int downEvery;

    ScalingSimulation(JsonNode values, String service) {
        scaling = values.path(service).path("autoscaling");
        recordsPerPod = scaling.path("recordsPerSecondPerPod").asDouble();
        target = values.at("/autoscaling/targetUtilization").asDouble();
        poll = values.at("/autoscaling/pollingSeconds").asInt();
        JsonNode down = values.at("/autoscaling/behavior/scaleDown");
        quietSeconds = down.path("stabilizationWindowSeconds").asInt();
        downEvery = down.at("/policies/0/periodSeconds").asInt();
    }

    /**
     * What came of a curve: the seconds until the pods could take the load after it first exceeded them ({@code -1}: it never
     * did), the most seconds of work that waited, the most replicas, how often they changed, what was folded in or still waits
     * as a share of what came (1: nothing is lost), and pod-hours.
     */
    record Outcome(
            int reactionSeconds, double worstDelay, int mostReplicas, int changes, double folded, double podHours) {}

    /** Follows the curve from the least replicas. */
    Outcome follow(LoadCurve curve) {
        int least = scaling.path("minReplicas").asInt();
        int most = scaling.path("maxReplicas").asInt();
        State state = new State(least);
        for (int t = 0; t < curve.seconds(); t++) {
            state.work(t, curve.at(t) * recordsPerPod, recordsPerPod);
            if (t % poll == 0) {
                state.remember(t, desired(state, least, most), quietSeconds);
                decide(state, t);
            }
        }
        return state.outcome();
    }

    private int desired(State state, int least, int most) {
        double byRate = state.rate() / (recordsPerPod * target);
        double byBacklog =
                state.backlog / recordsPerPod / scaling.path("backlogSeconds").asDouble();
        double wanted = Math.max(byRate, byBacklog);
        if (Math.abs(wanted / state.replicas - 1) <= TOLERANCE) {
            return state.replicas;
        }
        return (int) Math.max(least, Math.min(most, Math.ceil(wanted)));
    }

    private void decide(State state, int t) {
        int now = state.recommendations.getLast()[1];
        int highest = state.recommendations.stream().mapToInt(it -> it[1]).max().orElseThrow();
        if (now > state.replicas) {
            int allowed = Math.max(2 * state.replicasAgo(t, 60), state.replicasAgo(t, 60) + 2);
            state.scaleTo(Math.min(now, Math.max(allowed, state.replicas)), t);
        } else if (highest < state.replicas && t - state.lastDown >= downEvery) {
            state.lastDown = t;
            state.scaleTo(state.replicas - 1, t);
        }
    }

    /** Where the simulation is. */
    private static final class State {
        private final Deque<Double> folded = new ArrayDeque<>();
        private final Deque<int[]> recommendations = new ArrayDeque<>();
        private final Deque<int[]> history = new ArrayDeque<>();
        private int replicas;
        private int ready;
        private int pausedUntil;
        private int lastDown = Integer.MIN_VALUE / 2;
        private final Deque<int[]> starting = new ArrayDeque<>();
        private double backlog;
        private double arrived;
        private double done;
        private double worstDelay;
        private double podSeconds;
        private int mostReplicas;
        private int changes;
        private int overSince = -1;
        private int reaction = -1;

        State(int replicas) {
            this.replicas = replicas;
            ready = replicas;
            mostReplicas = replicas;
            history.add(new int[] {Integer.MIN_VALUE / 2, replicas});
        }

        void work(int t, double records, double perPod) {
            while (!starting.isEmpty() && starting.getFirst()[0] <= t) {
                ready += starting.removeFirst()[1];
                pausedUntil = t + REBALANCE_SECONDS;
            }
            arrived += records;
            backlog += records;
            double capacity = t < pausedUntil ? 0 : ready * perPod;
            double now = Math.min(backlog, capacity);
            backlog -= now;
            done += now;
            folded.addLast(now);
            if (folded.size() > RATE_WINDOW) {
                folded.removeFirst();
            }
            if (records > ready * perPod && overSince < 0) {
                overSince = t;
            }
            if (overSince >= 0 && reaction < 0 && records <= ready * perPod) {
                reaction = t - overSince;
            }
            worstDelay = Math.max(worstDelay, backlog / (ready * perPod));
            podSeconds += replicas;
        }

        double rate() {
            return folded.stream().mapToDouble(it -> it).sum() / folded.size();
        }

        void remember(int t, int desired, int window) {
            recommendations.addLast(new int[] {t, desired});
            while (recommendations.getFirst()[0] < t - window) {
                recommendations.removeFirst();
            }
        }

        int replicasAgo(int t, int seconds) {
            int then = replicas;
            for (int[] entry : history) {
                if (entry[0] <= t - seconds) {
                    then = entry[1];
                }
            }
            return then;
        }

        void scaleTo(int wanted, int t) {
            if (wanted == replicas) {
                return;
            }
            if (wanted > replicas) {
                starting.addLast(new int[] {t + START_SECONDS, wanted - replicas});
            } else {
                ready = Math.min(ready, wanted);
                pausedUntil = t + REBALANCE_SECONDS;
            }
            replicas = wanted;
            mostReplicas = Math.max(mostReplicas, wanted);
            changes++;
            history.addLast(new int[] {t, wanted});
        }

        Outcome outcome() {
            return new Outcome(
                    reaction, worstDelay, mostReplicas, changes, (done + backlog) / arrived, podSeconds / 3_600);
        }
    }
}
