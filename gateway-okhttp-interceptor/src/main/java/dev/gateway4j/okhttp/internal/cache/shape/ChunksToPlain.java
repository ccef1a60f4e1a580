package dev.gateway4j.okhttp.internal.cache.shape;

import dev.gateway4j.api.call.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts the chunks of a stream together to the plain answer. */
final class ChunksToPlain {
    /** What is not taken over from chunks as it is. */
    private static final Set<String> APART = Set.of("choices", "usage", "object", "obfuscation");
    /** Of these the first that says something counts, since it is the same in all chunks. */
    private static final Set<String> CONSTANT = Set.of("id", "created", "model");
    /** The order in which plain answers have these members. */
    private static final List<String> AFTER_CHOICES = List.of("service_tier", "system_fingerprint");

    private final boolean chat;
    private final Node.Obj head = new Node.Obj();
    private final SortedMap<Integer, ChoiceParts> choices = new TreeMap<>();
    private Node usage = Node.Raw.ABSENT;

    ChunksToPlain(boolean chat) {
        this.chat = chat;
    }

    Node convert(List<Event> events, Optional<Usage> known) throws UnconvertibleException {
        for (Event event : events) {
            if (event.isDone()) {
                break;
            }
            if (!(event.json().orElse(Node.Raw.ABSENT) instanceof Node.Obj chunk)) {
                throw new UnconvertibleException("a chunk is no JSON object");
            }
            chunk(chunk);
        }
        if (choices.isEmpty()) {
            throw new UnconvertibleException("it has no choices");
        }
        if (!usage.isSomething()) {
            usage = UsageNode.of(known.orElseThrow(() -> new UnconvertibleException("it did not say what it used")));
        }
        return plain();
    }

    private void chunk(Node.Obj chunk) throws UnconvertibleException {
        for (Map.Entry<String, Node> member : chunk.members().entrySet()) {
            String name = member.getKey();
            if (!APART.contains(name) && counts(name, member.getValue())) {
                head.put(name, member.getValue());
            }
        }
        usage = chunk.get("usage").isSomething() ? chunk.get("usage") : usage;
        for (Node choice : chunk.get("choices").elements()) {
            int index = ChunkExam.index(choice);
            if (index < 0 || !(choice instanceof Node.Obj piece)) {
                throw new UnconvertibleException("a choice has no number");
            }
            choices.computeIfAbsent(index, unusedIndex -> new ChoiceParts(chat)).add(piece);
        }
    }

    private boolean counts(String name, Node value) {
        Node known = head.get(name);
        if (known.equals(Node.Raw.ABSENT)) {
            return true;
        }
        return saysSomething(value) && !(CONSTANT.contains(name) && saysSomething(known));
    }

    /** Azure's first chunk has an empty id, an empty model, and was created at 0. */
    private static boolean saysSomething(Node value) {
        return value.isSomething() && !(value.isText() && value.text().isEmpty()) && !value.equals(Node.Raw.of(0));
    }

    private Node plain() {
        Node.Obj plain = new Node.Obj()
                .putIfPresent("id", head.get("id"))
                .put("object", chat ? "chat.completion" : "text_completion")
                .putIfPresent("created", head.get("created"))
                .putIfPresent("model", head.get("model"));
        Node.Arr all = new Node.Arr();
        choices.forEach((index, parts) -> all.add(parts.plain(index)));
        plain.put("choices", all).put("usage", usage);
        AFTER_CHOICES.forEach(name -> plain.putIfPresent(name, head.get(name)));
        head.members().forEach((name, value) -> plain.members().putIfAbsent(name, value));
        return plain;
    }
}
