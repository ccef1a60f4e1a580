package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes values of a shape: what must be there, null where that is allowed, and what the request says where the answer has a member of that
 * name and type. The same request gets the same values. Used by one thread at a time.
 */
public final class Maker {
    private static final int DEEP = 6;
    private static final int TOO_DEEP = 40;
    private static final Set<String> ALWAYS =
            Set.of("id", "object", "created_at", "client_secret", "cache_write_tokens");
    private static final Set<String> NEVER_NULL =
            Set.of("id", "object", "content", "text", "message", "created_at", "data", "name", "finish_reason");
    private static final String COMPACTION = "compaction";
    private static final Set<String> FILLED = Set.of("data", "choices", "output", "content", "results", "embedding");
    private static final Set<String> OURS = Set.of("id", "object", "created_at", "created", "status", "type");

    private final Asked asked;
    private final Scalars scalars;
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;

    /** A maker of the answer to one request. */
    public Maker(Asked asked, Draws draws) {
        this.asked = asked;
        this.scalars = new Scalars(asked, draws);
    }

    /** The answer. */
    public JsonNode answer(Shape shape) {
        return make(shape, "", "", 0);
    }

    /** The body of a deletion the document says nothing about. */
    public ObjectNode deletion() {
        ObjectNode deleted = nodes.objectNode();
        asked.subject().ifPresent(id -> deleted.put("id", id));
        return deleted.put("object", asked.kind() + ".deleted").put("deleted", true);
    }

    /** The events of a stream, in their order. */
    public List<JsonNode> events(Shape shape) {
        List<JsonNode> events = new ArrayList<>();
        List<Shape> kinds = EventOrder.sorted(shape);
        for (Shape kind : kinds) {
            JsonNode event = make(kind, "", "", 1);
            if (event instanceof ObjectNode object && object.has("sequence_number")) {
                object.put("sequence_number", events.size());
            }
            events.add(event);
        }
        return events;
    }

    private JsonNode make(Shape shape, String name, String owner, int depth) {
        if (depth > TOO_DEEP) {
            throw new IllegalStateException("a shape that must hold itself: " + name);
        }
        if (!shape.values().isEmpty()) {
            return shape.values().get(0);
        }
        if (shape.onlyUnion()) {
            return union(shape, name, owner, depth);
        }
        String type = type(shape);
        return switch (type) {
            case "object" -> object(shape, owner, depth);
            case "array" -> array(shape, name, owner, depth);
            case "null" -> nodes.nullNode();
            default -> scalars.make(shape, type, name, owner, depth);
        };
    }

    private static String type(Shape shape) {
        if (shape.types().isEmpty()) {
            boolean object = !shape.names().isEmpty() || shape.additional().isPresent();
            return object ? "object" : shape.items().isPresent() ? "array" : "string";
        }
        return shape.types().iterator().next();
    }

    private JsonNode union(Shape shape, String name, String owner, int depth) {
        JsonNode first = nodes.nullNode();
        for (Shape.Union union : shape.unions()) {
            for (Shape.Inner branch : inOrder(union.branches(), owner)) {
                JsonNode made = make(branch.shape(), name, owner, depth + 1);
                if (Checker.fits(shape, made)) {
                    return made;
                }
                first = first.isNull() ? made : first;
            }
        }
        return first;
    }

    private List<Shape.Inner> inOrder(List<Shape.Inner> branches, String owner) {
        return branches.stream()
                .filter(branch -> preferred(branch.shape(), owner))
                .findFirst()
                .map(List::of)
                .orElse(branches);
    }

    /** Any item fits into what compacting gives, of which only the summary is always there; a transcript has the form asked for. */
    private boolean preferred(Shape branch, String owner) {
        if (owner.equals("response." + COMPACTION)) {
            return branch.constant("type").filter(COMPACTION::equals).isPresent();
        }
        String format = asked.body().path("response_format").asText();
        boolean diarized = format.equals("diarized_json");
        return (diarized || format.equals("verbose_json"))
                && branch.property("duration").isPresent()
                && branch.property("language").isPresent() != diarized;
    }

    private JsonNode object(Shape shape, String owner, int depth) {
        ObjectNode object = nodes.objectNode();
        String kind = shape.constant("object").or(() -> shape.constant("type")).orElse(owner);
        boolean echoes = depth <= 1 && !isList(shape);
        for (String name : shape.names()) {
            Shape member = shape.property(name).orElseThrow();
            boolean required = shape.required().contains(name);
            Optional<JsonNode> echo = echoes ? echo(member, name) : Optional.empty();
            if (echo.isPresent()) {
                object.set(name, echo.get());
            } else if (nullable(member) && !NEVER_NULL.contains(name)) {
                object.putNull(name);
            } else if (required || (ALWAYS.contains(name) && depth < DEEP)) {
                object.set(name, make(member, name, kind, depth + 1));
            }
        }
        for (String name : shape.required()) {
            if (!object.has(name) && !shape.names().contains(name)) { // asked for, yet described nowhere
                object.set(name, scalars.make(shape, "string", name, kind, depth + 1));
            }
        }
        shape.unions().forEach(union -> union.branches().stream().limit(1).forEach(branch -> {
            if (make(branch.shape(), "", kind, depth + 1) instanceof ObjectNode more) {
                more.properties().forEach(member -> object.putIfAbsent(member.getKey(), member.getValue()));
            }
        }));
        if (isList(shape)) {
            name(object);
        }
        return object;
    }

    private static boolean nullable(Shape member) {
        return member.nullable()
                || (member.onlyUnion() && member.leaves().stream().anyMatch(Shape::nullable));
    }

    private static boolean isList(Shape shape) {
        return shape.property("data").filter(data -> data.items().isPresent()).isPresent();
    }

    /** The first and the last of a list are named at its end. */
    private static void name(ObjectNode list) {
        JsonNode data = list.path("data");
        for (Map.Entry<String, Integer> end :
                Map.of("first_id", 0, "last_id", data.size() - 1).entrySet()) {
            JsonNode id = data.path(end.getValue()).path("id");
            if (list.has(end.getKey()) && id.isTextual()) {
                list.set(end.getKey(), id);
            }
        }
    }

    private Optional<JsonNode> echo(Shape member, String name) {
        JsonNode said = asked.body().path(name);
        boolean fits = !said.isMissingNode() && !OURS.contains(name) && Checker.fits(member, said);
        return fits ? Optional.of(said) : Optional.empty();
    }

    private ArrayNode array(Shape shape, String name, String owner, int depth) {
        ArrayNode array = nodes.arrayNode();
        int least = shape.fact("minItems").asInt();
        boolean filled = FILLED.contains(name) || depth == 0;
        int size = Math.max(least, filled && depth < DEEP ? 1 : 0);
        if (depth == 1 && name.equals("data")) {
            int limit = asked.query().path("limit").asInt(2);
            size = Math.max(size, Math.min(limit, 1 + scalars.below(2)));
        }
        Optional<Shape> items = shape.items();
        for (int i = 0; items.isPresent() && i < size; i++) {
            array.add(make(items.get(), name, owner, depth + 1));
        }
        return array;
    }
}
