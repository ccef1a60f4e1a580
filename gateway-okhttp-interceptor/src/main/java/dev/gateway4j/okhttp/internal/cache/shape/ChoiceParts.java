package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.Map;

/** One choice, put together from the pieces in which it was streamed. */
final class ChoiceParts {
    private final boolean chat;
    private final Node.Obj message = new Node.Obj();
    private final ToolCallParts toolCalls = new ToolCallParts();
    private final Node.Growing text = new Node.Growing();
    private final Node.Obj others = new Node.Obj();
    private Node logprobs = Node.Raw.ABSENT;
    private Node finish = Node.Raw.NULL;

    ChoiceParts(boolean chat) {
        this.chat = chat;
    }

    void add(Node.Obj piece) throws UnconvertibleException {
        for (Map.Entry<String, Node> member : piece.members().entrySet()) {
            add(member.getKey(), member.getValue());
        }
    }

    private void add(String name, Node value) throws UnconvertibleException {
        switch (name) {
            case "index" -> {
                // known
            }
            case "delta" -> delta(value);
            case "text" -> text(value);
            case "logprobs" -> logprobs(value);
            case "finish_reason" -> finish = value.isSomething() ? value : finish;
            default -> other(name, value);
        }
    }

    private void text(Node value) throws UnconvertibleException {
        if (value.isSomething() && !value.isText()) {
            throw new UnconvertibleException("a text is no text");
        }
        text.add(value.text());
    }

    /** Lists are the tokens of this piece, so they are joined. */
    private void logprobs(Node value) throws UnconvertibleException {
        if (!(value instanceof Node.Obj lists)) {
            logprobs = logprobs.equals(Node.Raw.ABSENT) ? value : logprobs;
            return;
        }
        Node.Obj joined = logprobs instanceof Node.Obj known ? known : new Node.Obj();
        logprobs = joined;
        for (Map.Entry<String, Node> list : lists.members().entrySet()) {
            Merge.joinLists(joined, list.getKey(), list.getValue());
        }
    }

    /** What a compatible server says about a choice: the last word counts, but nobody knows how to join its lists. */
    private void other(String name, Node value) throws UnconvertibleException {
        Node known = others.get(name);
        boolean lists = value instanceof Node.Arr && known instanceof Node.Arr && !value.equals(known);
        if (lists) {
            throw new UnconvertibleException("lists that may belong together");
        }
        if (value.isSomething() || known.equals(Node.Raw.ABSENT)) {
            others.put(name, value);
        }
    }

    private void delta(Node value) throws UnconvertibleException {
        if (!(value instanceof Node.Obj delta)) {
            return;
        }
        for (Map.Entry<String, Node> member : delta.members().entrySet()) {
            String name = member.getKey();
            Node piece = member.getValue();
            switch (name) {
                case "role" -> Merge.constant(message, name, piece);
                case "tool_calls" -> toolCalls(piece);
                case "function_call" -> Merge.call(message, name, piece, "arguments");
                case "annotations" -> Merge.joinLists(message, name, piece);
                case "reasoning_details" -> ReasoningParts.join(message, name, piece);
                case "content", "refusal", "reasoning", "reasoning_content" -> Merge.growing(message, name, piece);
                default -> Merge.once(message, name, piece);
            }
        }
    }

    private void toolCalls(Node calls) throws UnconvertibleException {
        // The place of the member among the others is that of its first appearance.
        message.members().putIfAbsent("tool_calls", calls instanceof Node.Arr ? new Node.Arr() : calls);
        toolCalls.add(calls);
    }

    Node plain(int index) {
        Node.Obj choice = new Node.Obj();
        if (chat) {
            choice.put("index", index).put("message", message());
        } else {
            choice.put("text", text).put("index", index);
        }
        choice.putIfPresent("logprobs", logprobs).put("finish_reason", finish);
        others.members().forEach((name, value) -> choice.members().putIfAbsent(name, value));
        return choice;
    }

    private Node message() {
        Node.Obj whole = new Node.Obj()
                .put("role", message.get("role").isText() ? message.get("role") : new Node.Text("assistant"))
                .put("content", message.get("content").isSomething() ? message.get("content") : Node.Raw.NULL);
        message.members().forEach((name, value) -> whole.members().putIfAbsent(name, value));
        if (!toolCalls.isEmpty()) {
            whole.put("tool_calls", toolCalls.whole());
        }
        return whole;
    }
}
