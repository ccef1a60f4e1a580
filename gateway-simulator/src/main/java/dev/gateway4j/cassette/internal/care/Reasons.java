package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.api.openai.Redaction;

/** Why something failed, in words that may be shown. */
final class Reasons {
    private Reasons() {}

    /** The kind of failure and what it says, without secrets. */
    static String of(Exception why) {
        String kind = why.getClass().getSimpleName();
        String message = why.getMessage();
        return message == null || message.isBlank() ? kind : kind + ": " + Redaction.text(message);
    }

    /** What it says, without secrets. */
    static String message(Exception why) {
        String message = why.getMessage();
        return message == null || message.isBlank() ? why.getClass().getSimpleName() : Redaction.text(message);
    }
}
