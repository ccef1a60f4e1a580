package dev.gateway4j.simulator.internal.fault;

import dev.gateway4j.simulator.internal.timing.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault as it is written: {@code cut after=3 p=0.1 model=gpt-4o*}.
 *
 * @param name what happens
 * @param settings how, when and for whom, each in its one form
 */
public record FaultText(FaultName name, Map<Setting, String> settings) {
    private static final Pattern WORD = Pattern.compile("\\s*((?:[^\\s\"]++|\"[^\"]*+\")++)");
    /** Words that make a text easier to read and mean nothing. */
    private static final Set<String> FILLERS = Set.of("event", "events", "after", "bytes");

    /** Copies the settings. */
    public FaultText {
        EnumMap<Setting, String> copy = new EnumMap<>(Setting.class);
        copy.putAll(settings);
        settings = Collections.unmodifiableMap(copy);
    }

    /** The fault of a name, with nothing set. */
    public static FaultText named(String name) {
        return named(name, Set.of());
    }

    private static FaultText named(String name, Collection<String> presets) {
        return FaultName.named(name)
                .map(known -> new FaultText(known, Map.of()))
                .orElseThrow(() -> {
                    List<String> known = new ArrayList<>(FaultName.all());
                    known.addAll(presets);
                    return new IllegalArgumentException(Nearest.unknown("fault", name, known));
                });
    }

    /**
     * Reads a fault.
     *
     * @throws IllegalArgumentException if there is no such fault or setting, or a value does not work
     */
    public static FaultText parse(String text) {
        return parse(text, Set.of());
    }

    /** As {@link #parse(String)}, where these would have been possible too. */
    public static FaultText parse(String text, Collection<String> presets) {
        List<String> words = words(text);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a fault needs a name, one of " + String.join(", ", FaultName.all()));
        }
        FaultText fault = named(words.get(0), presets);
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            if (equals >= 0) {
                fault = fault.with(setting(word.substring(0, equals)), unquoted(word.substring(equals + 1)));
            } else if (!FILLERS.contains(word)) {
                throw new IllegalArgumentException(
                        "\"" + word + "\" in \"" + text + "\" is no setting; settings look like after=3 or p=0.1");
            }
        }
        return fault;
    }

    /** Reads faults that a semicolon separates. */
    public static List<FaultText> parseAll(String text) {
        List<FaultText> faults = new ArrayList<>();
        for (String one : text.split(";", -1)) {
            if (!one.isBlank()) {
                faults.add(parse(one));
            }
        }
        return faults;
    }

    /**
     * This fault with one more setting.
     *
     * @throws IllegalArgumentException if the fault has no such setting, it is set already, or the value does not work
     */
    public FaultText with(Setting setting, String value) {
        if (!name.takes(setting)) {
            throw new IllegalArgumentException(name.text() + " has no setting " + setting.text());
        }
        if (settings.containsKey(setting)) {
            throw new IllegalArgumentException(setting.text() + " is set twice for " + name.text());
        }
        Map<Setting, String> more = new EnumMap<>(Setting.class);
        more.putAll(settings);
        more.put(setting, setting.checked(value));
        return new FaultText(name, more);
    }

    /** A setting as written. */
    public Optional<String> value(Setting setting) {
        return Optional.ofNullable(settings.get(setting));
    }

    /** A setting that is a number; what the fault has by itself if nothing is written, else 0. */
    public int number(Setting setting) {
        return Integer.parseInt(value(setting).or(() -> name.standard(setting)).orElse("0"));
    }

    /** A setting that is a duration; what the fault has by itself if nothing is written, else none. */
    public Duration duration(Setting setting) {
        return value(setting)
                .or(() -> name.standard(setting))
                .flatMap(GoDuration::parse)
                .orElse(Duration.ZERO);
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name.text());
        settings.forEach((setting, value) -> text.append(' ')
                .append(setting.text())
                .append('=')
                .append(value.chars().anyMatch(Character::isWhitespace) ? '"' + value + '"' : value));
        return text.toString();
    }

    private static Setting setting(String name) {
        return Setting.named(name)
                .orElseThrow(() -> new IllegalArgumentException(Nearest.unknown("setting", name, Setting.all())));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        int end = 0;
        while (word.find() && word.start() == end) {
            words.add(word.group(1));
            end = word.end();
        }
        if (!text.substring(end).isBlank()) {
            throw new IllegalArgumentException("a quotation mark is open in \"" + text + "\"");
        }
        return words;
    }

    private static String unquoted(String value) {
        return value.replace("\"", "");
    }
}
