package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.Optional;

/** Examines the stream of a response. */
final class ResponseStreamExam implements StreamExam {
    private final boolean keepCut;
    private boolean over;

    ResponseStreamExam(boolean keepCut) {
        this.keepCut = keepCut;
    }

    @Override
    public Optional<String> event(Event event) {
        Node json = event.json().orElse(Node.Raw.ABSENT);
        String type = json.get("type").text();
        if (Dialect.isError(json) || type.equals("error") || event.type().equals("error")) {
            return Optional.of(NotKept.ERROR);
        }
        boolean sameType = event.type().equals("message") || event.type().equals(type);
        if (!type.startsWith("response.") || !sameType) {
            return Optional.of(NotKept.NOT_UNDERSTOOD);
        }
        if (type.startsWith("response.refusal.")) {
            return Optional.of(NotKept.REFUSED);
        }
        return switch (type) {
            case "response.failed" -> Optional.of(NotKept.ERROR);
            case "response.completed", "response.incomplete" -> last(type, json.get("response"));
            default -> Optional.empty();
        };
    }

    private Optional<String> last(String type, Node response) {
        over = true;
        boolean consistent = type.equals("response." + response.get("status").text());
        Optional<String> reason = Dialect.RESPONSES.examine(response, keepCut, 1);
        return reason.isEmpty() && !consistent ? Optional.of(NotKept.NOT_UNDERSTOOD) : reason;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public Optional<String> end() {
        return over ? Optional.empty() : Optional.of(NotKept.UNFINISHED);
    }
}
