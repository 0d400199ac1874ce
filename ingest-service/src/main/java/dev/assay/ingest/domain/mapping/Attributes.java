package dev.assay.ingest.domain.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one span, log record or resource: the known ones in slots, the others as they came.
 *
 * <p>Values are {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@code List} or {@code Map}. Bounded: what
 * goes beyond {@value #MAX_OTHERS} unknown attributes is left out.
 */
public final class Attributes {
    /** No attributes at all; never written to. */
    public static final Attributes NONE = new Attributes();

    private static final int MAX_OTHERS = 512;
    private static final int KNOWN = GenAiAttributes.values().length;

    // position + 1 in the list of values; known attributes are fewer than 255
    private byte @Nullable [] slots;
    private final List<Object> values = new ArrayList<>();
    private final List<Other> others = new ArrayList<>();
    private int families;

    /** An attribute whose name the mapping does not know. */
    public record Other(String key, Object value) {}

    /** Adds a known attribute; the last one of a name wins. */
    public void put(GenAiAttributes attribute, Object value) {
        byte[] positions = slots;
        if (positions == null) {
            positions = new byte[KNOWN];
            slots = positions;
        }
        int position = positions[attribute.ordinal()] & 0xff;
        families |= AttributeFamily.of(attribute);
        if (position > 0) {
            values.set(position - 1, value);
        } else {
            values.add(value);
            positions[attribute.ordinal()] = (byte) values.size();
        }
    }

    /** Adds an attribute by name. */
    public void put(String key, Object value) {
        GenAiAttributes known = AttributeIndex.find(key);
        if (known != null) {
            put(known, value);
        } else {
            putOther(key, value);
        }
    }

    /** Adds an attribute that {@link AttributeIndex} does not know. */
    public void putOther(String key, Object value) {
        families |= AttributeFamily.of(key);
        if (others.size() < MAX_OTHERS) {
            others.add(new Other(key, value));
        }
    }

    /** The value as it came, or null. */
    public @Nullable Object get(GenAiAttributes attribute) {
        byte[] positions = slots;
        if (positions == null) {
            return null;
        }
        int position = positions[attribute.ordinal()] & 0xff;
        return position == 0 ? null : values.get(position - 1);
    }

    /** Whether the attribute is there, whatever its value. */
    public boolean has(GenAiAttributes attribute) {
        return get(attribute) != null;
    }

    /** Whether any attribute of the family is there. */
    public boolean has(AttributeFamily family) {
        return (families & family.bit()) != 0;
    }

    /** The value as text, or null when absent or empty. */
    public @Nullable String text(GenAiAttributes attribute) {
        return Coercion.text(get(attribute));
    }

    /** The first non-empty value of these, as text. */
    public @Nullable String firstText(GenAiAttributes... names) {
        if (slots == null) {
            return null;
        }
        for (GenAiAttributes name : names) {
            String text = text(name);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** The attributes that no known name covers, in the order in which they came. */
    public List<Other> others() {
        return others;
    }

    /** Whether there is nothing here. */
    public boolean isEmpty() {
        return values.isEmpty() && others.isEmpty();
    }

    @Override
    public String toString() {
        return "Attributes" + Arrays.asList(values.size() + " known", others.size() + " others");
    }
}
