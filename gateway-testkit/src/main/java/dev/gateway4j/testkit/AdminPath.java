package dev.gateway4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.Faults;
import dev.gateway4j.simulator.JournalEntry;
import dev.gateway4j.simulator.SimulatedOpenAi;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The simulator from outside: its journal, scenarios, faults and state, for tests in any language. Thread-safe. */
final class AdminPath {
    private static final String PREFIX = "/__admin";
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int USUAL_LIMIT = 100;

    private final SimulatedOpenAi simulator;
    private final Map<String, Map<String, Action>> actions;

    AdminPath(SimulatedOpenAi simulator) {
        this.simulator = simulator;
        this.actions = Map.of(
                "/health", Map.of("GET", this::health),
                "/journal", Map.of("GET", this::journal, "DELETE", this::forgetJournal),
                "/scenarios",
                        Map.of("GET", this::scenarios, "POST", this::addScenarios, "DELETE", this::removeScenarios),
                "/faults", Map.of("GET", this::faults, "POST", this::addFaults, "DELETE", this::clearFaults),
                "/state", Map.of("GET", this::state, "PUT", this::restore),
                "/reset", Map.of("POST", this::reset));
    }

    /** True if a request is for this path and not for the stand-in. */
    static boolean covers(String target) {
        return target.startsWith(PREFIX)
                && (target.length() == PREFIX.length() || "/?".indexOf(target.charAt(PREFIX.length())) >= 0);
    }

    WireReply answer(IncomingRequest request, long now) {
        Said said;
        try {
            said = action(request).answer(request);
        } catch (AdminError error) {
            said = new Said(error.status(), JSON, AdminJson.bytes(AdminJson.error(error)));
        }
        return new WireReply(said.status, WireHeaders.of("content-type", said.type), now, Frames.of(said.body, now));
    }

    private Action action(IncomingRequest request) {
        checkLocal(request);
        String target = request.target();
        int question = target.indexOf('?');
        String path = (question < 0 ? target : target.substring(0, question)).substring(PREFIX.length());
        Map<String, Action> methods = actions.get(path);
        if (methods == null) {
            throw new AdminError(
                    404,
                    "no such admin path",
                    PREFIX + path + " does not exist",
                    "There are: "
                            + new TreeSet<>(actions.keySet())
                                    .stream().map(PREFIX::concat).collect(Collectors.joining(", "))
                            + ".");
        }
        Action action = methods.get(request.method());
        if (action == null) {
            throw new AdminError(
                    405,
                    "wrong method",
                    PREFIX + path + " does not know " + request.method(),
                    "Use " + String.join(" or ", new TreeMap<>(methods).keySet()) + ".");
        }
        return action;
    }

    /** A web page from elsewhere that somebody has open must not reach what listens on their machine. */
    private static void checkLocal(IncomingRequest request) {
        String origin = request.headers().first("origin").orElse("http://localhost");
        String host = "http://" + request.headers().first("host").orElse("localhost");
        if (!isLocal(origin) || !isLocal(host)) {
            throw new AdminError(
                    403,
                    "not from this machine",
                    "the headers Origin and Host name " + origin + " and " + host,
                    "Ask from a program or a page of localhost or 127.0.0.1.");
        }
    }

    private static boolean isLocal(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && LOCAL.contains(host);
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }

    private Said health(IncomingRequest request) {
        query(request);
        ObjectNode json = AdminJson.object()
                .put("status", "ok")
                .put("requests", simulator.journal().size())
                .put("dropped", simulator.journal().dropped())
                .put("scenarios", simulator.scenarios().list().size())
                .put("faults", simulator.faults().list().size())
                .put("seed_samples", simulator.seedData().size());
        ObjectNode state = json.putObject("state");
        new TreeMap<>(simulator.state().sizes()).forEach(state::put);
        json.set("notices", AdminJson.texts(simulator.notices()));
        return Said.ok(json);
    }

    private Said journal(IncomingRequest request) {
        AdminQuery query = query(request, "limit", "endpoint", "unmatched");
        int limit = query.count("limit", USUAL_LIMIT);
        boolean unmatched = query.flag("unmatched");
        List<JournalEntry> entries = simulator
                .journal()
                .requests(entry ->
                        query.text("endpoint").map(entry.endpoint()::equals).orElse(true)
                                && (!unmatched || entry.origin().unmatched()));
        ObjectNode json = AdminJson.object();
        ArrayNode requests = json.putArray("requests");
        entries.stream()
                .skip(Math.max(0, entries.size() - limit))
                .map(AdminJson::entry)
                .forEach(requests::add);
        return Said.ok(json.put("found", entries.size())
                .put("dropped", simulator.journal().dropped()));
    }

    private Said forgetJournal(IncomingRequest request) {
        query(request);
        int forgotten = simulator.journal().size();
        simulator.journal().clear();
        return Said.ok(AdminJson.object().put("forgotten", forgotten));
    }

    private Said scenarios(IncomingRequest request) {
        query(request);
        ObjectNode json = AdminJson.object();
        ArrayNode list = json.putArray("scenarios");
        simulator.scenarios().list().forEach(scenario -> list.add(AdminJson.scenario(scenario)));
        json.put("strict", simulator.scenarios().isStrict());
        json.set("notices", AdminJson.texts(simulator.scenarios().notices()));
        return Said.ok(json);
    }

    private Said addScenarios(IncomingRequest request) {
        AdminQuery query = query(request, "strict");
        boolean strict = query.flag("strict");
        boolean strictnessGiven = query.text("strict").isPresent();
        try {
            simulator.scenarios().load("request", text(request));
        } catch (GatewayConfigException wrong) {
            List<String> problems =
                    wrong.problems().stream().map(ConfigProblem::toString).toList();
            throw new AdminError(
                    400,
                    "no scenario was added",
                    problems.size() + (problems.size() == 1 ? " problem" : " problems"),
                    "Correct all of them and send the document again.",
                    problems);
        } catch (IllegalArgumentException wrong) {
            throw new AdminError(
                    400, "no scenario was added", String.valueOf(wrong.getMessage()), "Correct it and send it again.");
        }
        if (strict) {
            simulator.scenarios().strict();
        } else if (strictnessGiven) {
            simulator.scenarios().lenient();
        }
        ObjectNode json = AdminJson.object();
        ArrayNode names = json.putArray("scenarios");
        simulator.scenarios().list().forEach(scenario -> names.add(scenario.name()));
        json.put("strict", simulator.scenarios().isStrict());
        json.set("notices", AdminJson.texts(simulator.scenarios().notices()));
        return Said.ok(json);
    }

    private Said removeScenarios(IncomingRequest request) {
        AdminQuery query = query(request, "name");
        int before = simulator.scenarios().list().size();
        query.text("name").ifPresentOrElse(this::removeScenario, simulator.scenarios()::clear);
        int after = simulator.scenarios().list().size();
        return Said.ok(AdminJson.object().put("removed", before - after));
    }

    private void removeScenario(String name) {
        if (!simulator.scenarios().remove(name)) {
            throw new AdminError(
                    404,
                    "no such scenario",
                    "\"" + name + "\" is the name of none",
                    "GET " + PREFIX + "/scenarios lists all.");
        }
    }

    private Said faults(IncomingRequest request) {
        query(request);
        StringBuilder lines = new StringBuilder();
        simulator.faults().list().forEach(fault -> lines.append(fault).append('\n'));
        return new Said(200, TEXT, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Said addFaults(IncomingRequest request) {
        query(request);
        try {
            simulator.faults().add(text(request).replace('\n', ';').replace('\r', ';'));
        } catch (IllegalArgumentException wrong) {
            throw new AdminError(
                    400,
                    "no fault was added",
                    String.valueOf(wrong.getMessage()),
                    "Send one fault a line, such as 429 p=0.1, or a preset: "
                            + String.join(", ", new TreeSet<>(Faults.presets())) + ".");
        }
        return faults(request);
    }

    private Said clearFaults(IncomingRequest request) {
        query(request);
        int before = simulator.faults().list().size();
        simulator.faults().clear();
        return Said.ok(AdminJson.object().put("removed", before));
    }

    private Said state(IncomingRequest request) {
        query(request);
        return new Said(200, JSON, (simulator.state().snapshot() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Said restore(IncomingRequest request) {
        query(request);
        try {
            simulator.state().restore(text(request));
        } catch (RuntimeException wrong) {
            throw new AdminError(
                    400,
                    "the state stays as it was",
                    String.valueOf(wrong.getMessage()),
                    "Send what GET " + PREFIX + "/state gave.");
        }
        ObjectNode json = AdminJson.object();
        ObjectNode sizes = json.putObject("state");
        new TreeMap<>(simulator.state().sizes()).forEach(sizes::put);
        return Said.ok(json);
    }

    private Said reset(IncomingRequest request) {
        query(request);
        simulator.state().reset();
        simulator.journal().clear();
        return Said.ok(AdminJson.object().put("status", "ok"));
    }

    private static AdminQuery query(IncomingRequest request, String... known) {
        return AdminQuery.of(request.target(), List.of(known));
    }

    private static String text(IncomingRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface Action {
        Said answer(IncomingRequest request);
    }

    @SuppressWarnings("ArrayRecordComponent") // identity is enough: sent, never compared
    private record Said(int status, String type, byte[] body) {
        static Said ok(JsonNode json) {
            return new Said(200, JSON, AdminJson.bytes(json));
        }
    }
}
