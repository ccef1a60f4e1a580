package dev.gateway4j.api.config;

import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Makes the settings of cassettes of the checked section {@code openai.cassettes}. */
final class CassetteBinder {
    private static final String CLASSPATH = "classpath:";
    private static final Pattern FACTOR =
            Pattern.compile("instant|compat|recorded(\\*(\\d{1,6}(\\.\\d{1,6})?|\\.\\d{1,6}))?");

    private final Problems problems;
    private final Layers layers;
    private final boolean mayRecord;

    /** {@code mayRecord} is false on a CI server that was not told to. */
    CassetteBinder(Problems problems, Layers layers, boolean mayRecord) {
        this.problems = problems;
        this.layers = layers;
        this.mayRecord = mayRecord;
    }

    CassetteConfig cassettes(Tree.Section section) {
        return new CassetteConfig(
                directory(section),
                section.text("name").flatMap(this::name),
                truth(section, "record_missing") && mayRecord,
                truth(section, "record_in_ci"),
                section.text("expires_after").flatMap(text -> Values.duration(text.value())),
                choice(section, "on_expired", CassetteConfig.OnExpired.class, CassetteConfig.OnExpired.REFUSE),
                choice(section, "repeats", CassetteConfig.Repeats.class, CassetteConfig.Repeats.FIRST),
                choice(section, "exhausted", CassetteConfig.Exhausted.class, CassetteConfig.Exhausted.LAST),
                section.text("timing").map(this::timing).orElse("instant"),
                choice(section, "attempts", CassetteConfig.Attempts.class, CassetteConfig.Attempts.DELIVERED),
                match(section.section("match")),
                scrub(section.section("scrub")));
    }

    static boolean truth(Tree.Section section, String key) {
        return section.text(key).flatMap(text -> Values.truth(text.value())).orElse(false);
    }

    private String directory(Tree.Section section) {
        return section.text("directory").map(given -> located(given, problems)).orElseGet(() -> layers.directory()
                .toAbsolutePath()
                .resolve("cassettes")
                .normalize()
                .toString());
    }

    /** Where cassettes lie: an absolute path, relative ones starting where the setting stands, or {@code classpath:NAME}. */
    static String located(Tree.Text given, Problems problems) {
        String value = given.value().strip();
        if (value.startsWith(CLASSPATH)) {
            String below = value.substring(CLASSPATH.length()).replaceAll("^/+|/+$", "");
            return CLASSPATH + below;
        }
        try {
            return given.origin()
                    .base()
                    .toAbsolutePath()
                    .resolve(value)
                    .normalize()
                    .toString();
        } catch (InvalidPathException e) {
            problems.add(given.origin(), Problems.quoted(given.shown()) + " is not a path");
            return value;
        }
    }

    private Optional<String> name(Tree.Text text) {
        Optional<String> objection = CassetteConfig.objectionToName(text.value());
        objection.ifPresent(why -> problems.add(text.origin(), Problems.quoted(text.shown()) + " " + why));
        return objection.isPresent() ? Optional.empty() : Optional.of(text.value());
    }

    private String timing(Tree.Text text) {
        String value = text.value().strip();
        if (!FACTOR.matcher(value).matches()) {
            problems.add(
                    text.origin(),
                    Problems.quoted(text.shown())
                            + " is not a timing; write instant, compat, recorded or recorded*FACTOR, such as"
                            + " recorded*0.1");
        }
        return value;
    }

    private CassetteConfig.Match match(Tree.Section section) {
        List<CassetteConfig.BodyRule> rules = section.sections("body").stream()
                .map(this::rule)
                .flatMap(Optional::stream)
                .toList();
        return new CassetteConfig.Match(section.texts("headers"), truth(section, "azure_as_openai"), rules);
    }

    private Optional<CassetteConfig.BodyRule> rule(Tree.Section entry) {
        Optional<String> at = entry.text("at").filter(this::isPointer).map(Tree.Text::value);
        Optional<CassetteConfig.Same> same =
                entry.text("same").map(text -> Values.constant(CassetteConfig.Same.class, text.value()));
        if (entry.at("at").isEmpty()) {
            problems.add(entry.origin(), "has no at; write a JSON pointer such as /messages/0/content");
        }
        if (entry.at("same").isEmpty()) {
            problems.add(entry.origin(), "has no same; write ignore, regex, uuid, timestamp or number");
        }
        if (same.equals(Optional.of(CassetteConfig.Same.REGEX))
                && entry.at("regex").isEmpty()) {
            problems.add(entry.origin(), "has no regex; same: regex needs the expression");
        }
        if (same.equals(Optional.of(CassetteConfig.Same.NUMBER))
                && entry.at("tolerance").isEmpty()) {
            problems.add(entry.origin(), "has no tolerance; same: number needs how far two numbers may be apart");
        }
        if (at.isEmpty() || same.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CassetteConfig.BodyRule(
                at.get(),
                same.get(),
                entry.text("regex").filter(this::isRegex).map(Tree.Text::value),
                entry.text("tolerance")
                        .flatMap(text -> Values.decimal(text.value()))
                        .map(number -> OptionalDouble.of(number.doubleValue()))
                        .orElse(OptionalDouble.empty())));
    }

    private boolean isPointer(Tree.Text text) {
        boolean pointer = text.value().startsWith("/");
        if (!pointer) {
            problems.add(
                    text.origin(),
                    Problems.quoted(text.shown())
                            + " is not a JSON pointer; write one such as /messages/0/content or /metadata/*");
        }
        return pointer;
    }

    private boolean isRegex(Tree.Text text) {
        try {
            Pattern unusedPattern = Pattern.compile(text.value());
            return true;
        } catch (PatternSyntaxException e) {
            problems.add(
                    text.origin(),
                    Problems.quoted(text.shown()) + " is not a regular expression: " + e.getDescription() + " at "
                            + e.getIndex());
            return false;
        }
    }

    private CassetteConfig.Scrub scrub(Tree.Section section) {
        Set<CassetteConfig.Pii> pii = section.texts("pii").stream()
                .map(kind -> Values.constant(CassetteConfig.Pii.class, kind))
                .collect(Collectors.toUnmodifiableSet());
        List<String> names =
                section.texts("names").stream().filter(name -> !name.isBlank()).toList();
        return new CassetteConfig.Scrub(section.texts("headers"), pii, names);
    }

    private static <E extends Enum<E>> E choice(Tree.Section section, String key, Class<E> type, E fallback) {
        return section.text(key)
                .map(text -> Values.constant(type, text.value()))
                .orElse(fallback);
    }
}
