package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tool calls of one choice, put together from their pieces. */
final class ToolCallParts {
    private final SortedMap<Integer, Node.Obj> calls = new TreeMap<>();

    boolean isEmpty() {
        return calls.isEmpty();
    }

    void add(Node pieces) throws UnconvertibleException {
        for (Node piece : pieces.elements()) {
            if (!(piece instanceof Node.Obj call) || !call.get("index").isSomething() || ChunkExam.index(call) < 0) {
                throw new UnconvertibleException("a piece of a tool call has no number");
            }
            add(calls.computeIfAbsent(ChunkExam.index(call), unusedIndex -> new Node.Obj()), call);
        }
    }

    private static void add(Node.Obj call, Node.Obj piece) throws UnconvertibleException {
        for (Map.Entry<String, Node> member : piece.members().entrySet()) {
            String name = member.getKey();
            switch (name) {
                case "index" -> {
                    // only streams have it
                }
                case "function" -> Merge.call(call, name, member.getValue(), "arguments");
                case "custom" -> Merge.call(call, name, member.getValue(), "input");
                default -> Merge.constant(call, name, member.getValue());
            }
        }
    }

    Node whole() {
        Node.Arr all = new Node.Arr();
        calls.values().forEach(all::add);
        return all;
    }
}
