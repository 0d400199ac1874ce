package dev.assay.contracts;

/**
 * The small set of classes that errors of calls are counted by. {@code Call.error_class} holds the name, and the bucket
 * index of {@code MEASURE_ERROR_CLASS} the number; numbers are never given anew.
 */
public enum ErrorClass {
    RATE_LIMIT(1, "rate_limit"),
    TIMEOUT(2, "timeout"),
    AUTH(3, "auth"),
    INVALID_REQUEST(4, "invalid_request"),
    SERVER(5, "server"),
    CONTENT_FILTER(6, "content_filter"),
    /** The client gave the call up. Counted apart from errors. */
    CANCELLED(7, "cancelled"),
    /** Any error of no other class. */
    OTHER(8, "other");

    private final int number;
    private final String wireName;

    ErrorClass(int number, String wireName) {
        this.number = number;
        this.wireName = wireName;
    }

    /** The bucket index. */
    public int number() {
        return number;
    }

    /** The name in {@code Call.error_class} and in JSON. */
    public String wireName() {
        return wireName;
    }

    /** The class of a name; {@link #OTHER} for one that is not known. */
    public static ErrorClass of(String wireName) {
        for (ErrorClass errorClass : values()) {
            if (errorClass.wireName.equals(wireName)) {
                return errorClass;
            }
        }
        return OTHER;
    }
}
