package dev.gateway4j.api.config;

import static dev.gateway4j.api.config.Key.choice;
import static dev.gateway4j.api.config.Key.list;
import static dev.gateway4j.api.config.Key.map;
import static dev.gateway4j.api.config.Key.section;
import static dev.gateway4j.api.config.Key.value;

import java.util.ArrayList;
import java.util.List;

/** The table of all settings. Checks, defaults, names of properties and variables, and the table in the documentation follow from it. */
final class ConfigSchema {
    static final Key ENVIRONMENT_NAME = value(
            "environment", Kind.TEXT, "development", "Which environment applies: a built-in one or one of the file's.");

    private static final Key ISOLATION = choice(
            "isolation_level",
            List.of("strict", "relaxed"),
            "strict",
            "Whether calls to hosts that are no upstream are refused or pass by untouched.");
    private static final Key ALLOW_STAND_IN = value(
            "allow_stand_in",
            Kind.BOOLEAN,
            "false",
            "Lets the production profile start in another mode than passthrough.");
    private static final Key PROFILE = choice(
            "profile",
            List.of("development", "testing", "staging", "production"),
            "staging",
            "The built-in settings an environment of your own starts from; those with a built-in name have their own.");

    private static final Key OPENAI = section(
            "openai",
            choice(
                    "mode",
                    List.of("simulated", "passthrough", "hybrid", "replay", "record"),
                    "by profile",
                    "What answers calls."),
            choice(
                    "default_response",
                    List.of("generated", "cassette", "passthrough"),
                    "generated",
                    "In hybrid mode, the answer to what simulated_responses does not list."),
            list(
                    "simulated_responses",
                    section(
                            "[]",
                            value(
                                    "endpoint",
                                    Kind.TEXT,
                                    "required",
                                    "The path, such as /v1/chat/completions; what lies below it counts too."),
                            value("model", Kind.TEXT, "every model", "A model name, in which * stands for anything."),
                            choice(
                                    "response_type",
                                    List.of("template", "generated", "cassette", "passthrough"),
                                    "required",
                                    "Where the answer comes from; the first entry that matches wins."),
                            value("templates", Kind.PATH, "", "The directory of templates; required for template."),
                            value("cassettes", Kind.TEXT, "", "The directory of cassettes, for cassette."))),
            section("credentials", credentials()),
            map("models", value("MODEL", Kind.TEXT, "", "The model that is sent instead of MODEL.")),
            section(
                            "cassettes",
                            value("directory", Kind.TEXT, "./cassettes", "Where cassettes lie, or classpath:NAME."),
                            value("record_missing", Kind.BOOLEAN, "false", "Replays what matches, records the rest."),
                            value("expires_after", Kind.DURATION, "never", "The age at which a cassette is refused."),
                            value("match", Kind.FREE, "", "What has to be equal for a recording to match."))
                    .dormant(),
            value("latency", Kind.TEXT, "instant", "The latency profile of the simulator."),
            value("seed", Kind.INTEGER, "0", "The seed of every random draw."));

    private static final Key GATEWAY = section(
            "gateway",
            value("max_body_bytes", Kind.BYTES, "32MB", "The largest JSON request body; KB, MB, GB count in 1024."),
            value("max_json_depth", Kind.SMALL_COUNT, "128", "The deepest nesting of a JSON request body."),
            choice("errors", List.of("detailed", "user_friendly"), "by profile", "How much refusals tell."),
            section(
                    "monitoring",
                    choice("logging", List.of("verbose", "essential"), "by profile", "How much is logged.")
                            .dormant(),
                    choice("metrics", List.of("enabled", "disabled"), "disabled", "Whether meters are registered.")
                            .dormant(),
                    choice("alerting", List.of("enabled", "disabled"), "disabled", "Whether alerts are sent.")
                            .dormant()),
            section(
                            "rate_limits",
                            value("requests_per_minute", Kind.COUNT, "", "Requests in a minute, all callers together."),
                            value("requests_per_day", Kind.COUNT, "", "Requests in a day, all callers together."),
                            value("tokens_per_minute", Kind.COUNT, "", "Tokens in a minute, all callers together."),
                            value("tokens_per_day", Kind.COUNT, "", "Tokens in a day, all callers together."),
                            section(
                                    "per_user",
                                    value("requests_per_minute", Kind.COUNT, "", "Requests in a minute for each user."),
                                    value("requests_per_day", Kind.COUNT, "", "Requests in a day for each user."),
                                    value("tokens_per_minute", Kind.COUNT, "", "Tokens in a minute for each user."),
                                    value("tokens_per_day", Kind.COUNT, "", "Tokens in a day for each user.")),
                            choice("on_limit", List.of("wait", "refuse"), "refuse", "What a call over a limit does."),
                            value("max_wait", Kind.DURATION, "", "How long it waits at most."))
                    .dormant(),
            section(
                            "cache",
                            value("ttl", Kind.DURATION, "", "How long an answer is kept."),
                            value("max_bytes", Kind.BYTES, "", "How much the cache holds."),
                            section(
                                    "semantic",
                                    value("threshold", Kind.DECIMAL, "", "How similar a question has to be.")))
                    .dormant(),
            value("routes", Kind.FREE, "", "Which models and upstreams follow each other.")
                    .dormant(),
            value("retry", Kind.FREE, "", "How often and when a failed attempt is repeated.")
                    .dormant(),
            value("validation", Kind.FREE, "", "Rules for requests and answers.")
                    .dormant(),
            section(
                            "budget",
                            value("daily_usd", Kind.DECIMAL, "", "What a day may cost, in US dollars."),
                            list(
                                    "alert_at",
                                    value("[]", Kind.PERCENT, "", "Shares of the budget that raise an alert.")),
                            choice("on_exceeded", List.of("refuse"), "refuse", "What a call over the budget does."))
                    .dormant());

    private static final Key DATA = section(
            "data",
            choice(
                    "persistence",
                    List.of("ephemeral"),
                    "ephemeral",
                    "What the simulator remembers ends with the process."),
            value(
                    "retention",
                    Kind.DURATION,
                    "30 days",
                    "How long the simulator remembers files, stored answers and the like."));

    /** What an environment holds. */
    static final Key ENVIRONMENT = section("NAME", ISOLATION, ALLOW_STAND_IN, PROFILE, OPENAI, GATEWAY, DATA);

    static final Key UPSTREAMS = map(
            "upstreams",
            section(
                    "NAME",
                    value("base_url", Kind.URL, "required", "Where it is; https://api.openai.com/v1 for openai."),
                    choice("kind", List.of("openai", "azure"), "openai", "How it wants paths and credentials."),
                    value("api_version", Kind.TEXT, "", "Azure's api-version; required for azure."),
                    map("deployments", value("MODEL", Kind.TEXT, "", "The Azure deployment that serves MODEL.")),
                    choice("auth", List.of("key", "none"), "key", "Whether calls to it need a key.")));

    /** The full file: environments over shared parts. */
    static final Key FILE = section(
            "", ENVIRONMENT_NAME, UPSTREAMS, map("environments", ENVIRONMENT), ISOLATION, OPENAI, GATEWAY, DATA);

    /** What a lone sandbox block holds. */
    static final Key SANDBOX = section("sandbox", with(ENVIRONMENT, ENVIRONMENT_NAME));

    /** What builder, properties and variables can set. */
    static final Key SETTABLE = section("", with(ENVIRONMENT, ENVIRONMENT_NAME, UPSTREAMS));

    private ConfigSchema() {}

    private static Key[] credentials() {
        Key apiKey = value("api_key", Kind.SECRET, "", "Where the key's value is, never the value itself.");
        Key organization = value("organization", Kind.WORD, "", "Sent as OpenAI-Organization.");
        Key project = value("project", Kind.WORD, "", "Sent as OpenAI-Project.");
        Key entry = section(
                "[]",
                value("name", Kind.WORD, "required", "The key's name in reports and logs."),
                apiKey,
                value("upstream", Kind.TEXT, "openai", "The upstream it belongs to."),
                value("weight", Kind.SMALL_COUNT, "1", "Its share when several keys fit."),
                list("models", value("[]", Kind.TEXT, "every model", "Models it is for; * stands for anything.")),
                organization,
                project);
        return new Key[] {apiKey, organization, project, list("keys", entry)};
    }

    private static Key[] with(Key section, Key... more) {
        List<Key> keys = new ArrayList<>(List.of(more));
        keys.addAll(section.children());
        return keys.toArray(Key[]::new);
    }

    /** The default of a setting of an environment, as text. */
    static String fallback(String path) {
        Key key = ENVIRONMENT;
        for (String name : path.split("\\.", -1)) {
            key = key.child(name).orElseThrow(() -> new IllegalStateException("no setting " + path));
        }
        return key.fallback();
    }
}
