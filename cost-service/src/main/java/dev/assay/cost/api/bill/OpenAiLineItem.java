package dev.assay.cost.api.bill;

import dev.assay.cost.domain.reconcile.BilledPart;
import dev.assay.cost.domain.reconcile.BilledTier;
import dev.assay.cost.domain.reconcile.Cell;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a line item of OpenAI's costs names. The reference leaves open how it is written; bills have {@code gpt-4o-2024-08-06,
 * cached input}, {@code priority | gpt-5, output, long context}, {@code gpt-audio-mini-2025-12-15 audio, input} and
 * {@code web search tool calls}.
 *
 * <p>A tier before a bar is a tier; anything else there ({@code evals | …}) stays part of the name, for it is not what calls
 * are billed as. What comes before the first comma is the model, without the kind of its tokens; what follows is the part.
 *
 * @param model null when the line names nothing
 */
record OpenAiLineItem(@Nullable String model, Cell cell) {
    private static final Set<String> TIERS = Set.of("batch", "flex", "priority");
    private static final Set<String> KINDS = Set.of("audio", "image", "text");

    static OpenAiLineItem of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return new OpenAiLineItem(null, new Cell(BilledTier.UNKNOWN, BilledPart.UNKNOWN));
        }
        int bar = text.indexOf('|');
        boolean tiered = bar >= 0 && TIERS.contains(lower(text.substring(0, bar)));
        String item = tiered ? text.substring(bar + 1) : text;
        int comma = item.indexOf(',');
        BilledPart part = comma < 0 ? BilledPart.UNKNOWN : part(item.substring(comma + 1));
        String model = BillValues.name("line_item", comma < 0 ? item : withoutKind(item.substring(0, comma)));
        return new OpenAiLineItem(model, new Cell(tiered ? BilledTier.OTHER : BilledTier.UNKNOWN, part));
    }

    private static String withoutKind(String model) {
        String name = model.strip();
        int space = name.lastIndexOf(' ');
        return space > 0 && KINDS.contains(lower(name.substring(space))) ? name.substring(0, space) : name;
    }

    private static BilledPart part(String rest) {
        int comma = rest.indexOf(',');
        String part = lower(comma < 0 ? rest : rest.substring(0, comma));
        if (part.endsWith("cached input")) {
            return BilledPart.CACHE;
        }
        if (part.endsWith("input")) {
            return BilledPart.INPUT;
        }
        return part.endsWith("output") ? BilledPart.OUTPUT : BilledPart.UNKNOWN;
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
