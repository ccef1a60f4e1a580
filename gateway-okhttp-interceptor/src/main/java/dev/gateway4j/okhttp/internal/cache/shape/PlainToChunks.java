package dev.gateway4j.okhttp.internal.cache.shape;

import dev.gateway4j.api.call.Usage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a plain answer as the chunks of a stream. */
final class PlainToChunks {
    /** Of every chunk; everything else that an answer has beside its choices stands in the first one. */
    private static final List<String> OF_EVERY_CHUNK =
            List.of("id", "object", "created", "model", "service_tier", "system_fingerprint");

    private static final Set<String> NOT_IN_CHUNKS = Set.of("choices", "usage", "object");

    private final StreamWriter out;
    private final boolean chat;
    private final Node.Obj head = new Node.Obj();
    private final Node.Obj once = new Node.Obj();
    private boolean usageWanted;

    PlainToChunks(StreamWriter out, boolean chat) {
        this.out = out;
        this.chat = chat;
    }

    void write(Node.Obj plain, boolean wantsUsage, Optional<Usage> known) throws IOException, UnconvertibleException {
        usageWanted = wantsUsage;
        head(plain);
        int position = 0;
        for (Node choice : plain.get("choices").elements()) {
            if (!(choice instanceof Node.Obj whole)) {
                throw new UnconvertibleException("a choice is no object");
            }
            choice(whole, position++);
        }
        if (wantsUsage) {
            usage(plain.get("usage"), known);
        }
        out.done();
    }

    private void head(Node.Obj plain) {
        for (String name : OF_EVERY_CHUNK) {
            Node value = name.equals("object") ? new Node.Text(object()) : plain.get(name);
            head.putIfPresent(name, value);
        }
        plain.members().forEach((name, value) -> {
            if (!NOT_IN_CHUNKS.contains(name) && head.get(name).equals(Node.Raw.ABSENT)) {
                once.put(name, value);
            }
        });
    }

    private String object() {
        return chat ? "chat.completion.chunk" : "text_completion";
    }

    private void usage(Node said, Optional<Usage> known) throws IOException, UnconvertibleException {
        Node usage = said;
        if (!said.isSomething()) {
            usage = UsageNode.of(known.orElseThrow(() -> new UnconvertibleException("it did not say what it used")));
        }
        out.event(head.copy().put("choices", new Node.Arr()).put("usage", usage));
    }

    private void choice(Node.Obj choice, int position) throws IOException, UnconvertibleException {
        ChoiceWriter writer = new ChoiceWriter(choice, position, this::chunk);
        if (!chat) {
            writer.text();
        } else if (choice.get("message") instanceof Node.Obj message) {
            writer.message(message);
        } else {
            throw new UnconvertibleException("a choice has no message");
        }
    }

    private void chunk(Node choice) throws IOException {
        Node.Obj chunk = head.copy();
        for (Map.Entry<String, Node> member : once.members().entrySet()) {
            chunk.put(member.getKey(), member.getValue());
        }
        once.members().clear();
        chunk.put("choices", Node.Arr.of(choice));
        out.event(usageWanted ? chunk.put("usage", Node.Raw.NULL) : chunk);
    }
}
