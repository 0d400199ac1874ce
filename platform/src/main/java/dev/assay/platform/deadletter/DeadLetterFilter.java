package dev.assay.platform.deadletter;

import dev.assay.contracts.Topics;
import dev.assay.platform.web.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant.
 *
 * @param tenant whose; null for everyone's, those that do not tell among them
 * @param topic null for all
 * @param partition null for all
 * @param offset null for all
 */
record DeadLetterFilter(
        @Nullable String tenant,
        @Nullable String topic,
        @Nullable Integer partition,
        @Nullable Long offset) {

    DeadLetterFilter {
        if (topic != null && Topics.all().stream().noneMatch(it -> it.name().equals(topic))) {
            throw Problem.unprocessable("topic", "must be one of Assay's topics, such as " + Topics.CALLS);
        }
        if (partition != null && (partition < 0 || topic == null)) {
            throw Problem.unprocessable("partition", "must be 0 or more, and stand beside a topic");
        }
        if (offset != null && (offset < 0 || partition == null)) {
            throw Problem.unprocessable("offset", "must be 0 or more, and stand beside a partition");
        }
    }
}
