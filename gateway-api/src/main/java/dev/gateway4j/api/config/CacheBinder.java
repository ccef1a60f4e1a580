package dev.gateway4j.api.config;

import dev.gateway4j.api.cache.CachePolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Makes the cache's settings of the checked {@code cache} of an environment. */
final class CacheBinder {
    static final String PATH = "gateway.cache";
    private static final String SEMANTIC = PATH + ".semantic";
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final long LARGEST_ENTRY = 1 << 30;

    /** What makes an answer another one; leaving it out of account would give wrong answers. */
    private static final Set<String> SHAPING = Set.of(
            "model",
            "messages",
            "input",
            "prompt",
            "instructions",
            "suffix",
            "echo",
            "tools",
            "tool_choice",
            "functions",
            "function_call",
            "parallel_tool_calls",
            "max_tool_calls",
            "response_format",
            "text",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "n",
            "best_of",
            "seed",
            "stop",
            "max_tokens",
            "max_completion_tokens",
            "max_output_tokens",
            "logit_bias",
            "logprobs",
            "top_logprobs",
            "presence_penalty",
            "frequency_penalty",
            "reasoning",
            "reasoning_effort",
            "verbosity",
            "modalities",
            "audio",
            "prediction",
            "dimensions",
            "encoding_format",
            "web_search_options",
            "truncation",
            "include",
            "store",
            "previous_response_id",
            "conversation",
            "background",
            "stream_options");

    private final Collection<String> upstreams;
    private final List<String> keyNames;
    private final Problems problems;

    /** {@code keyNames} are those of all keys of all environments; none if that cannot be known. */
    CacheBinder(Collection<String> upstreams, List<String> keyNames, Problems problems) {
        this.upstreams = upstreams;
        this.keyNames = keyNames;
        this.problems = problems;
    }

    CacheConfig cache(Tree.Section cache) {
        Fields fields = new Fields(cache, PATH);
        long maxBytes = fields.bytes("max_bytes");
        CacheConfig.Partition partition = fields.choice("partition", CacheConfig.Partition.class);
        Optional<SemanticConfig> semantic = semantic(cache.section("semantic"));
        return new CacheConfig(
                fields.truth("enabled").orElse(!cache.children().isEmpty()),
                fields.choice("apply", CacheConfig.Apply.class),
                fields.time("ttl", Duration.ofMillis(1)),
                maxBytes,
                maxEntryBytes(fields, maxBytes),
                partition,
                sharedNamespaces(cache, partition),
                fields.choice("sampling", CacheConfig.Sampling.class),
                fields.choice("truncated", CacheConfig.Truncated.class),
                fields.time("stale_while_revalidate", Duration.ZERO),
                fields.time("stale_while_error", Duration.ZERO),
                fields.choice("replay", CachePolicy.Replay.class),
                fields.count("max_waiters"),
                ignoredMembers(cache),
                new CacheRuleBinder(upstreams, problems, semantic.isPresent()).rules(cache.sections("rules")),
                semantic);
    }

    /** Unless it is set, it is no more than the whole cache. */
    private long maxEntryBytes(Fields fields, long maxBytes) {
        long bytes = fields.bytes("max_entry_bytes");
        Optional<Tree.Text> set = fields.text("max_entry_bytes");
        if (set.isEmpty()) {
            return Math.min(bytes, maxBytes);
        }
        if (bytes > maxBytes || bytes > LARGEST_ENTRY) {
            problems.add(
                    set.get().origin(),
                    bytes > LARGEST_ENTRY
                            ? "is more than an answer can have; write 1GB at most"
                            : "is more than max_bytes, so that such an answer would never be kept; write less, or raise"
                                    + " max_bytes");
        }
        return bytes;
    }

    private Set<String> sharedNamespaces(Tree.Section cache, CacheConfig.Partition partition) {
        Set<String> names = new LinkedHashSet<>();
        for (Tree.Text name : cache.listed("shared_namespaces")) {
            if (!CachePolicy.isNamespace(name.value())) {
                problems.add(
                        name.origin(),
                        Problems.quoted(name.shown())
                                + " is not a usable name; write 1 to 64 letters, digits, dots, - and _");
            } else if (partition == CacheConfig.Partition.SHARED_BY_ALL_TENANTS) {
                problems.add(
                        name.origin(),
                        "has no effect where all tenants share everything; remove it, or change partition");
            }
            names.add(name.value());
        }
        return names;
    }

    private Set<String> ignoredMembers(Tree.Section cache) {
        Set<String> names = new LinkedHashSet<>();
        for (Tree.Text name : cache.listed("ignored_members")) {
            if (SHAPING.contains(name.value())) {
                problems.add(
                        name.origin(),
                        Problems.quoted(name.shown())
                                + " shapes the answer; ignoring it would give answers to other questions. Remove it");
            } else if (name.value().equals("stream")) {
                problems.add(name.origin(), "\"stream\" does not count anyway; remove it");
            }
            names.add(name.value());
        }
        return names;
    }

    private Optional<SemanticConfig> semantic(Tree.Section semantic) {
        Fields fields = new Fields(semantic, SEMANTIC);
        SemanticConfig.EmbedderKind embedder = fields.choice("embedder", SemanticConfig.EmbedderKind.class);
        if (embedder == SemanticConfig.EmbedderKind.OWN) {
            withoutEffect(semantic, "model");
            withoutEffect(semantic, "key");
        }
        Optional<String> key = semantic.text("key").map(Tree.Text::value);
        semantic.text("key").ifPresent(this::stranger);
        SemanticConfig.Mode mode = fields.choice("mode", SemanticConfig.Mode.class);
        SemanticConfig config = new SemanticConfig(
                mode,
                threshold(fields.text("threshold"), problems)
                        .orElse(SemanticConfig.defaults().threshold()),
                embedder,
                fields.value("model"),
                key,
                fields.time("timeout", Duration.ofMillis(1)),
                fields.count("max_turns"),
                fields.count("max_characters"),
                sample(fields, mode));
        boolean wanted = fields.truth("enabled").orElse(!semantic.children().isEmpty());
        return wanted ? Optional.of(config) : Optional.empty();
    }

    /** What is only measured is measured whole, unless less is wanted. */
    private static double sample(Fields fields, SemanticConfig.Mode mode) {
        return mode == SemanticConfig.Mode.SHADOW && fields.text("sample").isEmpty()
                ? 1
                : Values.share(fields.value("sample")).orElseThrow().doubleValue();
    }

    /** Another layer may bring an embedder and leave the model where it is; in one place that is a mistake. */
    private void withoutEffect(Tree.Section semantic, String name) {
        Optional<Tree.Text> own = semantic.text("embedder");
        semantic.text(name)
                .filter(text -> own.isPresent() && own.get().origin().isBeside(text.origin()))
                .ifPresent(text -> problems.add(
                        text.origin(),
                        "has no effect with an embedder of your own; remove it, or write embedder: gateway"));
    }

    private void stranger(Tree.Text key) {
        if (!keyNames.isEmpty() && !keyNames.contains(key.value())) {
            problems.add(
                    key.origin(),
                    Problems.quoted(key.shown()) + " is a key that no environment has; "
                            + SchemaCheck.suggestion(key.value(), keyNames));
        }
    }

    /** Above 0, for nothing is less similar than that, and up to 1. */
    static OptionalDouble threshold(Optional<Tree.Text> text, Problems problems) {
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        double value = Values.decimal(text.get().value()).orElseThrow().doubleValue();
        if (value <= 0 || value > 1) {
            problems.add(
                    text.get().origin(),
                    Problems.quoted(text.get().shown())
                            + " is no similarity; write a number above 0 and up to 1, such as 0.95");
        }
        return OptionalDouble.of(value);
    }

    static Optional<Duration> time(Optional<Tree.Text> text, Duration shortest, Problems problems) {
        Optional<Duration> time = text.map(set -> Values.duration(set.value()).orElseThrow());
        if (time.isPresent()
                && (time.get().compareTo(shortest) < 0 || time.get().compareTo(LONGEST) > 0)) {
            problems.add(
                    text.get().origin(),
                    time.get().isZero()
                            ? "is no time at all; write 1ms or more"
                            : "is longer than a year; write 365d at most");
        }
        return time;
    }

    /** The settings of one section, with their defaults. */
    private final class Fields {
        private final Tree.Section section;
        private final String path;

        Fields(Tree.Section section, String path) {
            this.section = section;
            this.path = path;
        }

        Optional<Tree.Text> text(String name) {
            return section.text(name);
        }

        String value(String name) {
            return text(name).map(Tree.Text::value).orElseGet(() -> ConfigSchema.fallback(path + "." + name));
        }

        Optional<Boolean> truth(String name) {
            return text(name).flatMap(text -> Values.truth(text.value()));
        }

        <E extends Enum<E>> E choice(String name, Class<E> type) {
            return Values.constant(type, value(name));
        }

        long bytes(String name) {
            return Values.bytes(value(name)).orElseThrow();
        }

        int count(String name) {
            return Math.toIntExact(Values.whole(value(name)).orElseThrow());
        }

        Duration time(String name, Duration shortest) {
            return CacheBinder.time(text(name), shortest, problems)
                    .orElseGet(() -> Values.duration(value(name)).orElseThrow());
        }
    }
}
