package dev.gateway4j.okhttp.internal.cache.shape;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes one choice piece by piece. Content that has logprobs goes in one piece, since only so they certainly belong to it. */
final class ChoiceWriter {
    /** Members of a message that have their own way into a stream. */
    private static final Set<String> APART = Set.of("role", "content", "refusal", "tool_calls", "function_call");
    /** What compatible servers stream as text before the content. */
    private static final List<String> THOUGHTS = List.of("reasoning", "reasoning_content");
    /** Members of a choice that have their own way into a stream. */
    private static final Set<String> OF_CHOICE = Set.of("index", "message", "text", "logprobs", "finish_reason");

    /** Takes the choice of one chunk. */
    @FunctionalInterface
    interface Sink {
        void chunk(Node choice) throws IOException;
    }

    private final Node.Obj choice;
    private final Sink sink;
    private final Node index;
    private final Node logprobs;
    private final Node noLogprobs;

    ChoiceWriter(Node.Obj choice, int position, Sink sink) {
        this.index = choice.get("index").isSomething() ? choice.get("index") : Node.Raw.of(position);
        this.choice = choice;
        this.sink = sink;
        this.logprobs = choice.get("logprobs");
        this.noLogprobs = logprobs.equals(Node.Raw.ABSENT) ? Node.Raw.ABSENT : Node.Raw.NULL;
    }

    void message(Node.Obj message) throws IOException, UnconvertibleException {
        Node content = message.get("content");
        if (content.isSomething() && !content.isText()) {
            throw new UnconvertibleException("content in parts");
        }
        delta(opening(message, content), noLogprobs);
        for (String name : THOUGHTS) {
            for (String piece : Pieces.of(message.get(name).text())) {
                delta(new Node.Obj().put(name, piece), noLogprobs);
            }
        }
        content(content);
        toolCalls(message.get("tool_calls"));
        functionCall(message.get("function_call"));
        Node.Obj rest = rest(message);
        if (!rest.isEmpty()) {
            delta(rest, noLogprobs);
        }
        finish(new Node.Obj().put("index", index).put("delta", new Node.Obj()));
    }

    /** The first delta: who speaks, and everything that stays empty. */
    private static Node.Obj opening(Node.Obj message, Node content) {
        Node.Obj delta = new Node.Obj().putIfPresent("role", message.get("role"));
        delta.putIfPresent("content", content.isText() ? new Node.Text("") : content);
        delta.putIfPresent("refusal", message.get("refusal"));
        message.members().forEach((name, value) -> {
            if (isEmpty(value)) {
                delta.members().putIfAbsent(name, value);
            }
        });
        return delta;
    }

    private static boolean isEmpty(Node value) {
        return !value.isSomething()
                || (value.isText() && value.text().isEmpty())
                || (value instanceof Node.Arr array && array.elements().isEmpty());
    }

    private static Node.Obj rest(Node.Obj message) {
        Node.Obj rest = new Node.Obj();
        message.members().forEach((name, value) -> {
            boolean thought = THOUGHTS.contains(name) && value.isText();
            if (!APART.contains(name) && !thought && !isEmpty(value)) {
                rest.put(name, value);
            }
        });
        return rest;
    }

    private void content(Node content) throws IOException {
        if (logprobs.isSomething()) {
            delta(content.text().isEmpty() ? new Node.Obj() : new Node.Obj().put("content", content), logprobs);
            return;
        }
        for (String piece : Pieces.of(content.text())) {
            delta(new Node.Obj().put("content", piece), noLogprobs);
        }
    }

    private void toolCalls(Node calls) throws IOException, UnconvertibleException {
        int number = 0;
        for (Node node : calls.elements()) {
            if (!(node instanceof Node.Obj call)) {
                throw new UnconvertibleException("a tool call is no object");
            }
            String kind = call.get("custom") instanceof Node.Obj ? "custom" : "function";
            String growing = kind.equals("custom") ? "input" : "arguments";
            Node.Obj opening = new Node.Obj().put("index", number);
            call.without("index").members().forEach(opening::put);
            opening.putIfPresent(kind, emptied(call.get(kind), growing));
            toolCall(opening);
            for (String piece : Pieces.of(call.get(kind).get(growing).text())) {
                toolCall(new Node.Obj().put("index", number).put(kind, new Node.Obj().put(growing, piece)));
            }
            number++;
        }
    }

    private void toolCall(Node call) throws IOException {
        delta(new Node.Obj().put("tool_calls", Node.Arr.of(call)), noLogprobs);
    }

    private void functionCall(Node call) throws IOException {
        if (!call.isSomething()) {
            return;
        }
        delta(new Node.Obj().put("function_call", emptied(call, "arguments")), noLogprobs);
        for (String piece : Pieces.of(call.get("arguments").text())) {
            delta(new Node.Obj().put("function_call", new Node.Obj().put("arguments", piece)), noLogprobs);
        }
    }

    /** The same with an empty text in place of the one that comes piece by piece. */
    private static Node emptied(Node call, String growing) {
        return call instanceof Node.Obj object && object.get(growing).isText()
                ? object.copy().put(growing, "")
                : call;
    }

    void text() throws IOException, UnconvertibleException {
        Node text = choice.get("text");
        if (!text.isText()) {
            throw new UnconvertibleException("a text is no text");
        }
        List<String> pieces = logprobs.isSomething() ? List.of(text.text()) : Pieces.of(text.text());
        for (String piece : pieces) {
            Node.Obj chunk = new Node.Obj().put("text", piece).put("index", index);
            sink.chunk(chunk.putIfPresent("logprobs", logprobs).put("finish_reason", Node.Raw.NULL));
        }
        finish(new Node.Obj().put("text", "").put("index", index));
    }

    private void delta(Node.Obj delta, Node probabilities) throws IOException {
        Node.Obj chunk = new Node.Obj().put("index", index).put("delta", delta);
        sink.chunk(chunk.putIfPresent("logprobs", probabilities).put("finish_reason", Node.Raw.NULL));
    }

    private void finish(Node.Obj chunk) throws IOException {
        chunk.putIfPresent("logprobs", noLogprobs).put("finish_reason", choice.get("finish_reason"));
        for (Map.Entry<String, Node> member : choice.members().entrySet()) {
            if (!OF_CHOICE.contains(member.getKey())) {
                chunk.put(member.getKey(), member.getValue());
            }
        }
        sink.chunk(chunk);
    }
}
