package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.Map;

/** The {@code reasoning_details} of OpenRouter and its likes: pieces of the same number and type belong together. */
final class ReasoningParts {
    private ReasoningParts() {}

    static void join(Node.Obj message, String name, Node pieces) throws UnconvertibleException {
        if (!(pieces instanceof Node.Arr)) {
            Merge.joinLists(message, name, pieces);
            return;
        }
        Node.Arr all = message.get(name) instanceof Node.Arr known ? known : new Node.Arr();
        message.put(name, all);
        for (Node node : pieces.elements()) {
            if (!(node instanceof Node.Obj piece)) {
                throw new UnconvertibleException("a piece of reasoning is no object");
            }
            add(part(all, piece), piece);
        }
    }

    private static Node.Obj part(Node.Arr all, Node.Obj piece) throws UnconvertibleException {
        if (!piece.get("index").isSomething() && !all.elements().isEmpty()) {
            throw new UnconvertibleException("a piece of reasoning has no number");
        }
        for (Node node : all.elements()) {
            boolean same = node.get("index").equals(piece.get("index"))
                    && node.get("type").equals(piece.get("type"));
            if (same && node instanceof Node.Obj part) {
                return part;
            }
        }
        Node.Obj part = new Node.Obj();
        all.add(part);
        return part;
    }

    private static void add(Node.Obj part, Node.Obj piece) throws UnconvertibleException {
        for (Map.Entry<String, Node> member : piece.members().entrySet()) {
            String name = member.getKey();
            if (name.equals("text") || name.equals("summary")) {
                Merge.growing(part, name, member.getValue());
            } else {
                Merge.constant(part, name, member.getValue());
            }
        }
    }
}
