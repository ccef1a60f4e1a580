package dev.gateway4j.okhttp.internal.cache.shape;

import java.io.IOException;

/** Writes a plain response as the events of a stream. The last one holds it as it is. */
final class PlainToEvents {
    private final StreamWriter out;
    private int sequence;

    PlainToEvents(StreamWriter out) {
        this.out = out;
    }

    void write(Node.Obj response) throws IOException, UnconvertibleException {
        Node.Obj begun = begun(response);
        emit("response.created", new Node.Obj().put("response", begun));
        emit("response.in_progress", new Node.Obj().put("response", begun));
        int index = 0;
        for (Node item : response.get("output").elements()) {
            if (!(item instanceof Node.Obj whole)) {
                throw new UnconvertibleException("an item is no object");
            }
            new ItemWriter(this::emit, whole, index++).write();
        }
        emit("response." + response.get("status").text(), new Node.Obj().put("response", response));
    }

    private static Node.Obj begun(Node.Obj response) {
        Node.Obj begun = response.copy().put("status", "in_progress").put("output", new Node.Arr());
        for (String later : new String[] {"usage", "completed_at", "incomplete_details"}) {
            if (!response.get(later).equals(Node.Raw.ABSENT)) {
                begun.put(later, Node.Raw.NULL);
            }
        }
        return begun;
    }

    /** Writes an event: its type, its members, its number. */
    private void emit(String type, Node.Obj members) throws IOException {
        Node.Obj data = new Node.Obj().put("type", type);
        members.members().forEach(data::put);
        out.event(type, data.put("sequence_number", sequence++));
    }
}
