package dev.gateway4j.cassette.internal.match;

/**
 * One thing in which a request and a recording differ. Shows no secret.
 *
 * @param place {@code method}, {@code path}, {@code query NAME}, {@code header NAME}, {@code part NAME}, {@code field NAME} of a form, {@code
 *     body}, or {@code body} and a JSON pointer, such as {@code body /messages/0/content}
 * @param recorded what the recording has there, shortened; {@code (absent)} if nothing
 * @param asked what the request has there, shortened; {@code (absent)} if nothing
 */
public record Difference(String place, String recorded, String asked) {
    /** Stands for nothing; what is shown of a text is quoted. */
    public static final String ABSENT = "(absent)";

    /** True if only the request has something there. */
    public boolean added() {
        return recorded.equals(ABSENT);
    }

    /** True if only the recording has something there. */
    public boolean removed() {
        return asked.equals(ABSENT);
    }

    /** Such as {@code body /temperature (recorded 0.7, got 0.2)}. */
    @Override
    public String toString() {
        return place + " (recorded " + (added() ? "absent" : recorded) + ", got " + (removed() ? "absent" : asked)
                + ")";
    }
}
