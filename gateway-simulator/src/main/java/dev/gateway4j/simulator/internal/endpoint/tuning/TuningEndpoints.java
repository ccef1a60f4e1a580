package dev.gateway4j.simulator.internal.endpoint.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.endpoint.files.FileStore;
import dev.gateway4j.simulator.internal.endpoint.keep.Lists;
import dev.gateway4j.simulator.internal.http.Endpoints;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Page;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.model.Models;
import dev.gateway4j.simulator.internal.request.Body;
import dev.gateway4j.simulator.internal.request.ResourceError;
import dev.gateway4j.simulator.internal.store.Item;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /v1/fine_tuning}: jobs with their events and checkpoints; permissions are with {@link Permissions}. */
public final class TuningEndpoints implements Endpoints {
    private static final String JOBS = "/v1/fine_tuning/jobs";
    private static final String ONE = JOBS + "/*";
    private static final Pattern TUNABLE = Pattern.compile(
            "(gpt-4\\.1(-mini|-nano)?|gpt-4o(-mini)?|gpt-4|gpt-3\\.5-turbo|o4-mini)(-[0-9-]+)?|davinci-002|babbage-002");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-z0-9]+");
    private static final int LONGEST_SUFFIX = 64;

    private final FileStore files;
    private final Tokens tokens;
    private final Jobs jobs;
    private final Permissions permissions;

    /** Answers with these services. */
    public TuningEndpoints(Services services) {
        this.files = new FileStore(services);
        this.tokens = services.tokens();
        this.jobs = new Jobs(services, files);
        this.permissions = new Permissions(services, jobs);
    }

    @Override
    public void addTo(Routes.Builder routes) {
        routes.add("POST", JOBS, this::create)
                .add("GET", JOBS, this::list)
                .add(
                        "GET",
                        ONE,
                        exchange -> Replies.json(
                                exchange, jobs.kept().get(id(exchange)).json()))
                .add(
                        "POST",
                        ONE + "/cancel",
                        exchange ->
                                Replies.json(exchange, jobs.cancel(id(exchange)).json()))
                .add(
                        "POST",
                        ONE + "/pause",
                        exchange ->
                                Replies.json(exchange, jobs.pause(id(exchange)).json()))
                .add(
                        "POST",
                        ONE + "/resume",
                        exchange ->
                                Replies.json(exchange, jobs.resume(id(exchange)).json()))
                .add("GET", ONE + "/events", exchange -> list(exchange, "events"))
                .add("GET", ONE + "/checkpoints", exchange -> list(exchange, "checkpoints"));
        permissions.addTo(routes);
    }

    private WireReply create(Exchange exchange) {
        Body body = Body.of(exchange.request().body());
        body.only(
                "model",
                "training_file",
                "hyperparameters",
                "suffix",
                "validation_file",
                "integrations",
                "seed",
                "method",
                "metadata");
        String training = body.text("training_file");
        String model = model(body.text("model"));
        Optional<Body> method = body.maybeObject("method");
        String type = method.map(one -> one.choice("type", "supervised", "dpo", "reinforcement"))
                .orElse("supervised");
        Optional<Body> settings = method.flatMap(one -> one.maybeObject(type))
                .flatMap(one -> one.maybeObject("hyperparameters"))
                .or(() -> body.maybeObject("hyperparameters"));
        ObjectNode asked = Hyperparameters.of(settings, JsonNodeFactory.instance.objectNode());
        Optional<String> suffix = suffix(body);
        Item file = file("training_file", training);
        ObjectNode json = json(exchange, body, model, training, asked);
        json.set("method", method(method, type, asked));
        ObjectNode hidden = json.objectNode();
        TrainingFile read = TrainingFile.read(file.content(), "training_file", type, model, tokens);
        validation(body, type, model).or(read::problem).ifPresent(problem -> hidden.set("problem", problem));
        ObjectNode chosen = asked.deepCopy();
        Hyperparameters.choose(chosen, read.examples());
        hidden.set("hyperparameters", chosen);
        hidden.put("model", name(exchange, model, suffix));
        boolean unusable = hidden.has("problem");
        TrainingFile usable = unusable ? withProblem(read, hidden) : read;
        Agenda agenda = Agenda.of(hidden, jobs.work(), exchange.seconds(), usable, chosen);
        json.put("estimated_finish", agenda.end());
        if (unusable) {
            json.putNull("estimated_finish");
        }
        return Replies.json(exchange, jobs.start(json, hidden).json());
    }

    private WireReply list(Exchange exchange) {
        JsonNode wanted = exchange.query().path("metadata");
        Page page = Page.of(exchange.request().query());
        return Replies.json(
                exchange,
                Lists.plain(
                        page, jobs.kept().seen(job -> matches(wanted, job.json().path("metadata")))));
    }

    private WireReply list(Exchange exchange, String kind) {
        Item job = jobs.kept().get(id(exchange));
        return Replies.json(exchange, Lists.plain(Page.of(exchange.request().query()), Jobs.list(job, kind)));
    }

    private ObjectNode json(Exchange exchange, Body body, String model, String training, ObjectNode settings) {
        long seed = exchange.chance().draws(Chance.Purpose.TEXT).below(Integer.MAX_VALUE);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("object", "fine_tuning.job")
                .put("id", exchange.ids().alphanumeric("ftjob-", 24))
                .put("model", model)
                .put("created_at", exchange.seconds())
                .putNull("finished_at")
                .putNull("fine_tuned_model")
                .put("organization_id", "org-" + exchange.ids().alphanumeric("", 24));
        json.putArray("result_files");
        json.put("status", Jobs.VALIDATING)
                .put("validation_file", body.maybeText("validation_file").orElse(null))
                .put("training_file", training)
                .set("hyperparameters", settings.deepCopy());
        json.putNull("trained_tokens");
        json.putObject("error");
        json.put("user_provided_suffix", body.maybeText("suffix").orElse(null))
                .put("seed", body.maybeInteger("seed", 0, Integer.MAX_VALUE).orElse(seed))
                .putNull("estimated_finish")
                .set("integrations", integrations(body));
        json.set("metadata", body.metadata().<JsonNode>map(pairs -> pairs).orElse(json.nullNode()));
        return json;
    }

    private static JsonNode integrations(Body body) {
        for (Body one : body.objects("integrations")) {
            String unusedType = one.require("wandb").choice("type", "wandb");
        }
        return body.has("integrations") ? body.get("integrations") : JsonNodeFactory.instance.arrayNode();
    }

    private static ObjectNode method(Optional<Body> asked, String type, ObjectNode settings) {
        ObjectNode method = JsonNodeFactory.instance.objectNode().put("type", type);
        ObjectNode details =
                asked.flatMap(one -> one.maybeObject(type)).map(Body::copy).orElseGet(method::objectNode);
        ObjectNode all = details.withObject("/hyperparameters");
        settings.properties().forEach(one -> all.set(one.getKey(), one.getValue()));
        method.set(type, details);
        return method;
    }

    private Optional<ObjectNode> validation(Body body, String type, String model) {
        return body.maybeText("validation_file")
                .map(id -> file("validation_file", id))
                .flatMap(file -> TrainingFile.read(file.content(), "validation_file", type, model, tokens)
                        .problem());
    }

    private static TrainingFile withProblem(TrainingFile read, ObjectNode hidden) {
        return new TrainingFile(read.examples(), read.tokens(), Optional.of((ObjectNode) hidden.path("problem")));
    }

    private Item file(String param, String id) {
        return files.find(id).orElseThrow(() -> ResourceError.TUNING_FILE.with(param, id));
    }

    private static String model(String asked) {
        String base = asked.startsWith("ft:") ? asked.split(":", -1)[1] : asked;
        if (!TUNABLE.matcher(base).matches()) {
            throw ResourceError.TUNING_MODEL.with(asked);
        }
        return asked.startsWith("ft:")
                ? asked
                : Models.named(asked).map(Model::answersAs).orElse(asked);
    }

    private static Optional<String> suffix(Body body) {
        Optional<String> suffix = body.maybeText("suffix");
        if (suffix.isPresent() && suffix.get().length() > LONGEST_SUFFIX) {
            throw ResourceError.LONG_TEXT.with(
                    "suffix", LONGEST_SUFFIX, suffix.get().length());
        }
        return suffix;
    }

    private static String name(Exchange exchange, String model, Optional<String> suffix) {
        String base = model.startsWith("ft:") ? model.split(":", -1)[1] : model;
        String plain =
                NOT_IN_NAMES.matcher(suffix.orElse("").toLowerCase(Locale.ROOT)).replaceAll("-");
        String end = exchange.ids().alphanumeric("", 8);
        return String.join(":", List.of("ft", base, Replies.organization(exchange), plain, end));
    }

    private static boolean matches(JsonNode wanted, JsonNode metadata) {
        return wanted.properties().stream()
                .allMatch(pair -> metadata.path(pair.getKey()).equals(pair.getValue()));
    }

    private static String id(Exchange exchange) {
        return exchange.segment(2);
    }
}
