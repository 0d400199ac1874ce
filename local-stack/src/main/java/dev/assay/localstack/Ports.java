package dev.assay.localstack;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each {@link Port} of one installation is; no two are the same. */
public final class Ports {
    private static final int HIGHEST = 65_535;

    private final Map<Port, Integer> numbers;

    private Ports(Map<Port, Integer> numbers) {
        this.numbers = numbers;
    }

    /** The standard ports, moved as the {@code ASSAY_…_PORT} variables say. */
    public static Ports fromEnvironment(Map<String, String> environment) {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            int number = number(port, environment.get(port.variable()));
            numbers.forEach((other, taken) -> {
                if (taken == number) {
                    throw new IllegalArgumentException(port.variable() + " and " + other.variable() + " are both "
                            + number + ": give each a port of its own");
                }
            });
            numbers.put(port, number);
        }
        return new Ports(numbers);
    }

    /** Ports that are free now. */
    public static Ports free() {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            numbers.put(port, FreePorts.next());
        }
        return new Ports(numbers);
    }

    /** The number of this port. */
    public int get(Port port) {
        Integer number = numbers.get(port);
        if (number == null) {
            throw new IllegalStateException("no number for " + port);
        }
        return number;
    }

    private static int number(Port port, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return port.standard();
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > HIGHEST) {
            throw new IllegalArgumentException(
                    port.variable() + " must be a port from 1 to " + HIGHEST + ", got: " + text);
        }
        return Integer.parseInt(text);
    }
}
