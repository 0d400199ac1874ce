package dev.assay.quality.app;

import org.jspecify.annotations.Nullable;

/**
 * A score of a call that somebody else gave; shown beside our own and never mixed with them.
 *
 * @param value null when the score is a word
 * @param label the word; empty when the score is a number
 * @param evaluator whose client sent it
 * @param ofTrace whether it is of the call's whole trace
 */
public record GivenScore(
        String name, @Nullable Double value, String label, String explanation, String evaluator, boolean ofTrace) {}
