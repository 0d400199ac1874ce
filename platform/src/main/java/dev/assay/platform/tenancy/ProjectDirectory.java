package dev.assay.platform.tenancy;

import dev.assay.contracts.control.v1.ApiKey;
import dev.assay.contracts.control.v1.ContentPolicy;
import dev.assay.contracts.control.v1.ProjectKeys;
import dev.assay.contracts.control.v1.ProjectSection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All projects and their keys, as {@code control.projects.v1} tells them; the same on every replica of every service.
 *
 * <p>Filled by {@link ProjectDirectoryFeed}. With Kafka gone it keeps the last known state. Safe for any thread.
 */
@ApplicationScoped
public class ProjectDirectory {
    private final Pepper pepper;
    private final Map<String, Project> projects = new ConcurrentHashMap<>();
    private final Map<String, HeldKey> keys = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> keysByProject = new ConcurrentHashMap<>();
    private volatile boolean complete;

    private record HeldKey(ApiKey key, byte[] secretHmac, Caller caller) {
        static HeldKey of(String tenant, ApiKey key) {
            Set<Scope> scopes = new LinkedHashSet<>();
            for (Scope scope : Scope.values()) { // a newer version may know others, which give nothing here
                if (key.getScopesList().contains(scope.wireName())) {
                    scopes.add(scope);
                }
            }
            return new HeldKey(key, key.getSecretHmac().toByteArray(), new Caller(tenant, key.getKeyId(), scopes));
        }
    }

    ProjectDirectory(TenancyConfig config) {
        this.pepper = new Pepper(config.pepper());
    }

    /** The caller who holds {@code keyText}, or empty if there is no such live key. Compares in constant time. */
    public Optional<Caller> authenticate(String keyText) {
        Optional<dev.assay.platform.tenancy.ApiKey> presented = dev.assay.platform.tenancy.ApiKey.parse(keyText);
        if (presented.isEmpty()) {
            return Optional.empty();
        }
        HeldKey held = keys.get(presented.get().id());
        byte[] expected = held == null ? new byte[32] : held.secretHmac();
        boolean equal = MessageDigest.isEqual(presented.get().hmac(pepper), expected);
        if (held == null || !equal || held.key().getRevokedTimeUs() != 0) {
            return Optional.empty();
        }
        return Optional.of(held.caller());
    }

    /** The project, with defaults for what nobody has set. */
    public Project project(String tenant) {
        Project known = projects.get(tenant);
        return known == null ? Project.unknown(tenant) : known;
    }

    public boolean exists(String tenant) {
        return projects.containsKey(tenant);
    }

    public Collection<Project> projects() {
        return List.copyOf(projects.values());
    }

    /** Whether the topic has been read from its start to the end it had when this process started. */
    public boolean isComplete() {
        return complete;
    }

    void markComplete() {
        complete = true;
    }

    /** Takes one record of the topic in; {@code section} is null for a tombstone. Later records win. */
    public void apply(String recordKey, @Nullable ProjectSection section) {
        String tenant = recordKey.substring(0, Math.max(0, recordKey.lastIndexOf('/')));
        if (section == null) {
            if (recordKey.endsWith("/keys")) {
                projects.remove(tenant);
                replaceKeys(tenant, List.of());
            }
            return;
        }
        switch (section.getSectionCase()) {
            case KEYS -> {
                ProjectKeys said = section.getKeys();
                replaceKeys(tenant, said.getKeysList());
                String currency = said.getCurrency().isEmpty() ? "USD" : said.getCurrency();
                change(tenant, project -> project.named(said.getName(), currency, said.getGenerated()));
            }
            case CONTENT_POLICY -> {
                ContentPolicy.Mode mode = section.getContentPolicy().getMode();
                change(tenant, project -> project.withContentPolicy(mode));
            }
            case CAPACITY ->
                change(
                        tenant,
                        project -> project.withCapacity(section.getCapacity().getAppsList()));
            case BLOCKED_MODELS -> {
                Set<String> models = Set.copyOf(section.getBlockedModels().getModelsList());
                change(tenant, project -> project.withBlockedModels(models));
            }
            case RATE_LIMIT -> {
                long limit = section.getRateLimit().getEventsPerSecond();
                change(tenant, project -> project.withRateLimit(limit));
            }
            case SECTION_NOT_SET -> {
                // a section of a newer version: nothing here knows it
            }
        }
    }

    private void change(String tenant, UnaryOperator<Project> change) {
        projects.compute(tenant, (id, old) -> change.apply(old == null ? Project.unknown(tenant) : old));
    }

    private void replaceKeys(String tenant, List<ApiKey> now) {
        Set<String> ids = new LinkedHashSet<>();
        for (ApiKey key : now) {
            keys.put(key.getKeyId(), HeldKey.of(tenant, key));
            ids.add(key.getKeyId());
        }
        Set<String> before = keysByProject.put(tenant, ids);
        if (before != null) {
            before.stream().filter(id -> !ids.contains(id)).forEach(keys::remove);
        }
    }
}
