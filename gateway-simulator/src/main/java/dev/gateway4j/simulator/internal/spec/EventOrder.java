package dev.gateway4j.simulator.internal.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** In which order the events of a stream come that goes well. */
final class EventOrder {
    private static final Pattern TROUBLE =
            Pattern.compile("(.*\\.)?(error|failed|incomplete|cancelled|cancelling|expired|requires_action)");
    /** Declared, and yet clients that know every other event take these for unknown. */
    private static final Pattern STRANGE = Pattern.compile("response\\.apply_patch_call_operation_diff\\..*");

    private static final Set<String> PARTS = Set.of("content_part", "reasoning_summary_part");

    private EventOrder() {}

    /** The kinds of events, those left out that only a failing stream has. A stream of one kind has two such events. */
    static List<Shape> sorted(Shape shape) {
        List<Shape> kinds = new ArrayList<>(shape.leaves());
        if (kinds.size() == 1) {
            return List.of(kinds.get(0), kinds.get(0));
        }
        kinds.removeIf(kind -> TROUBLE.matcher(name(kind)).matches()
                || STRANGE.matcher(name(kind)).matches());
        kinds.sort(Comparator.comparingInt(kind -> rank(name(kind))));
        return kinds;
    }

    /** The name of an event; empty if its kind has none. */
    static String name(Shape kind) {
        return kind.constant("event").or(() -> kind.constant("type")).orElse("");
    }

    private static int rank(String name) {
        int dot = name.lastIndexOf('.');
        String whole = name.substring(0, Math.max(dot, 0));
        boolean outer = Set.of("thread", "thread.run", "response", "").contains(whole);
        String part = whole.substring(whole.lastIndexOf('.') + 1);
        return switch (name.substring(dot + 1)) {
            case "created" -> outer ? whole.length() : 30;
            case "queued" -> 20;
            case "in_progress" -> outer ? 21 : 32;
            case "added" -> part.equals("output_item") ? 30 : 31;
            case "done" -> outer ? 91 : PARTS.contains(part) ? 41 : part.equals("output_item") ? 43 : 40;
            case "completed" -> outer ? 90 : 42;
            default -> 35;
        };
    }
}
