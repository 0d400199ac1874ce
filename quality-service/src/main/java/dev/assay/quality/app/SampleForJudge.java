package dev.assay.quality.app;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.platform.window.SeriesId;
import dev.assay.quality.app.JudgeQueue.Task;
import dev.assay.quality.domain.EventHash;
import dev.assay.quality.domain.safety.Presence;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Decides which responses the projects' judges get to see. */
@ApplicationScoped
public class SampleForJudge {
    /** Characters of each text that a judge gets. */
    static final int MAX_TEXT = 20_000;

    private static final int TOXIC = 0;
    private static final int HALLUCINATED = 2;
    private static final int JAILBREAK = 7;
    private static final int PII = 8;
    private static final int SAFE = 9;

    private final Judges judges;
    private final Map<String, JudgeConfig> known = new ConcurrentHashMap<>();

    SampleForJudge(Judges judges) {
        this.judges = judges;
    }

    /** Learns what other replicas were told. */
    @Scheduled(every = "${assay.judge.refresh:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        return judges.all()
                .invoke(all -> {
                    known.keySet().retainAll(all.keySet());
                    known.putAll(all);
                })
                .replaceWithVoid();
    }

    /** Learns what this replica was told. */
    public void changed(JudgeConfig config) {
        known.put(config.tenant(), config);
    }

    /** The judges that are enabled, by project. */
    Map<String, JudgeConfig> enabled() {
        Map<String, JudgeConfig> enabled = new ConcurrentHashMap<>(known);
        enabled.values().removeIf(config -> !config.enabled());
        return enabled;
    }

    /** The task that a response makes; empty if it has none: no text, no judge, or not sampled. */
    public Optional<Task> task(CallRevised revised, ScoredCall scored) {
        JudgeConfig config = known.get(scored.key().tenant());
        if (config == null || !config.enabled() || scored.contribution().presence() != Presence.JUDGED) {
            return Optional.empty();
        }
        double weight = config.sampling()
                .weight(scored.key().event(), isFlagged(scored.contribution().findings()));
        Call call = revised.getCall();
        String response = MessageText.all(call.getOutput());
        if (weight == 0 || response == null) {
            return Optional.empty();
        }
        String prompt = cut(MessageText.lastOfUser(call.getInput()));
        String context = cut(MessageText.all(call.getContext()));
        String cutResponse = ScoreCalls.storable(ScoreCalls.cut(response, MAX_TEXT));
        String tenant = scored.key().tenant();
        return Optional.of(new Task(
                tenant,
                scored.key().event(),
                scored.eventId(),
                config.epoch(),
                scored.minute(),
                SeriesId.of(tenant, scored.dimensions()),
                weight,
                EventHash.of(tenant, prompt + "\0" + cutResponse + "\0" + context),
                prompt,
                cutResponse,
                context));
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null ? null : ScoreCalls.storable(ScoreCalls.cut(text, MAX_TEXT));
    }

    /** Whether a detector found something wrong; two bits per finding: known, and true. */
    private static boolean isFlagged(int findings) {
        return isTrue(findings, TOXIC)
                || isTrue(findings, HALLUCINATED)
                || isTrue(findings, JAILBREAK)
                || isTrue(findings, PII)
                || (findings >>> (2 * SAFE) & 3) == 1;
    }

    private static boolean isTrue(int findings, int position) {
        return (findings >>> (2 * position) & 3) == 3;
    }
}
