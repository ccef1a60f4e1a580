package dev.gateway4j.api.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How cassettes are replayed and recorded: the section {@code openai.cassettes}. Immutable and thread-safe.
 *
 * @param directory where cassettes lie: an absolute path, or {@code classpath:NAME}
 * @param name the cassette of calls that name none; empty means that replay looks through all, and recording refuses them
 * @param recordMissing whether a call that no recording answers goes out and is recorded, in replay mode and where a key is there
 * @param recordInCi whether recording is allowed where the variable {@code CI} is set
 * @param expiresAfter the age at which a cassette is stale; empty means never
 * @param onExpired what happens to a call that a stale cassette would answer
 * @param repeats what a request gets that is asked again
 * @param exhausted what it gets once all its recordings are used up, where {@code repeats} is {@link Repeats#QUEUE}
 * @param timing when the bytes of a replayed answer arrive: {@code instant}, {@code compat}, {@code recorded} or {@code recorded*FACTOR}
 * @param attempts which attempts are saved
 * @param match what has to be equal
 * @param scrub what is kept out of recordings beyond credentials, and what is let in
 */
public record CassetteConfig(
        String directory,
        Optional<String> name,
        boolean recordMissing,
        boolean recordInCi,
        Optional<Duration> expiresAfter,
        OnExpired onExpired,
        Repeats repeats,
        Exhausted exhausted,
        String timing,
        Attempts attempts,
        Match match,
        Scrub scrub) {
    /** What is in force where nothing is set, with cassettes in this directory. */
    public static CassetteConfig in(String directory) {
        return new CassetteConfig(
                directory,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                OnExpired.REFUSE,
                Repeats.FIRST,
                Exhausted.LAST,
                "instant",
                Attempts.DELIVERED,
                Match.STRICT,
                Scrub.CREDENTIALS);
    }

    /**
     * What is wrong with the name of a cassette, beginning with a verb, and the way out; empty if nothing is. A name is the path of its
     * file below the directory without {@code .yaml}, and stays below it on every file system.
     */
    public static Optional<String> objectionToName(String name) {
        if (name.isBlank() || name.length() > 200) {
            return Optional.of("has " + name.length() + " characters; the name of a cassette has 1 to 200");
        }
        for (String part : name.split("/", -1)) {
            boolean plain =
                    part.matches("[A-Za-z0-9_][A-Za-z0-9._ ()=,+@-]*") && !part.endsWith(".") && !part.endsWith(" ");
            if (!plain) {
                return Optional.of("is not the name of a cassette; write letters, digits, . _ - and, between folders, /"
                        + " and begin every part with a letter or digit");
            }
        }
        return Optional.empty();
    }

    /** What happens to a call that a stale cassette would answer. */
    public enum OnExpired {
        /** It is refused. Default. */
        REFUSE,
        /** It is answered, and one warning per cassette is logged. */
        WARN
    }

    /** What a request gets that is asked again. */
    public enum Repeats {
        /** The first recording that matches, for ever. Default. */
        FIRST,
        /** One recording after the other, in the order of the file, counted for each distinct request. */
        QUEUE
    }

    /** What a request gets when its queue is empty. */
    public enum Exhausted {
        /** The last recording again. Default. */
        LAST,
        /** A refusal; or, with {@code record_missing}, a new recording. */
        REFUSE
    }

    /** Which attempts of a call are saved. */
    public enum Attempts {
        /** The one whose answer the application received. Default. */
        DELIVERED,
        /** Every one. */
        ALL
    }

    /**
     * What has to be equal, besides method, path, query and body, for a recording to match, and what in the body need not be.
     *
     * @param headers names of request headers that must be equal; none unless asked
     * @param azureAsOpenAi whether {@code /openai/deployments/NAME/x}, {@code /openai/v1/x} and {@code /v1/x} are the same path
     * @param body rules for values in a JSON body
     */
    public record Match(List<String> headers, boolean azureAsOpenAi, List<BodyRule> body) {
        /** Everything has to be equal but headers. */
        public static final Match STRICT = new Match(List.of(), false, List.of());

        /** Copies the lists. */
        public Match {
            headers = List.copyOf(headers);
            body = List.copyOf(body);
        }
    }

    /**
     * A rule for a value in a JSON body.
     *
     * @param at a JSON pointer such as {@code /messages/0/content}, in which {@code *} stands for any one member or index
     * @param same when two values there count as equal
     * @param regex for {@link Same#REGEX}, what both values have to match from beginning to end
     * @param tolerance for {@link Same#NUMBER}, how far two numbers may be apart
     */
    public record BodyRule(String at, Same same, Optional<String> regex, OptionalDouble tolerance) {}

    /** When two values count as equal. */
    public enum Same {
        /** Always; one of them may even be absent. */
        IGNORE,
        /** If both match a regular expression. */
        REGEX,
        /** If both are UUIDs. */
        UUID,
        /** If both are times: ISO 8601, or whole seconds or milliseconds since 1970. */
        TIMESTAMP,
        /** If both are numbers that are close. */
        NUMBER
    }

    /**
     * What is kept out of recordings beyond credentials, and what is let in.
     *
     * @param headers names of request headers that are saved besides those that always are
     * @param pii kinds of personal data that are replaced
     * @param names names of people that are replaced
     */
    public record Scrub(List<String> headers, Set<Pii> pii, List<String> names) {
        /** Credentials and identifiers of the account only. */
        public static final Scrub CREDENTIALS = new Scrub(List.of(), Set.of(), List.of());

        /** Copies the collections. */
        public Scrub {
            headers = List.copyOf(headers);
            pii = Set.copyOf(pii);
            names = List.copyOf(names);
        }
    }

    /** Kinds of personal data that have a shape. */
    public enum Pii {
        /** Addresses of electronic mail. */
        EMAIL,
        /** Telephone numbers. */
        PHONE
    }
}
