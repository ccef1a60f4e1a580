package dev.gateway4j.cassette.internal.care;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.RecordedResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** In what an answer of today differs from the recorded one. What the two say is never compared, only what they look like. */
final class AnswerDrift {
    /** Identifiers of the account: never recorded, so their presence today means nothing. */
    private static final Set<String> SCRUBBED = Set.of("openai-organization", "openai-project");

    private AnswerDrift() {}

    static void report(String path, RecordedResponse recorded, RecordedResponse live, Findings.Spot spot) {
        if (recorded.code() != live.code()) {
            spot.at("/code")
                    .error(
                            "status-changed",
                            "was " + recorded.code() + ", is " + live.code()
                                    + "; find out why before you record it again");
            return; // an error and an answer have nothing in common
        }
        headers(recorded.headers(), live.headers(), spot.at("/headers"));
        MediaType then = MediaType.of(recorded.headers());
        MediaType now = MediaType.of(live.headers());
        if (!then.equals(now)) {
            spot.at("/headers/Content-Type")
                    .error(
                            "content-type-changed",
                            "was " + shown(then) + ", is " + shown(now) + "; a client reads the body another way");
            return;
        }
        body(path, then, recorded, live, spot.at("/body"));
    }

    private static String shown(MediaType type) {
        return type.name().isEmpty() ? "absent" : type.name();
    }

    private static void body(
            String path, MediaType type, RecordedResponse recorded, RecordedResponse live, Findings.Spot spot) {
        if (type.isEventStream()) {
            Events then = Events.of(recorded.body().bytes());
            Events now = Events.of(live.body().bytes());
            StreamDrift.report(path, then, now, spot);
            model(first(then), first(now), spot);
        } else if (type.isJson()) {
            json(recorded, live, spot);
        }
    }

    private static void json(RecordedResponse recorded, RecordedResponse live, Findings.Spot spot) {
        Optional<JsonNode> then = CareJson.parse(recorded.body().bytes());
        Optional<JsonNode> now = CareJson.parse(live.body().bytes());
        if (then.isPresent() && now.isPresent()) {
            ShapeDrift.report(Shape.of(then.get()), Shape.of(now.get()), spot.at("#"));
            model(then.flatMap(AnswerDrift::model), now.flatMap(AnswerDrift::model), spot);
        } else if (then.isPresent()) {
            spot.error("type-changed", "was JSON and is not any more; a client fails");
        }
    }

    private static Optional<String> first(Events events) {
        return events.list().stream()
                .flatMap(event -> event.json().stream())
                .flatMap(json -> model(json).stream())
                .findFirst();
    }

    /** The model an answer or an event names; the empty name in Azure's first chunk is none. */
    private static Optional<String> model(JsonNode json) {
        for (String pointer : new String[] {"/model", "/response/model", "/message/model", "/modelVersion"}) {
            String name = json.at(pointer).asText("");
            if (!name.isEmpty()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static void model(Optional<String> then, Optional<String> now, Findings.Spot spot) {
        if (then.isPresent() && now.isPresent() && !then.equals(now)) {
            spot.info("model-changed", "was answered by " + then.get() + ", now by " + now.get());
        }
    }

    private static void headers(Fields recorded, Fields live, Findings.Spot spot) {
        SortedSet<String> then = watched(recorded);
        SortedSet<String> now = watched(live);
        SortedSet<String> removed = new TreeSet<>(then);
        removed.removeAll(now);
        SortedSet<String> added = new TreeSet<>(now);
        added.removeAll(then);
        if (!removed.isEmpty()) {
            spot.warning("header-removed", "gone: " + String.join(", ", removed) + "; record it again");
        }
        if (!added.isEmpty()) {
            spot.info("header-added", "new: " + String.join(", ", added) + "; record it again to have them");
        }
    }

    private static SortedSet<String> watched(Fields headers) {
        SortedSet<String> names = new TreeSet<>();
        for (String header : headers.values().keySet()) {
            String name = header.toLowerCase(Locale.ROOT);
            boolean limit = name.contains("ratelimit");
            if ((limit || name.startsWith("openai-")) && !SCRUBBED.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
