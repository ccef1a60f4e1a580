package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.internal.care.Events.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In what a stream of today differs from the recorded one: which events there are, in which order they first come, and their shapes. */
final class StreamDrift {
    private StreamDrift() {}

    static void report(String path, Events recorded, Events live, Findings.Spot body) {
        Map<String, Optional<Shape>> then = shapes(recorded);
        Map<String, Optional<Shape>> now = shapes(live);
        for (String label : then.keySet()) {
            if (!now.containsKey(label)) {
                body.warning("event-removed", "no event " + label + " comes any more; record it again");
            }
        }
        for (String label : now.keySet()) {
            if (!then.containsKey(label)) {
                body.warning(
                        "event-added",
                        "events " + label + " are new; check that the application passes over them, and record it"
                                + " again");
            }
        }
        order(then, now, body);
        end(StreamEnd.of(path, recorded), recorded, live, body);
        then.forEach((label, shape) -> both(shape, now.getOrDefault(label, Optional.empty()), body.at("#" + label)));
    }

    /** The shape of all events with the same label, in the order in which labels first come. */
    private static Map<String, Optional<Shape>> shapes(Events events) {
        Map<String, Optional<Shape>> shapes = new LinkedHashMap<>();
        for (Event event : events.list()) {
            Optional<Shape> shape = event.json().map(Shape::of);
            shapes.merge(event.label(), shape, StreamDrift::together);
        }
        return shapes;
    }

    private static Optional<Shape> together(Optional<Shape> one, Optional<Shape> other) {
        return one.isPresent() && other.isPresent() ? Optional.of(one.get().and(other.get())) : one.or(() -> other);
    }

    private static void order(Map<String, Optional<Shape>> then, Map<String, Optional<Shape>> now, Findings.Spot body) {
        List<String> before = new ArrayList<>(then.keySet());
        before.retainAll(now.keySet());
        List<String> after = new ArrayList<>(now.keySet());
        after.retainAll(then.keySet());
        if (!before.equals(after)) {
            body.warning(
                    "order-changed",
                    "events first came in the order " + String.join(", ", before) + " and now in the order "
                            + String.join(", ", after) + "; record it again");
        }
    }

    private static void end(StreamEnd end, Events recorded, Events live, Findings.Spot body) {
        if (end.reached(recorded) && !end.reached(live)) {
            body.error("end-removed", "the stream now stops without " + end.words() + "; a client waits for it");
        }
    }

    private static void both(Optional<Shape> recorded, Optional<Shape> live, Findings.Spot spot) {
        if (recorded.isPresent() && live.isPresent()) {
            ShapeDrift.report(recorded.get(), live.get(), spot);
        }
    }
}
