package dev.gateway4j.cassette.internal.care;

/** How a stream says that it is complete. */
enum StreamEnd {
    /** Chunks of chat and other completions. */
    CHUNKS(Events.Event.DONE),
    /** Events of OpenAI's responses. */
    RESPONSE("response.completed, response.failed or response.incomplete"),
    /** Events of Anthropic's messages. */
    MESSAGE("message_stop"),
    /** Streams that have no such word. */
    NONE("");

    private final String words;

    StreamEnd(String words) {
        this.words = words;
    }

    /** How a stream at this path ends; what it begins with counts more than the path, which proxies choose. */
    static StreamEnd of(String path, Events events) {
        if (events.has("message_start")) {
            return MESSAGE;
        }
        if (events.has("response.created")) {
            return RESPONSE;
        }
        if (path.endsWith("/completions")) {
            return CHUNKS;
        }
        if (path.endsWith("/responses")) {
            return RESPONSE;
        }
        return path.endsWith("/messages") ? MESSAGE : NONE;
    }

    /** The last words, for people. */
    String words() {
        return words;
    }

    /** True if the stream said its last word, or that it failed. */
    boolean reached(Events events) {
        return this == NONE || events.list().stream().anyMatch(event -> isEnd(event.label()) || event.failed());
    }

    /** True if this label is a last word of such a stream. */
    boolean isEnd(String label) {
        return switch (this) {
            case CHUNKS -> label.equals(Events.Event.DONE);
            case RESPONSE ->
                label.equals("response.completed")
                        || label.equals("response.failed")
                        || label.equals("response.incomplete");
            case MESSAGE -> label.equals("message_stop");
            case NONE -> false;
        };
    }
}
