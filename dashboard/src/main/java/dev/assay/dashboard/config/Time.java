package dev.assay.dashboard.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;

/** The one source of the present. */
class Time {
    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }
}
