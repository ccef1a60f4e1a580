package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How answers of an endpoint look, and when one of them is whole. */
enum Dialect {
    CHAT,
    COMPLETIONS,
    RESPONSES,
    EMBEDDINGS,
    MODERATIONS,
    OTHER;

    /** The reasons for which a choice ends well; the last three are those of compatible servers. */
    private static final Set<String> GOOD_ENDS =
            Set.of("stop", "tool_calls", "function_call", "eos", "eos_token", "stop_sequence");

    static Dialect of(String endpoint) {
        return switch (endpoint) {
            case "/v1/chat/completions" -> CHAT;
            case "/v1/completions" -> COMPLETIONS;
            case "/v1/responses" -> RESPONSES;
            case "/v1/embeddings" -> EMBEDDINGS;
            case "/v1/moderations" -> MODERATIONS;
            default -> OTHER;
        };
    }

    boolean streams() {
        return this == CHAT || this == COMPLETIONS || this == RESPONSES;
    }

    /** True if an answer, an event or a choice has an error in it. */
    static boolean isError(Node node) {
        Node error = node.get("error");
        return error.isSomething() && !(error.isText() && error.text().isEmpty());
    }

    /** What speaks against a plain answer. */
    Optional<String> examine(Node answer, boolean keepCut, long asked) {
        if (isError(answer)) {
            return Optional.of(NotKept.ERROR);
        }
        return switch (this) {
            case CHAT, COMPLETIONS -> choices(answer.get("choices"), keepCut, asked);
            case RESPONSES -> response(answer, keepCut);
            case EMBEDDINGS -> list(answer.get("data"), "embedding");
            case MODERATIONS -> list(answer.get("results"), "categories");
            case OTHER -> Optional.of(NotKept.ENDPOINT);
        };
    }

    private static Optional<String> list(Node list, String member) {
        if (!(list instanceof Node.Arr)) {
            return Optional.of(NotKept.NOT_UNDERSTOOD);
        }
        if (list.elements().isEmpty()) {
            return Optional.of(NotKept.EMPTY);
        }
        boolean whole = list.elements().stream()
                .map(element -> element.get(member))
                .allMatch(value -> value.isSomething()
                        && !(value instanceof Node.Arr array && array.elements().isEmpty()));
        return whole ? Optional.empty() : Optional.of(NotKept.NOT_UNDERSTOOD);
    }

    private Optional<String> choices(Node choices, boolean keepCut, long asked) {
        if (!(choices instanceof Node.Arr)) {
            return Optional.of(NotKept.NOT_UNDERSTOOD);
        }
        if (choices.elements().isEmpty()) {
            return Optional.of(NotKept.EMPTY);
        }
        String body = this == CHAT ? "message" : "text";
        for (Node choice : choices.elements()) {
            Optional<String> reason = choice(choice, true, keepCut);
            if (reason.isPresent()) {
                return reason;
            }
            if (!choice.get(body).isSomething()) {
                return Optional.of(NotKept.NOT_UNDERSTOOD);
            }
        }
        return choices.elements().size() < asked ? Optional.of(NotKept.INCOMPLETE) : Optional.empty();
    }

    /** What speaks against a choice, or against a piece of one that is not finished yet. */
    Optional<String> choice(Node choice, boolean finished, boolean keepCut) {
        if (isError(choice)) {
            return Optional.of(NotKept.ERROR);
        }
        if (isRefusal(choice.get("message")) || isRefusal(choice.get("delta"))) {
            return Optional.of(NotKept.REFUSED);
        }
        return finished ? finish(choice.get("finish_reason"), keepCut) : Optional.empty();
    }

    private static boolean isRefusal(Node message) {
        return message.get("refusal").isSomething() || hasRefusal(message.get("content"));
    }

    private static boolean hasRefusal(Node parts) {
        return parts.elements().stream()
                .anyMatch(part -> part.get("type").text().equals("refusal"));
    }

    private static Optional<String> finish(Node reason, boolean keepCut) {
        if (!reason.isSomething()) {
            return Optional.of(NotKept.UNFINISHED);
        }
        return switch (reason.text()) {
            case "length" -> keepCut ? Optional.empty() : Optional.of(NotKept.CUT);
            case "content_filter" -> Optional.of(NotKept.REFUSED);
            case "error" -> Optional.of(NotKept.ERROR);
            default -> GOOD_ENDS.contains(reason.text()) ? Optional.empty() : Optional.of(NotKept.UNKNOWN_END);
        };
    }

    private static Optional<String> response(Node response, boolean keepCut) {
        boolean cut = response.get("incomplete_details").get("reason").text().equals("max_output_tokens");
        Optional<String> status = status(response, keepCut, cut);
        if (status.isPresent()) {
            return status;
        }
        List<Node> output = response.get("output").elements();
        if (output.isEmpty()) {
            return Optional.of(response.get("output") instanceof Node.Arr ? NotKept.EMPTY : NotKept.NOT_UNDERSTOOD);
        }
        for (Node item : output) {
            if (hasRefusal(item.get("content"))) {
                return Optional.of(NotKept.REFUSED);
            }
            Node itemStatus = item.get("status");
            if (itemStatus.isSomething() && !itemStatus.text().equals("completed") && !cut) {
                return Optional.of(NotKept.UNFINISHED);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> status(Node response, boolean keepCut, boolean cut) {
        if (isError(response)) {
            return Optional.of(NotKept.ERROR);
        }
        return switch (response.get("status").text()) {
            case "completed" -> cut ? Optional.of(NotKept.NOT_UNDERSTOOD) : Optional.empty();
            case "incomplete" -> incomplete(response, keepCut, cut);
            case "failed", "cancelled" -> Optional.of(NotKept.ERROR);
            default -> Optional.of(NotKept.UNFINISHED);
        };
    }

    private static Optional<String> incomplete(Node response, boolean keepCut, boolean cut) {
        if (cut) {
            return keepCut ? Optional.empty() : Optional.of(NotKept.CUT);
        }
        boolean filtered =
                response.get("incomplete_details").get("reason").text().equals("content_filter");
        return Optional.of(filtered ? NotKept.REFUSED : NotKept.UNFINISHED);
    }
}
