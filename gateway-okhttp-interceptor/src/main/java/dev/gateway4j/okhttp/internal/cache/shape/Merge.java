package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.Map;

/** The ways in which pieces of a stream belong together. What fits none of them is not guessed at. */
final class Merge {
    private Merge() {}

    /** A value that is said once, or the same each time; {@code null} and the empty text say nothing. */
    static void constant(Node.Obj into, String name, Node value) throws UnconvertibleException {
        Node known = into.get(name);
        if (saysNothing(known)) {
            into.put(name, known.isText() && !value.isSomething() ? known : value);
        } else if (!saysNothing(value) && !value.equals(known)) {
            throw new UnconvertibleException("a member that cannot change does");
        }
    }

    /** A value that is said once. A text that comes again, even the same one, may be a piece of a longer one. */
    static void once(Node.Obj into, String name, Node value) throws UnconvertibleException {
        Node known = into.get(name);
        if (value.isText() && !saysNothing(value) && !saysNothing(known)) {
            throw new UnconvertibleException("a text of which nobody knows whether it goes on");
        }
        constant(into, name, value);
    }

    /** A text that is said piece by piece; whatever is no text is a constant. */
    static void growing(Node.Obj into, String name, Node value) throws UnconvertibleException {
        Node known = into.get(name);
        if (!value.isText()) {
            if (known.isText() && value.isSomething()) {
                throw new UnconvertibleException("a text goes on as something else");
            }
            if (!known.isText()) {
                constant(into, name, value);
            }
        } else if (known instanceof Node.Growing text) {
            text.add(value.text());
        } else if (known.isSomething()) {
            throw new UnconvertibleException("something else goes on as a text");
        } else {
            into.put(name, new Node.Growing().add(value.text()));
        }
    }

    /** A list that is said piece by piece. */
    static void joinLists(Node.Obj into, String name, Node value) throws UnconvertibleException {
        Node known = into.get(name);
        if (!(value instanceof Node.Arr)) {
            constant(into, name, known.isSomething() && !value.isSomething() ? known : value);
        } else if (known instanceof Node.Arr list) {
            list.addAll(value);
        } else if (known.isSomething()) {
            throw new UnconvertibleException("something else goes on as a list");
        } else {
            Node.Arr list = new Node.Arr();
            list.addAll(value);
            into.put(name, list);
        }
    }

    /** The call of a function: all is constant but one text, which grows. */
    static void call(Node.Obj into, String name, Node value, String growing) throws UnconvertibleException {
        if (!(value instanceof Node.Obj piece)) {
            constant(into, name, value);
            return;
        }
        Node.Obj call = into.get(name) instanceof Node.Obj known ? known : new Node.Obj();
        into.put(name, call);
        for (Map.Entry<String, Node> member : piece.members().entrySet()) {
            if (member.getKey().equals(growing)) {
                growing(call, growing, member.getValue());
            } else {
                constant(call, member.getKey(), member.getValue());
            }
        }
    }

    private static boolean saysNothing(Node value) {
        return !value.isSomething() || (value.isText() && value.text().isEmpty());
    }
}
