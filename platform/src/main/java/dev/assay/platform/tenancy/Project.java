package dev.assay.platform.tenancy;

import dev.assay.contracts.control.v1.AppCapacity;
import dev.assay.contracts.control.v1.ContentPolicy;
import java.util.List;
import java.util.Set;

/**
 * What every service knows about a project, put together from the sections of {@code control.projects.v1}.
 *
 * @param id project id
 * @param name shown to people
 * @param currency ISO 4217; all list costs of the project are in it
 * @param generated the data is a demonstration; nobody is notified
 * @param contentPolicy what happens to texts before they are stored
 * @param capacity limits by app and model
 * @param blockedModels models that clients should not call now
 * @param eventsPerSecond events that the entrance takes in a second; 0 for as many as come
 */
public record Project(
        String id,
        String name,
        String currency,
        boolean generated,
        ContentPolicy.Mode contentPolicy,
        List<AppCapacity> capacity,
        Set<String> blockedModels,
        long eventsPerSecond) {

    static Project unknown(String id) {
        return new Project(id, id, "USD", false, ContentPolicy.Mode.MODE_KEEP, List.of(), Set.of(), 0);
    }

    Project named(String newName, String newCurrency, boolean isGenerated) {
        return new Project(
                id, newName, newCurrency, isGenerated, contentPolicy, capacity, blockedModels, eventsPerSecond);
    }

    Project withContentPolicy(ContentPolicy.Mode mode) {
        return new Project(id, name, currency, generated, mode, capacity, blockedModels, eventsPerSecond);
    }

    Project withCapacity(List<AppCapacity> apps) {
        return new Project(
                id, name, currency, generated, contentPolicy, List.copyOf(apps), blockedModels, eventsPerSecond);
    }

    Project withBlockedModels(Set<String> models) {
        return new Project(id, name, currency, generated, contentPolicy, capacity, Set.copyOf(models), eventsPerSecond);
    }

    Project withRateLimit(long limit) {
        return new Project(id, name, currency, generated, contentPolicy, capacity, blockedModels, limit);
    }
}
