package dev.gateway4j.simulator.internal.endpoint.generated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Form;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.spec.Asked;
import dev.gateway4j.simulator.internal.spec.Checker;
import dev.gateway4j.simulator.internal.spec.Coercion;
import dev.gateway4j.simulator.internal.spec.Operation;
import dev.gateway4j.simulator.internal.spec.Shape;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request as its operation declares it. */
final class Incoming {
    private static final String FORM = "multipart/form-data";
    private static final String JSON = "application/json";

    /** What the document asks for and the official clients do not send, or send otherwise. */
    private static final Map<String, Set<String>> FORGIVEN = Map.of(
            "/skills", Set.of("files"),
            "/skills/{skill_id}/versions", Set.of("files"),
            "/realtime/sessions", Set.of("client_secret", "client_secret.value"),
            "/audio/voices", Set.of("audio_sample"));

    /** Clients that are newer than the document know more values. */
    private static final String NEWER = "invalid_value";

    /** Members that tell which of several types a value has. */
    private static final Set<String> DECIDING = Set.of("type", "role", "object");

    private final Exchange exchange;
    private final Operation operation;
    private final ObjectNode query;
    private final Optional<Shape> shape;
    private final Optional<JsonNode> body;

    Incoming(Exchange exchange, Operation operation) {
        this.exchange = exchange;
        this.operation = operation;
        this.query = query(exchange, operation);
        String type = header("content-type").toLowerCase(Locale.ROOT);
        boolean form = type.startsWith(FORM)
                || (!type.startsWith(JSON) && !operation.bodies().containsKey(JSON));
        // Some clients send JSON in place of a form that would have no file in it.
        this.shape = Optional.ofNullable(operation.bodies().get(form ? FORM : JSON))
                .or(() -> Optional.ofNullable(operation.bodies().get(FORM)))
                .filter(known -> !type.startsWith("application/sdp"));
        this.body = shape.flatMap(
                known -> form ? form(known) : Json.read(exchange.request().body()));
    }

    /** What is wrong with it. */
    Optional<ApiError> problem(boolean closed) {
        return declaredProblem(closed).filter(problem -> closed || !forgiven(problem));
    }

    private boolean forgiven(ApiError problem) {
        String param = problem.param().orElse("");
        boolean newer = problem.code().filter(NEWER::equals).isPresent()
                && !DECIDING.contains(param.substring(param.lastIndexOf('.') + 1));
        return newer || FORGIVEN.getOrDefault(operation.path(), Set.of()).contains(param);
    }

    private Optional<ApiError> declaredProblem(boolean closed) {
        for (String name : operation.requiredQuery()) {
            if (!query.has(name)) {
                return Optional.of(ErrorKind.MISSING.with(name));
            }
        }
        for (Map.Entry<String, JsonNode> parameter : query.properties()) {
            Optional<ApiError> problem = Optional.ofNullable(operation.query().get(parameter.getKey()))
                    .flatMap(declared -> Checker.problem(declared, parameter.getValue(), parameter.getKey()));
            if (problem.isPresent()) {
                return problem;
            }
        }
        boolean left = exchange.request().body().length == 0 && !operation.bodyRequired();
        if (shape.isEmpty() || left) {
            return Optional.empty();
        }
        Optional<JsonNode> sent = exchange.request().body().length == 0 ? Optional.of(body()) : body;
        return sent.isEmpty()
                ? Optional.of(ErrorKind.BAD_JSON.with())
                : Checker.problem(shape.get(), sent.get(), closed);
    }

    /** What is wrong inside its members, where the handler judges the rest. */
    Optional<ApiError> nestedProblem() {
        return shape.flatMap(known -> body.flatMap(tree -> Checker.nestedProblem(known, tree)));
    }

    /** True if the answer is to be streamed. */
    boolean streams() {
        return operation.events().isPresent()
                && (body().path("stream").asBoolean()
                        || body().path("stream_format").asText().equals("sse")
                        || query.path("stream").asText().equals("true")
                        || accepts("text/event-stream"));
    }

    /** True if a stream is asked for by a header alone. */
    boolean streamsByHeader() {
        return accepts("text/event-stream")
                && body.filter(tree -> tree.isObject() && !tree.has("stream")).isPresent();
    }

    /** The body; an empty object if there is none. */
    JsonNode body() {
        return body.orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /** What an answer is made from. */
    Asked asked() {
        String path = exchange.path().path().substring("/v1".length());
        return new Asked(operation, operation.pathValues(path), query, body(), exchange.seconds());
    }

    /** True if the client names this media type among those it takes. */
    boolean accepts(String type) {
        return header("accept").contains(type);
    }

    private static ObjectNode query(Exchange exchange, Operation operation) {
        ObjectNode typed = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> parameter : exchange.query().properties()) {
            Shape declared = operation.query().get(parameter.getKey());
            JsonNode value = parameter.getValue();
            typed.set(parameter.getKey(), declared == null ? value : Coercion.coerced(declared, value));
        }
        return typed;
    }

    private Optional<JsonNode> form(Shape known) {
        return Form.read(header("content-type"), exchange.request().body()).map(form -> {
            ObjectNode texts = form.fields();
            for (String name : form.files().keySet()) {
                int end = name.indexOf('#') < 0 ? name.length() : name.indexOf('#');
                boolean one = name.indexOf("[]") < 0 && end == name.length();
                String field = name.substring(0, end).replace("[]", "");
                if (one && !texts.has(field)) {
                    texts.put(field, "");
                } else {
                    JsonNode before = texts.path(field);
                    ArrayNode several = before instanceof ArrayNode array ? array : texts.putArray(field);
                    if (before.isTextual()) {
                        several.add(before);
                    }
                    several.add("");
                }
            }
            return Coercion.coerced(known, texts);
        });
    }

    private String header(String name) {
        return exchange.request().headers().first(name).orElse("");
    }
}
