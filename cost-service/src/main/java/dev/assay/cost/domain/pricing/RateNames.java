package dev.assay.cost.domain.pricing;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The vocabulary of rate names: which class each prices, what stands in for a missing one, and which names are carried
 * along without being applied.
 *
 * <p>A token rate's full name is {@code base[_above_<n>k_tokens][_batches|_flex|_priority]}. {@code docs/prices.md}
 * explains every rule.
 */
public final class RateNames {
    static final String OUTPUT_PER_IMAGE = "output_cost_per_image";
    static final String INPUT_PER_IMAGE = "input_cost_per_image";
    static final String OUTPUT_PER_TOKEN = "output_cost_per_token";
    static final String INPUT_PER_PIXEL = "input_cost_per_pixel";
    static final String INPUT_PER_SECOND = "input_cost_per_second";
    static final String AUDIO_PER_SECOND = "input_cost_per_audio_per_second";
    static final String VIDEO_PER_SECOND = "input_cost_per_video_per_second";
    static final String OUTPUT_PER_SECOND = "output_cost_per_second";
    static final String PER_REASONING_TOKEN = "output_cost_per_reasoning_token";
    static final String UPLIFT_PREFIX = "regional_processing_uplift_multiplier_";
    static final String PROVIDER_FACTOR_PREFIX = "provider_specific_entry.";

    /** For each class its rates, best first: a missing one is replaced by the next. */
    private static final Map<ChargeClass, List<String>> BASES = Map.ofEntries(
            entry(ChargeClass.INPUT_TEXT, List.of("input_cost_per_token")),
            entry(
                    ChargeClass.CACHE_READ,
                    List.of("cache_read_input_token_cost", "input_cost_per_token_cache_hit", "input_cost_per_token")),
            entry(ChargeClass.CACHE_WRITE_5M, List.of("cache_creation_input_token_cost", "input_cost_per_token")),
            entry(
                    ChargeClass.CACHE_WRITE_1H,
                    List.of(
                            "cache_creation_input_token_cost_above_1hr",
                            "cache_creation_input_token_cost",
                            "input_cost_per_token")),
            entry(ChargeClass.INPUT_AUDIO, List.of("input_cost_per_audio_token", "input_cost_per_token")),
            entry(ChargeClass.INPUT_IMAGE, List.of("input_cost_per_image_token", "input_cost_per_token")),
            entry(
                    ChargeClass.OUTPUT_TEXT,
                    List.of(OUTPUT_PER_TOKEN, "output_cost_per_image_token", "output_cost_per_audio_token")),
            entry(ChargeClass.REASONING, List.of(PER_REASONING_TOKEN, OUTPUT_PER_TOKEN)),
            entry(ChargeClass.OUTPUT_AUDIO, List.of("output_cost_per_audio_token", OUTPUT_PER_TOKEN)),
            entry(ChargeClass.OUTPUT_IMAGE, List.of("output_cost_per_image_token", OUTPUT_PER_TOKEN)),
            entry(ChargeClass.CITATION, List.of("citation_cost_per_token")),
            entry(ChargeClass.INPUT_SECONDS, List.of(INPUT_PER_SECOND, AUDIO_PER_SECOND, VIDEO_PER_SECOND)),
            entry(ChargeClass.INPUT_CHARACTERS, List.of("input_cost_per_character")),
            entry(ChargeClass.IMAGES, List.of(OUTPUT_PER_IMAGE, INPUT_PER_IMAGE)),
            entry(ChargeClass.QUERIES, List.of("input_cost_per_query")),
            entry(ChargeClass.PAGES, List.of("ocr_cost_per_page")),
            entry(ChargeClass.OUTPUT_VIDEO_SECONDS, List.of("output_cost_per_video_per_second", OUTPUT_PER_SECOND)),
            entry(ChargeClass.WEB_SEARCHES, List.of("search_context_cost_per_query")),
            entry(ChargeClass.REQUESTS, List.of("input_cost_per_request")));

    /** Names whose unit no call event tells, so that nothing can be charged by them. Kept for the record. */
    private static final Set<String> NOT_APPLIED = Set.of(
            "annotation_cost_per_page",
            "cache_creation_input_audio_token_cost",
            "cache_read_input_audio_token_cost",
            "code_interpreter_cost_per_session",
            "input_cost_per_video_per_second_above_15s_interval",
            "input_cost_per_video_per_second_above_8s_interval",
            "input_dbu_cost_per_token",
            "ocr_cost_per_credit",
            "output_cost_per_character",
            "output_cost_per_pixel",
            "output_cost_per_second_1080p",
            "output_cost_per_video_token",
            "output_dbu_cost_per_token");

    private static final Pattern QUALIFIERS =
            Pattern.compile("(.+?)(?:_above_(\\d+)k_tokens)?(?:_batches|_flex|_priority)?");

    private RateNames() {}

    /** What becomes of a rate of this name. */
    public enum Handling {
        APPLIED,
        NOT_APPLIED,
        UNKNOWN
    }

    static List<String> bases(ChargeClass chargeClass) {
        List<String> bases = BASES.get(chargeClass);
        return bases == null ? List.of() : bases;
    }

    /** Whether a rate of this name is applied, kept without being applied, or not known at all. */
    public static Handling handling(String name) {
        if (name.startsWith(UPLIFT_PREFIX)
                || name.startsWith(PROVIDER_FACTOR_PREFIX)
                || name.startsWith("search_context_cost_per_query.")
                || name.equals(INPUT_PER_PIXEL)) {
            return Handling.APPLIED;
        }
        Matcher matcher = QUALIFIERS.matcher(name);
        String base = matcher.matches() ? matcher.group(1) : name;
        if (NOT_APPLIED.contains(name) || NOT_APPLIED.contains(base)) {
            return Handling.NOT_APPLIED;
        }
        boolean applied = BASES.values().stream().anyMatch(bases -> bases.contains(base));
        return applied ? Handling.APPLIED : Handling.UNKNOWN;
    }

    /** The context threshold in a rate's name, in tokens, or 0. */
    static long threshold(String name) {
        Matcher matcher = QUALIFIERS.matcher(name);
        return matcher.matches() && matcher.group(2) != null ? Long.parseLong(matcher.group(2)) * 1000 : 0;
    }
}
