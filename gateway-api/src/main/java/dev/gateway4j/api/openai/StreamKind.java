package dev.gateway4j.api.openai;

/** How a stream says that it is complete. */
enum StreamKind {
    /** Chunks with choices, then {@code [DONE]}. */
    CHOICES,
    /** Events of a response. */
    RESPONSE,
    /** Everything else: images, speech, transcripts. */
    OTHER;

    static StreamKind of(String endpoint) {
        if (endpoint.equals("/v1/chat/completions") || endpoint.equals("/v1/completions")) {
            return CHOICES;
        }
        return endpoint.equals("/v1/responses") || endpoint.startsWith("/v1/responses/") ? RESPONSE : OTHER;
    }

    /** True if an event of this type is the last word of a stream of this kind. */
    boolean ends(String type) {
        return switch (type) {
            case "error" -> true;
            case "response.completed", "response.incomplete", "response.failed" -> this == RESPONSE;
            case "done", "speech.audio.done", "transcript.text.done" -> this == OTHER;
            case "image_generation.completed", "image_edit.completed" -> this == OTHER;
            default -> false;
        };
    }

    static boolean fails(String type) {
        return type.equals("error") || type.equals("response.failed");
    }
}
