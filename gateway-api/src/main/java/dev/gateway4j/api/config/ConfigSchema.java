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
            cassettes(),
            value("latency", Kind.TEXT, "instant", "The latency profile of the simulator."),
            value("seed", Kind.INTEGER, "0", "The seed of every random draw."));

    static final Key RATE_LIMITS = LimitKeys.section();

    private static final Key GATEWAY = section(
            "gateway",
            value("max_body_bytes", Kind.BYTES, "32MB", "The largest JSON request body; KB, MB, GB count in 1024."),
            value("max_json_depth", Kind.SMALL_COUNT, "128", "The deepest nesting of a JSON request body."),
            choice("errors", List.of("detailed", "user_friendly"), "by profile", "How much refusals tell."),
            section(
                    "monitoring",
                    choice(
                            "logging",
                            List.of("verbose", "essential"),
                            "by profile",
                            "How much the line of a call says: verbose adds endpoint, ending, first byte and every attempt."),
                    choice("metrics", List.of("enabled", "disabled"), "disabled", "Whether meters are registered.")
                            .dormant(),
                    choice("alerting", List.of("enabled", "disabled"), "disabled", "Whether alerts are sent.")
                            .dormant()),
            RATE_LIMITS,
            CacheKeys.section(),
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
                    map(
                            "deployments",
                            value(
                                    "MODEL",
                                    Kind.TEXT,
                                    "",
                                    "The Azure deployment that serves MODEL; * stands for the models not listed.")),
                    choice(
                            "auth",
                            List.of("key", "bearer", "none"),
                            "key",
                            "Whether calls to it need a key; bearer sends it as Authorization, also to Azure.")));

    static final Key KEY_FINGERPRINTS = map(
            "key_fingerprints",
            list(
                    Key.PLAIN_NAME,
                    value(
                            "[]",
                            Kind.FINGERPRINT,
                            "",
                            "The fingerprint of a key of environment NAME, which is refused in every other.")));

    /** The full file: environments over shared parts. */
    static final Key FILE = section(
            "",
            ENVIRONMENT_NAME,
            UPSTREAMS,
            KEY_FINGERPRINTS,
            map("environments", ENVIRONMENT),
            ISOLATION,
            OPENAI,
            GATEWAY,
            DATA);

    /** What a lone sandbox block holds. */
    static final Key SANDBOX = section("sandbox", with(ENVIRONMENT, ENVIRONMENT_NAME, KEY_FINGERPRINTS));

    /** What builder, properties and variables can set. */
    static final Key SETTABLE = section("", with(ENVIRONMENT, ENVIRONMENT_NAME, UPSTREAMS, KEY_FINGERPRINTS));

    private ConfigSchema() {}

    private static Key cassettes() {
        Key rule = section(
                "[]",
                value(
                        "at",
                        Kind.TEXT,
                        "required",
                        "A JSON pointer into the body; * stands for any one member or index."),
                choice(
                        "same",
                        List.of("ignore", "regex", "uuid", "timestamp", "number"),
                        "required",
                        "When two values there count as equal."),
                value("regex", Kind.TEXT, "", "What both values have to match, for regex."),
                value("tolerance", Kind.DECIMAL, "", "How far two numbers may be apart, for number."));
        Key header = value("[]", Kind.WORD, "", "A request header that has to be equal.");
        return section(
                "cassettes",
                value("directory", Kind.TEXT, "./cassettes", "Where cassettes lie, or classpath:NAME."),
                value(
                        "name",
                        Kind.TEXT,
                        "",
                        "The cassette of calls that name none; without it replay looks through all."),
                value(
                        "record_missing",
                        Kind.BOOLEAN,
                        "false",
                        "Replays what matches and, with a key, records the rest."),
                value("record_in_ci", Kind.BOOLEAN, "false", "Allows recording where the variable CI is set."),
                value("expires_after", Kind.DURATION, "never", "The age at which a cassette is stale."),
                choice("on_expired", List.of("refuse", "warn"), "refuse", "What a stale cassette does to its calls."),
                choice("repeats", List.of("first", "queue"), "first", "What a request gets that is asked again."),
                choice("exhausted", List.of("last", "refuse"), "last", "What it gets when its queue is empty."),
                value(
                        "timing",
                        Kind.TEXT,
                        "instant",
                        "When replayed bytes arrive: instant, compat, recorded or recorded*FACTOR."),
                choice("attempts", List.of("delivered", "all"), "delivered", "Which attempts of a call are saved."),
                section(
                        "match",
                        list("headers", header),
                        value(
                                "azure_as_openai",
                                Kind.BOOLEAN,
                                "false",
                                "Takes Azure's path of an endpoint for the same as OpenAI's."),
                        list("body", rule)),
                section(
                        "scrub",
                        list("headers", value("[]", Kind.WORD, "", "A request header that may be saved.")),
                        list("pii", choice("[]", List.of("email", "phone"), "", "A kind of personal data to replace.")),
                        list("names", value("[]", Kind.TEXT, "", "A name to replace."))));
    }

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
                list(
                        "models",
                        value(
                                "[]",
                                Kind.TEXT,
                                "every model",
                                "Models it is for; * stands for anything, and an empty list for none.")),
                list("deny_models", value("[]", Kind.TEXT, "", "Models it is not for, whatever models says.")),
                value("valid_from", Kind.INSTANT, "at once", "When it begins to be chosen."),
                value("valid_until", Kind.INSTANT, "for ever", "When it is no longer chosen; calls under way keep it."),
                organization,
                project);
        List<Key> keys = new ArrayList<>(List.of(apiKey, organization, project, list("keys", entry)));
        keys.addAll(policies());
        return keys.toArray(Key[]::new);
    }

    private static List<Key> policies() {
        return List.of(
                choice(
                        "selection",
                        List.of("weighted", "least_loaded", "sticky"),
                        "weighted",
                        "Which of the keys that fit is chosen: by weight, by what is left of it, or the user's."),
                value(
                        "quarantine",
                        Kind.DURATION,
                        "30s",
                        "How long a key first rests that was refused with 401 or 403."),
                value("quota_pause", Kind.DURATION, "10m", "How long a key rests whose money is spent."),
                choice(
                        "file_permissions",
                        List.of("checked", "unchecked"),
                        "checked",
                        "Whether files of secrets are refused that others can read or change."),
                value("keystore_password", Kind.PASSWORD, "", "Where the password of key stores is."),
                value("sealed_password", Kind.PASSWORD, "", "Where the password of sealed files is."),
                value(
                        "fingerprint_key",
                        Kind.PASSWORD,
                        "",
                        "Where the key of key_fingerprints is; 16 characters or more."));
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
