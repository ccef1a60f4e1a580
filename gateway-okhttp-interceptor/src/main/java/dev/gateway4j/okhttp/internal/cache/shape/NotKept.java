package dev.gateway4j.okhttp.internal.cache.shape;

/** Why an answer is not kept: all reasons there are. docs/caching.md lists them. */
final class NotKept {
    /** Its status is not 200. */
    static final String STATUS = "status not 200";
    /** It is not of an endpoint whose answers are understood. */
    static final String ENDPOINT = "endpoint";
    /** It is neither JSON nor a stream of events. */
    static final String TYPE = "content type";
    /** It is compressed. */
    static final String ENCODED = "encoded";
    /** It is larger than {@code max_entry_bytes}. */
    static final String TOO_LARGE = "too large";
    /** It is not what answers of this endpoint look like. */
    static final String NOT_UNDERSTOOD = "not understood";
    /** It did not say that it is complete. */
    static final String UNFINISHED = "unfinished";
    /** It has fewer choices than were asked for. */
    static final String INCOMPLETE = "incomplete";
    /** It ended for a reason that is not known to be a good one. */
    static final String UNKNOWN_END = "unknown finish reason";
    /** Something followed the event that ends the stream. */
    static final String AFTER_THE_END = "more after the end";
    /** It is, or contains, an error. */
    static final String ERROR = "error";
    /** The model refused, or a filter did. */
    static final String REFUSED = "refused";
    /** It was cut by its length. */
    static final String CUT = "cut by length";
    /** It has nothing in it. */
    static final String EMPTY = "empty";

    private NotKept() {}
}
