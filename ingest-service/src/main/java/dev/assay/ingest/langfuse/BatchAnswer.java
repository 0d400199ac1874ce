package dev.assay.ingest.langfuse;

import dev.assay.ingest.app.Rejected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of each item of a batch, in Langfuse's form.
 *
 * @param successes items that are stored
 * @param errors items that are not, and why
 */
public record BatchAnswer(List<Success> successes, List<Failure> errors) {
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;

    /** An item that is stored. */
    public record Success(String id, int status) {}

    /** An item that is not; {@code message} names the field and the rule. */
    public record Failure(String id, int status, String message) {}

    static BatchAnswer of(List<String> itemIds, List<Rejected> rejected) {
        Map<Integer, Rejected> byIndex = new HashMap<>();
        rejected.forEach(one -> byIndex.put(one.index(), one));
        List<Success> successes = new ArrayList<>();
        List<Failure> errors = new ArrayList<>();
        for (int i = 0; i < itemIds.size(); i++) {
            Rejected refused = byIndex.get(i);
            if (refused == null) {
                successes.add(new Success(itemIds.get(i), CREATED));
            } else {
                String message = (refused.field() + " " + refused.reason()).strip();
                errors.add(new Failure(itemIds.get(i), BAD_REQUEST, message));
            }
        }
        return new BatchAnswer(successes, errors);
    }
}
