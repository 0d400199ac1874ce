package dev.assay.kubernetes;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** Load over time, as a share of what one pod can do: 1.0 is one pod's measured capacity. Seconds from the start. */
record LoadCurve(String name, int seconds, IntToDoubleFunction podsOfLoad) {
    private static final int HOUR = 3_600;

    /** From one pod's half to four pods' load at once, after ten minutes; back after another hour. */
    static LoadCurve step() {
        return new LoadCurve("step", 3 * HOUR, t -> t < 600 || t >= 600 + HOUR ? 0.5 : 4.0);
    }

    /** From half a pod to five over thirty minutes, and down as slowly. */
    static LoadCurve ramp() {
        return new LoadCurve("ramp", 3 * HOUR, t -> {
            double up = Math.min(1, Math.max(0, (t - 600) / 1_800.0));
            double down = Math.min(1, Math.max(0, (t - 6_000) / 1_800.0));
            return 0.5 + 4.5 * (up - down);
        });
    }

    /** A spike of two minutes at six pods' load, over one pod's. */
    static LoadCurve spike() {
        return new LoadCurve("spike", 2 * HOUR, t -> t >= 1_200 && t < 1_320 ? 6.0 : 1.0);
    }

    /** Load that swings between one pod and three, every ten minutes. */
    static LoadCurve swing() {
        return new LoadCurve("swing", 4 * HOUR, t -> 2 + Math.sin(2 * Math.PI * t / 600.0));
    }

    /** Around two pods, noisy: each second's load is up to a half off. */
    static LoadCurve noisy(long seed) {
        double[] noise = new SplittableRandom(seed).doubles(2 * HOUR, -0.5, 0.5).toArray();
        return new LoadCurve("noisy", 2 * HOUR, t -> 2 * (1 + noise[t]));
    }

    double at(int second) {
        return podsOfLoad.applyAsDouble(second);
    }
}
