package dev.assay.cost.domain.pricing;

/**
 * One disjoint kind of thing that a provider bills. A token belongs to exactly one class, so the amounts of a call's
 * classes add up to its list cost with nothing counted twice.
 */
public enum ChargeClass {
    INPUT_TEXT("input_text", Side.INPUT),
    CACHE_READ("cache_read", Side.INPUT),
    CACHE_WRITE_5M("cache_write_5m", Side.INPUT),
    CACHE_WRITE_1H("cache_write_1h", Side.INPUT),
    INPUT_AUDIO("input_audio", Side.INPUT),
    INPUT_IMAGE("input_image", Side.INPUT),
    OUTPUT_TEXT("output_text", Side.OUTPUT),
    REASONING("reasoning", Side.OUTPUT),
    OUTPUT_AUDIO("output_audio", Side.OUTPUT),
    OUTPUT_IMAGE("output_image", Side.OUTPUT),
    CITATION("citation", Side.UNIT),
    INPUT_SECONDS("input_seconds", Side.UNIT),
    INPUT_CHARACTERS("input_characters", Side.UNIT),
    IMAGES("images", Side.UNIT),
    QUERIES("queries", Side.UNIT),
    PAGES("pages", Side.UNIT),
    OUTPUT_VIDEO_SECONDS("output_video_seconds", Side.UNIT),
    WEB_SEARCHES("web_searches", Side.UNIT),
    REQUESTS("requests", Side.UNIT);

    private final String label;
    private final Side side;

    ChargeClass(String label, Side side) {
        this.label = label;
        this.side = side;
    }

    /** The name on the wire and in the ledger. */
    public String label() {
        return label;
    }

    Side side() {
        return side;
    }

    /** The class with this label. */
    public static ChargeClass ofLabel(String label) {
        for (ChargeClass candidate : values()) {
            if (candidate.label.equals(label)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("no charge class is called " + label);
    }

    /** Prompt tokens, completion tokens, or something that is not a token of either. */
    enum Side {
        INPUT,
        OUTPUT,
        UNIT
    }
}
