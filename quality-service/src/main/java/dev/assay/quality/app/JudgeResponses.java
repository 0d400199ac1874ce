package dev.assay.quality.app;

import dev.assay.quality.app.JudgeClient.Question;
import dev.assay.quality.app.JudgeClient.Reply;
import dev.assay.quality.app.JudgeQueue.Claimed;
import dev.assay.quality.app.JudgeQueue.Task;
import dev.assay.quality.config.JudgeSettings;
import dev.assay.quality.domain.judge.Breaker;
import dev.assay.quality.domain.judge.JudgePrompt;
import dev.assay.quality.domain.judge.Judgement;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Lets judges score what waits for them: for each project so many at once, so that one that is slow holds up its own
 * project's scores alone. A response without a usable answer ends as failed, with its reason, and has no score.
 */
@ApplicationScoped
public class JudgeResponses {
    private static final Logger LOG = Logger.getLogger(JudgeResponses.class);
    private static final int MOST_DOUBLINGS = 8;
    private static final int INVALID_ANSWERS = 3;

    private final SampleForJudge sample;
    private final JudgeQueue queue;
    private final AskJudge askJudge;
    private final JudgeSettings settings;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    JudgeResponses(SampleForJudge sample, JudgeQueue queue, AskJudge askJudge, JudgeSettings settings) {
        this.sample = sample;
        this.queue = queue;
        this.askJudge = askJudge;
        this.settings = settings;
    }

    /** A project's judge as this replica sees it. */
    private record Endpoint(String url, Breaker breaker, AtomicInteger open) {}

    @Scheduled(every = "${assay.judge.every:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return Multi.createFrom()
                .iterable(sample.enabled().values())
                .onItem()
                .transformToUniAndConcatenate(this::start)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Whether this replica leaves the project's judge alone, because it kept failing. */
    public boolean isPaused(String tenant) {
        Endpoint endpoint = endpoints.get(tenant);
        return endpoint != null && endpoint.breaker().isOpen();
    }

    /** Takes as many as may be open, and asks; the answers are not waited for. */
    private Uni<Void> start(JudgeConfig config) {
        Endpoint endpoint = endpoints.compute(
                config.tenant(),
                (tenant, before) -> before != null && before.url().equals(config.url())
                        ? before
                        : new Endpoint(
                                config.url(),
                                new Breaker(settings.failuresToPause(), settings.pause()),
                                new AtomicInteger()));
        Instant now = Instant.now();
        int free = settings.concurrency() - endpoint.open().get();
        int allowed = endpoint.breaker().allowed(Math.max(0, free), now);
        if (allowed == 0) {
            return Uni.createFrom().voidItem();
        }
        Instant leaseEnd = now.plus(settings.timeout()).plus(settings.timeout());
        return queue.claim(config.tenant(), config.epoch(), allowed, now, leaseEnd)
                .invoke(claimed -> {
                    if (!claimed.isEmpty()) {
                        endpoint.breaker().tried();
                    }
                    claimed.forEach(one -> judge(config, endpoint, one));
                })
                .onFailure()
                .invoke(failure -> LOG.warnf("cannot take tasks of the judge of %s: %s", config.tenant(), failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void judge(JudgeConfig config, Endpoint endpoint, Claimed claimed) {
        endpoint.open().incrementAndGet();
        Task task = claimed.task();
        queue.scoreFromCache(task)
                .chain(cached -> cached
                        ? Uni.createFrom()
                                .voidItem()
                                .invoke(() -> endpoint.breaker().succeeded())
                        : ask(config, endpoint, claimed))
                .onTermination()
                .invoke(() -> endpoint.open().decrementAndGet())
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("judging failed, and is tried again: %s", failure));
    }

    private Uni<Void> ask(JudgeConfig config, Endpoint endpoint, Claimed claimed) {
        Task task = claimed.task();
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String mark = HexFormat.of().formatHex(bytes);
        JudgePrompt prompt = JudgePrompt.of(config.rubric(), mark, task.prompt(), task.response(), task.context());
        Question question = new Question(
                config.url(),
                config.model(),
                config.key(),
                prompt.system(),
                prompt.user(),
                JudgeAnswer.schema(config.rubric()),
                0);
        return askJudge.ask(config, task, question).chain(asked -> {
            if (asked.isEmpty()) {
                endpoint.breaker().notAsked();
                return Uni.createFrom().voidItem();
            }
            Reply reply = asked.get();
            if (reply instanceof Reply.Content content) {
                endpoint.breaker().succeeded();
                Optional<Judgement> judgement = JudgeAnswer.read(config.rubric(), mark, content.text());
                return judgement.isPresent()
                        ? queue.scored(task, judgement.get())
                        : queue.failed(
                                task,
                                "invalid_answer",
                                claimed.attempt() < Math.min(INVALID_ANSWERS, settings.attempts())
                                        ? Instant.now()
                                        : null);
            }
            Reply.None none = (Reply.None) reply;
            if (none.endpointAtFault()) {
                endpoint.breaker().failed(Instant.now());
            } else {
                endpoint.breaker().succeeded();
            }
            boolean again = none.again() && claimed.attempt() < settings.attempts();
            return queue.failed(task, none.reason(), again ? Instant.now().plus(wait(claimed.attempt())) : null);
        });
    }

    private Duration wait(int attempt) {
        return settings.retryAfter().multipliedBy(1L << Math.min(MOST_DOUBLINGS, attempt - 1));
    }
}
