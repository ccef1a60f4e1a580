package dev.gateway4j.api.call;

import java.io.IOException;

/**
 * The answer ended before it said that it was complete: a stream without {@code [DONE]}, finish reason or terminal event, or JSON that
 * stops in the middle. HTTP alone cannot tell such an answer from a whole one.
 */
public final class TruncatedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    /** An answer that was cut after this many bytes. */
    public TruncatedAnswerException(long bytes) {
        super("The answer ended after " + bytes + " bytes without saying that it was complete; treat it as cut off");
    }
}
