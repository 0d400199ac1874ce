package dev.assay.quality.domain.detect;

import org.jspecify.annotations.Nullable;

/**
 * What was asked and answered; what is unknown is {@code null}.
 *
 * @param prompt the user's last message
 * @param response the model's answer
 * @param context what the answer had to rest on
 */
public record Exchange(
        @Nullable String prompt,
        @Nullable String response,
        @Nullable String context) {}
