package dev.assay.quality.app;

import dev.assay.quality.domain.judge.Rubric;
import dev.assay.quality.domain.judge.Rubric.Criterion;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps rubrics and each project's judge. */
public interface Judges {
    /** Makes the next version of a rubric. */
    Uni<Rubric> addRubric(String tenant, String name, List<Criterion> criteria, Instant now);

    /** The latest version of each rubric, by name. */
    Uni<List<Rubric>> rubrics(String tenant);

    /** A version of a rubric; the latest where {@code version} is null. */
    Uni<Optional<Rubric>> rubric(String tenant, String name, @Nullable Integer version);

    /** Sets the project's judge; what waits for another epoch's judge is given up and counted as superseded. */
    Uni<Void> set(JudgeConfig config, Instant now);

    Uni<Optional<JudgeConfig>> find(String tenant);

    /** The judges of all projects, by project. */
    Uni<Map<String, JudgeConfig>> all();
}
