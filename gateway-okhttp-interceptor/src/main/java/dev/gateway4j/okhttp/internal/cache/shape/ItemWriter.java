package dev.gateway4j.okhttp.internal.cache.shape;

import java.io.IOException;
import java.util.List;

/** Writes one item of a response as events: that it was added, what it says piece by piece, that it is done. */
final class ItemWriter {
    /** Takes one event. */
    @FunctionalInterface
    interface Sink {
        void event(String type, Node.Obj members) throws IOException;
    }

    private final Sink sink;
    private final Node.Obj item;
    private final int index;

    ItemWriter(Sink sink, Node.Obj item, int index) {
        this.sink = sink;
        this.item = item;
        this.index = index;
    }

    void write() throws IOException {
        // Events name the item they belong to; one without a name can only be told whole.
        switch (item.get("id").isText() ? item.get("type").text() : "") {
            case "message" -> message();
            case "reasoning" -> reasoning();
            case "function_call" -> call("arguments", "response.function_call_arguments");
            case "custom_tool_call" -> call("input", "response.custom_tool_call_input");
            default -> added(item.copy());
        }
        sink.event("response.output_item.done", members().put("item", item));
    }

    private void added(Node.Obj begun) throws IOException {
        sink.event("response.output_item.added", members().put("item", begun));
    }

    private Node.Obj begun() {
        Node.Obj begun = item.copy();
        return begun.get("status").isSomething() ? begun.put("status", "in_progress") : begun;
    }

    private void message() throws IOException {
        added(begun().put("content", new Node.Arr()));
        parts(item.get("content").elements());
    }

    private void parts(List<Node> parts) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            part(parts.get(i), i);
        }
    }

    private void part(Node part, int number) throws IOException {
        switch (part.get("text").isText() ? part.get("type").text() : "") {
            case "output_text" -> outputText(part, number);
            case "reasoning_text" -> reasoningText(part, number);
            default -> {
                sink.event("response.content_part.added", inContent(number).put("part", part));
                sink.event("response.content_part.done", inContent(number).put("part", part));
            }
        }
    }

    private void outputText(Node part, int number) throws IOException {
        Node.Obj empty = ((Node.Obj) part).copy().put("text", "");
        for (String list : new String[] {"annotations", "logprobs"}) {
            if (part.get(list) instanceof Node.Arr) {
                empty.put(list, new Node.Arr());
            }
        }
        sink.event("response.content_part.added", inContent(number).put("part", empty));
        String text = part.get("text").text();
        boolean told = !part.get("logprobs").elements().isEmpty();
        for (String piece : told ? List.of(text) : Pieces.of(text)) {
            Node logprobs = told ? part.get("logprobs") : new Node.Arr();
            Node.Obj delta = inContent(number).put("delta", piece).put("logprobs", logprobs);
            sink.event("response.output_text.delta", delta);
        }
        annotations(part.get("annotations").elements(), number);
        Node all = part.get("logprobs") instanceof Node.Arr list ? list : new Node.Arr();
        sink.event(
                "response.output_text.done",
                inContent(number).put("logprobs", all).put("text", part.get("text")));
        sink.event("response.content_part.done", inContent(number).put("part", part));
    }

    private void annotations(List<Node> annotations, int number) throws IOException {
        for (int i = 0; i < annotations.size(); i++) {
            Node.Obj members =
                    inContent(number).put("annotation", annotations.get(i)).put("annotation_index", i);
            sink.event("response.output_text.annotation.added", members);
        }
    }

    private void reasoning() throws IOException {
        Node.Obj begun = begun();
        for (String list : new String[] {"summary", "content"}) {
            if (item.get(list) instanceof Node.Arr) {
                begun.put(list, new Node.Arr());
            }
        }
        added(begun);
        List<Node> summaries = item.get("summary").elements();
        for (int i = 0; i < summaries.size(); i++) {
            summary(summaries.get(i), i);
        }
        parts(item.get("content").elements());
    }

    private void summary(Node part, int number) throws IOException {
        Node.Obj empty = part instanceof Node.Obj object && part.get("text").isText()
                ? object.copy().put("text", "")
                : new Node.Obj();
        sink.event("response.reasoning_summary_part.added", inSummary(number).put("part", empty));
        for (String piece : Pieces.of(part.get("text").text())) {
            sink.event(
                    "response.reasoning_summary_text.delta", inSummary(number).put("delta", piece));
        }
        Node text = new Node.Text(part.get("text").text());
        sink.event("response.reasoning_summary_text.done", inSummary(number).put("text", text));
        sink.event("response.reasoning_summary_part.done", inSummary(number).put("part", part));
    }

    private void reasoningText(Node part, int number) throws IOException {
        Node.Obj empty = ((Node.Obj) part).copy().put("text", "");
        sink.event("response.content_part.added", inContent(number).put("part", empty));
        for (String piece : Pieces.of(part.get("text").text())) {
            sink.event("response.reasoning_text.delta", inContent(number).put("delta", piece));
        }
        sink.event("response.reasoning_text.done", inContent(number).put("text", part.get("text")));
        sink.event("response.content_part.done", inContent(number).put("part", part));
    }

    private void call(String growing, String type) throws IOException {
        added(begun().put(growing, ""));
        for (String piece : Pieces.of(item.get(growing).text())) {
            sink.event(type + ".delta", inItem().put("delta", piece));
        }
        Node.Obj done = inItem().put(growing, new Node.Text(item.get(growing).text()));
        sink.event(
                type + ".done",
                done.putIfPresent("name", growing.equals("arguments") ? item.get("name") : Node.Raw.ABSENT));
    }

    private Node.Obj members() {
        return new Node.Obj().put("output_index", index);
    }

    private Node.Obj inItem() {
        return members().put("item_id", item.get("id"));
    }

    private Node.Obj inContent(int number) {
        return inItem().put("content_index", number);
    }

    private Node.Obj inSummary(int number) {
        return inItem().put("summary_index", number);
    }
}
