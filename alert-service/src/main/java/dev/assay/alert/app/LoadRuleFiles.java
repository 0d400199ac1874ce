package dev.assay.alert.app;

import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.rule.InvalidRule;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Keeps the rules of files, as of a mounted ConfigMap: a file or the {@code .yaml} and {@code .yml} files of a folder, each
 * naming its project. A file that changes is read again; one that is wrong is logged, counted, and changes nothing.
 */
@ApplicationScoped
class LoadRuleFiles {
    private static final Logger LOG = Logger.getLogger(LoadRuleFiles.class);

    private final ManageRules rules;
    private final ProjectDirectory directory;
    private final AlertConfig config;
    private final Vertx vertx;
    private final AtomicInteger faulty = new AtomicInteger();
    private final Map<String, String> loaded = new HashMap<>();

    private record Text(String file, String content) {}

    LoadRuleFiles(
            ManageRules rules, ProjectDirectory directory, MeterRegistry meters, AlertConfig config, Vertx vertx) {
        this.rules = rules;
        this.directory = directory;
        this.config = config;
        this.vertx = vertx;
        meters.gauge("assay.alert.rule.files.faulty", faulty);
    }

    @Scheduled(every = "${assay.alert.rules-every:30s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> load() {
        if (config.rulesPath().isEmpty() || !directory.isComplete()) {
            return Uni.createFrom().voidItem();
        }
        Path path = Path.of(config.rulesPath().get());
        return vertx.executeBlocking(() -> read(path)) // and back: a database session is bound to its event loop
                .chain(texts -> Multi.createFrom()
                        .iterable(texts)
                        .onItem()
                        .transformToUniAndConcatenate(this::apply)
                        .collect()
                        .asList())
                .invoke(results ->
                        faulty.set((int) results.stream().filter(well -> !well).count()))
                .replaceWithVoid();
    }

    private List<Text> read(Path path) {
        List<Text> texts = new ArrayList<>();
        try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
                if (yaml && Files.isRegularFile(file) && Files.size(file) <= RuleFile.MAX_CHARACTERS) {
                    texts.add(new Text(name, Files.readString(file)));
                } else if (yaml) {
                    LOG.errorf("rule file %s is left out: it is no file of at most 1 MB", name);
                }
            }
        } catch (IOException e) {
            LOG.errorf("rule files cannot be read: %s", e);
        }
        return texts;
    }

    /** Whether a file is in force. */
    private Uni<Boolean> apply(Text text) {
        if (text.content().equals(loaded.get(text.file()))) {
            return Uni.createFrom().item(true);
        }
        RuleFile file;
        try {
            file = RuleFile.parse(text.content());
            if (file.project().isEmpty()) {
                throw new InvalidRule("project", "is required in a file");
            }
        } catch (InvalidRule invalid) {
            LOG.errorf("rule file %s is not applied: %s", text.file(), invalid.getMessage());
            return Uni.createFrom().item(false);
        }
        return rules.apply(file.project(), text.file(), file.rules())
                .invoke(() -> {
                    loaded.put(text.file(), text.content());
                    LOG.infof(
                            "rule file %s: %d rules of project %s",
                            text.file(), file.rules().size(), file.project());
                })
                .replaceWith(true)
                .onFailure(Problem.class)
                .recoverWithItem(problem -> {
                    LOG.errorf("rule file %s is not applied: %s", text.file(), problem.getMessage());
                    return false;
                });
    }
}
