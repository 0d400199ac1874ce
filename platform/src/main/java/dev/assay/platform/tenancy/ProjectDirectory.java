package dev.assay.platform.tenancy;

import dev.assay.contracts.control.v1.ApiKey;
import dev.assay.contracts.control.v1.ContentPolicy;
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
import org.jspecify.annotations.Nullable;

/**
 * All projects and their keys, as {@code control.projects.v1} tells them; the same on every replica of every service.
 *
 * <p>Filled by {@link ProjectDirectoryFeed}. With Kafka gone it keeps the last known state. Safe for any thread.
 */
@ApplicationScoped
public class ProjectDirectory {
    private final TenancyConfig config;
    private final Map<String, Project> projects = new ConcurrentHashMap<>();
    private final Map<String, HeldKey> keys = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> keysByProject = new ConcurrentHashMap<>();
    private volatile boolean complete;

    private record HeldKey(String tenant, ApiKey key) {}

    ProjectDirectory(TenancyConfig config) {
        this.config = config;
    }

    /** The caller who holds {@code keyText}, or empty if there is no such live key. Compares in constant time. */
    public Optional<Caller> authenticate(String keyText) {
        Optional<dev.assay.platform.tenancy.ApiKey> presented = dev.assay.platform.tenancy.ApiKey.parse(keyText);
        if (presented.isEmpty()) {
            return Optional.empty();
        }
        HeldKey held = keys.get(presented.get().id());
        byte[] expected =
                held == null ? new byte[32] : held.key().getSecretHmac().toByteArray();
        boolean equal = MessageDigest.isEqual(presented.get().hmac(config.pepper()), expected);
        if (held == null || !equal || held.key().getRevokedTimeUs() != 0) {
            return Optional.empty();
        }
        Set<Scope> scopes = new LinkedHashSet<>();
        held.key().getScopesList().forEach(name -> scopes.add(Scope.ofWireName(name)));
        return Optional.of(new Caller(held.tenant(), held.key().getKeyId(), scopes));
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
                replaceKeys(tenant, section.getKeys().getKeysList());
                String currency = section.getKeys().getCurrency();
                projects.merge(
                        tenant,
                        new Project(
                                tenant,
                                section.getKeys().getName(),
                                currency.isEmpty() ? "USD" : currency,
                                section.getKeys().getGenerated(),
                                ContentPolicy.Mode.MODE_KEEP,
                                List.of(),
                                Set.of()),
                        (old, now) -> new Project(
                                tenant,
                                now.name(),
                                now.currency(),
                                now.generated(),
                                old.contentPolicy(),
                                old.capacity(),
                                old.blockedModels()));
            }
            case CONTENT_POLICY ->
                change(
                        tenant,
                        p -> new Project(
                                p.id(),
                                p.name(),
                                p.currency(),
                                p.generated(),
                                section.getContentPolicy().getMode(),
                                p.capacity(),
                                p.blockedModels()));
            case CAPACITY ->
                change(
                        tenant,
                        p -> new Project(
                                p.id(),
                                p.name(),
                                p.currency(),
                                p.generated(),
                                p.contentPolicy(),
                                List.copyOf(section.getCapacity().getAppsList()),
                                p.blockedModels()));
            case BLOCKED_MODELS ->
                change(
                        tenant,
                        p -> new Project(
                                p.id(),
                                p.name(),
                                p.currency(),
                                p.generated(),
                                p.contentPolicy(),
                                p.capacity(),
                                Set.copyOf(section.getBlockedModels().getModelsList())));
            case SECTION_NOT_SET -> {
                // a section of a newer version: nothing here knows it
            }
        }
    }

    private void change(String tenant, java.util.function.UnaryOperator<Project> change) {
        projects.compute(tenant, (id, old) -> change.apply(old == null ? Project.unknown(tenant) : old));
    }

    private void replaceKeys(String tenant, List<ApiKey> now) {
        Set<String> ids = new LinkedHashSet<>();
        for (ApiKey key : now) {
            keys.put(key.getKeyId(), new HeldKey(tenant, key));
            ids.add(key.getKeyId());
        }
        Set<String> before = keysByProject.put(tenant, ids);
        if (before != null) {
            before.stream().filter(id -> !ids.contains(id)).forEach(keys::remove);
        }
    }
}
