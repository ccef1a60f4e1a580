package dev.gateway4j.api.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns composed YAML nodes into a {@link Tree}. Aliases are written out, up to a size that no honest file reaches. */
final class NodeReader {
    private static final int MAX_NODES = 100_000;

    private final Problems problems;
    private int nodes;

    NodeReader(Problems problems) {
        this.problems = problems;
    }

    /** The tree; empty if the document as a whole is refused. */
    Optional<Tree> tree(Node node, Origin origin) {
        try {
            return Optional.of(convert(node, origin, 0));
        } catch (TooLargeException e) {
            problems.add(e.origin, "aliases make the file too large or refer to themselves; write it out");
            return Optional.empty();
        }
    }

    private Tree convert(Node node, Origin origin, int depth) throws TooLargeException {
        if (++nodes > MAX_NODES || node.isRecursive() || depth > YamlFile.MAX_DEPTH) {
            throw new TooLargeException(origin);
        }
        if (node instanceof MappingNode mapping) {
            return section(mapping, origin, depth);
        }
        if (node instanceof SequenceNode sequence) {
            return items(sequence, origin, depth);
        }
        String value = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        return Tag.NULL.equals(node.getTag()) ? new Tree.Nothing(origin) : new Tree.Text(value, origin);
    }

    private Tree section(MappingNode mapping, Origin origin, int depth) throws TooLargeException {
        Map<String, Tree> children = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = line(tuple.getKeyNode(), origin);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(origin.child("?", line), "a key is plain text, not a list or a section");
                continue;
            }
            Tree child = convert(tuple.getValueNode(), origin.child(key.getValue(), line), depth + 1);
            Tree before = children.putIfAbsent(key.getValue(), child);
            if (before != null) {
                problems.add(
                        child.origin(),
                        "stands here a second time; it is already set in line "
                                + before.origin().line().orElse(0));
            }
        }
        return new Tree.Section(children, origin);
    }

    private Tree items(SequenceNode sequence, Origin origin, int depth) throws TooLargeException {
        List<Tree> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(convert(item, origin.item(items.size(), line(item, origin)), depth + 1));
        }
        return new Tree.Items(items, origin);
    }

    private static int line(Node node, Origin fallback) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElseGet(() -> fallback.line()
                .orElse(1));
    }

    private static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Origin origin;

        TooLargeException(Origin origin) {
            super("too large");
            this.origin = origin;
        }
    }
}
