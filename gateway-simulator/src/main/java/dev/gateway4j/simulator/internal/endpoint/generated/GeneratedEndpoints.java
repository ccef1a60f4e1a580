package dev.gateway4j.simulator.internal.endpoint.generated;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.Strictness;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Fallback;
import dev.gateway4j.simulator.internal.http.Handler;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.spec.Checker;
import dev.gateway4j.simulator.internal.spec.Operation;
import dev.gateway4j.simulator.internal.spec.SpecTable;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Judges every request by the specification, and answers those for which there is no handler. Thread-safe. */
public final class GeneratedEndpoints implements Fallback {
    /** Handlers of these paths check by themselves, in the order of the real service. */
    private static final Set<String> CHECKED =
            Set.of("chat", "responses", "completions", "embeddings", "moderations", "images", "audio", "files");

    private final Supplier<SpecTable> table;
    private final boolean lenient;

    /**
     * Endpoints of a specification.
     *
     * @param table its table, asked for when it is needed
     * @param strictness how requests are judged
     */
    public GeneratedEndpoints(Supplier<SpecTable> table, Strictness strictness) {
        this.table = table;
        this.lenient = strictness == Strictness.LENIENT;
    }

    @Override
    public Optional<Handler> alone(Exchange exchange) {
        return operation(exchange).map(operation -> one -> {
            Incoming incoming = new Incoming(one, operation);
            throwAny(incoming.problem(!lenient));
            return new GeneratedReply(one, operation, incoming).make();
        });
    }

    @Override
    public Handler around(Exchange exchange, Handler written) {
        Optional<Operation> operation = operation(exchange);
        if (operation.isEmpty()) {
            return written;
        }
        return lenient
                ? one -> leniently(one, operation.get(), written)
                : one -> strictly(one, operation.get(), written);
    }

    @Override
    public boolean knows(Exchange exchange) {
        return table.get().knows(path(exchange));
    }

    private static WireReply strictly(Exchange exchange, Operation operation, Handler written) {
        Incoming incoming = new Incoming(exchange, operation);
        if (!CHECKED.contains(exchange.segment(0))) {
            throwAny(incoming.problem(true));
            return written.handle(exchange);
        }
        Optional<ApiError> problem = incoming.nestedProblem();
        if (problem.isPresent()) {
            // What the handler finds comes first: it knows the order in which the service looks.
            written.judge(exchange);
            throw problem.get();
        }
        return written.handle(exchange);
    }

    private static WireReply leniently(Exchange exchange, Operation operation, Handler written) {
        Incoming incoming = new Incoming(exchange, operation);
        throwAny(incoming.problem(false));
        GeneratedReply generated = new GeneratedReply(exchange, operation, incoming);
        try {
            WireReply reply = written.handle(incoming.streamsByHeader() ? streaming(exchange, incoming) : exchange);
            boolean asAsked = !incoming.streams()
                    || reply.headers().first("content-type").orElse("").startsWith("text/event-stream");
            Optional<WireReply> declared = asAsked ? declared(operation, reply) : Optional.empty();
            if (declared.isPresent()) {
                return declared.get();
            }
            reply.frames().close();
        } catch (RuntimeException refusedOrBroken) {
            // Whatever is wrong beyond the schema is not wrong here.
            return generated.make();
        }
        return generated.make();
    }

    /** The reply, if its JSON is what the specification declares; lists without entries are not, since their ids are null. */
    private static Optional<WireReply> declared(Operation operation, WireReply reply) {
        boolean json = reply.headers().first("content-type").orElse("").startsWith("application/json");
        if (!json || operation.json().isEmpty()) {
            return Optional.of(Mended.stream(operation, reply));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (reply.frames().next() instanceof Frame.Chunk chunk) {
            body.writeBytes(chunk.bytes());
        }
        byte[] bytes = body.toByteArray();
        return Json.read(bytes)
                .filter(value -> !value.path("first_id").isNull())
                .filter(value ->
                        Checker.problem(operation.json().get(), value, false).isEmpty())
                .map(value -> {
                    reply.frames().close();
                    Frames frames = Frames.of(Mended.json(operation, value).orElse(bytes), reply.dueNanos());
                    return new WireReply(reply.status(), reply.headers(), reply.dueNanos(), frames);
                });
    }

    private static Exchange streaming(Exchange exchange, Incoming incoming) {
        ObjectNode body = incoming.body().deepCopy();
        body.put("stream", true);
        WireRequest r = exchange.request();
        byte[] bytes = Json.bytes(body.toString());
        WireRequest request = new WireRequest(
                r.callId(),
                r.attempt(),
                r.method(),
                r.scheme(),
                r.authority(),
                r.path(),
                r.query(),
                r.endpoint(),
                r.headers(),
                r.tags(),
                bytes,
                r.arrivedNanos());
        return new Exchange(
                request, exchange.path(), exchange.now(), exchange.chance(), exchange.ids(), exchange.requestId());
    }

    private Optional<Operation> operation(Exchange exchange) {
        String query = exchange.request().query();
        boolean beta = query.contains("beta=true");
        return table.get().find(exchange.request().method(), path(exchange), beta);
    }

    private static String path(Exchange exchange) {
        return exchange.path().path().substring(Math.min(exchange.path().path().length(), "/v1".length()));
    }

    private static void throwAny(Optional<ApiError> problem) {
        if (problem.isPresent()) {
            throw problem.get();
        }
    }
}
