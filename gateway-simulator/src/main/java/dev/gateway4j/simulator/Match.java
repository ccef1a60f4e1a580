package dev.gateway4j.simulator;

import dev.gateway4j.simulator.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which requests a scenario answers. All of its conditions must hold; without any it matches everything. Conditions look at what a request
 * means, so the same match works for chat completions, responses and completions, streamed or not. Immutable.
 *
 * <pre>{@code
 * Match.any().userSays("weather").model("gpt-4o*");
 * Match.any().tool("get_weather").answered();
 * }</pre>
 *
 * <p>Where two scenarios match, the one with the higher priority answers, then the one with the greater {@link #weight()}, then the one
 * defined last.
 */
public final class Match {
    private static final Match ANY = new Match(List.of());

    private final List<Condition> conditions;

    private Match(List<Condition> conditions) {
        this.conditions = conditions;
    }

    /** Every request. */
    public static Match any() {
        return ANY;
    }

    /** A match of these conditions. */
    public static Match of(List<Condition> conditions) {
        return new Match(List.copyOf(conditions));
    }

    /** What must hold, in the order in which it was said. */
    public List<Condition> conditions() {
        return conditions;
    }

    /**
     * How special this match is: 4 for each exact value, 3 for each pattern or contained text, 2 for each thing that must merely be there,
     * 1 for each of endpoint, method and stream.
     */
    public int weight() {
        return conditions.stream().mapToInt(Condition::weight).sum();
    }

    /** This match and one more condition. */
    public Match and(Condition condition) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(condition);
        return of(more);
    }

    /** The path, such as {@code /v1/files/*}, or the short name of an endpoint: {@code chat}, {@code responses}, {@code embeddings}. */
    public Match endpoint(String endpoint) {
        String path = endpoint.startsWith("/")
                ? endpoint
                : "/v1/" + (endpoint.equals("chat") ? "chat/completions" : endpoint);
        return name(Subject.ENDPOINT, path);
    }

    /** The HTTP method. */
    public Match method(String method) {
        return and(new Condition(Subject.METHOD, "", Test.EQUALS, method.toUpperCase(Locale.ROOT)));
    }

    /** The model that is asked for; {@code *} stands for any characters. */
    public Match model(String glob) {
        return name(Subject.MODEL, glob);
    }

    /** A text in what the user said last, in any case. */
    public Match userSays(String text) {
        return and(new Condition(Subject.USER_TEXT, "", Test.CONTAINS, text));
    }

    /** Exactly what the user said last. */
    public Match userSaysExactly(String text) {
        return and(new Condition(Subject.USER_TEXT, "", Test.EQUALS, text));
    }

    /** A regular expression, found anywhere in what the user said last. */
    public Match userMatches(String regex) {
        return and(new Condition(Subject.USER_TEXT, "", Test.MATCHES, regex));
    }

    /** A text in any message, in any case. */
    public Match anyMessage(String text) {
        return and(new Condition(Subject.ANY_TEXT, "", Test.CONTAINS, text));
    }

    /** A regular expression, found anywhere in any message. */
    public Match anyMessageMatches(String regex) {
        return and(new Condition(Subject.ANY_TEXT, "", Test.MATCHES, regex));
    }

    /** A text in what the operator says (system and developer messages, instructions), in any case. */
    public Match system(String text) {
        return and(new Condition(Subject.SYSTEM_TEXT, "", Test.CONTAINS, text));
    }

    /** A regular expression, found anywhere in what the operator says. */
    public Match systemMatches(String regex) {
        return and(new Condition(Subject.SYSTEM_TEXT, "", Test.MATCHES, regex));
    }

    /** Begins a condition on the result of a tool since the user last spoke. */
    public ToolMatch tool(String name) {
        return new ToolMatch(this, name);
    }

    /** How often it was the user's turn, counted from 1; messages of the user that follow one another are one turn. */
    public Match turn(int number) {
        return and(new Condition(Subject.TURN, "", Test.EQUALS, Integer.toString(number)));
    }

    /** A header with exactly this value. */
    public Match header(String name, String value) {
        return and(new Condition(Subject.HEADER, name.toLowerCase(Locale.ROOT), Test.EQUALS, value));
    }

    /** A header in which the regular expression is found. */
    public Match headerMatches(String name, String regex) {
        return and(new Condition(Subject.HEADER, name.toLowerCase(Locale.ROOT), Test.MATCHES, regex));
    }

    /** A header that is there. */
    public Match hasHeader(String name) {
        return and(new Condition(Subject.HEADER, name.toLowerCase(Locale.ROOT), Test.EXISTS, ""));
    }

    /**
     * A value in the body.
     *
     * @param pointer where, as a JSON pointer such as {@code /temperature}
     * @param value a text, number, boolean, list or map
     */
    public Match body(String pointer, Object value) {
        return and(new Condition(Subject.BODY, pointer, Test.EQUALS, Json.of(value)));
    }

    /** A value in the body in which the regular expression is found. */
    public Match bodyMatches(String pointer, String regex) {
        return and(new Condition(Subject.BODY, pointer, Test.MATCHES, regex));
    }

    /** A value in the body that is there and not null. */
    public Match hasBody(String pointer) {
        return and(new Condition(Subject.BODY, pointer, Test.EXISTS, ""));
    }

    /** Whether a stream is asked for. */
    public Match stream(boolean streamed) {
        return and(new Condition(Subject.STREAM, "", Test.EQUALS, Boolean.toString(streamed)));
    }

    /** The user the application names in the tags of the call. */
    public Match user(String user) {
        return and(new Condition(Subject.USER, "", Test.EQUALS, user));
    }

    /** The tenant the application names in the tags of the call. */
    public Match tenant(String tenant) {
        return and(new Condition(Subject.TENANT, "", Test.EQUALS, tenant));
    }

    /** The feature the application names in the tags of the call. */
    public Match feature(String feature) {
        return and(new Condition(Subject.FEATURE, "", Test.EQUALS, feature));
    }

    /** A state that an answer set before; one that was never set is the empty text. */
    public Match state(String name, String value) {
        return and(new Condition(Subject.STATE, name, Test.EQUALS, value));
    }

    private Match name(Subject subject, String glob) {
        return and(new Condition(subject, "", glob.contains("*") ? Test.GLOB : Test.EQUALS, glob));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Match that && conditions.equals(that.conditions);
    }

    @Override
    public int hashCode() {
        return conditions.hashCode();
    }

    @Override
    public String toString() {
        return "Match" + conditions;
    }

    /** What a condition looks at. */
    public enum Subject {
        /** The path. */
        ENDPOINT,
        /** The HTTP method. */
        METHOD,
        /** The model asked for. */
        MODEL,
        /** What the user said last. */
        USER_TEXT,
        /** Any message. */
        ANY_TEXT,
        /** What the operator says. */
        SYSTEM_TEXT,
        /** The result of a tool since the user last spoke; its key is {@code name} or {@code name/pointer}. */
        TOOL,
        /** The turn of the user. */
        TURN,
        /** A header; its key is the name. */
        HEADER,
        /** A value in the body; its key is a JSON pointer. */
        BODY,
        /** Whether a stream is asked for. */
        STREAM,
        /** The user in the tags of the call. */
        USER,
        /** The tenant in the tags of the call. */
        TENANT,
        /** The feature in the tags of the call. */
        FEATURE,
        /** A state; its key is the name. */
        STATE
    }

    /** How a condition looks at it. */
    public enum Test {
        /** It is exactly this. */
        EQUALS,
        /** It contains this, in any case. */
        CONTAINS,
        /** This regular expression is found in it. */
        MATCHES,
        /** It is this name, in which a star stands for any characters. */
        GLOB,
        /** It is there. */
        EXISTS
    }

    /**
     * One thing that must hold.
     *
     * @param subject what is looked at
     * @param key which of several; empty where there is but one
     * @param test how it is looked at
     * @param value what it is compared with; empty for {@link Test#EXISTS}; JSON for a value in the body or in a result
     */
    public record Condition(Subject subject, String key, Test test, String value) {
        /** Its part of {@link Match#weight()}. */
        public int weight() {
            if (subject == Subject.ENDPOINT || subject == Subject.METHOD || subject == Subject.STREAM) {
                return 1;
            }
            return switch (test) {
                case EQUALS -> 4;
                case CONTAINS, MATCHES, GLOB -> 3;
                case EXISTS -> 2;
            };
        }
    }

    /** A condition on a tool, still without its end. */
    public static final class ToolMatch {
        private final Match match;
        private final String name;

        private ToolMatch(Match match, String name) {
            this.match = match;
            this.name = name;
        }

        /** The application has given a result of the tool. */
        public Match answered() {
            return match.and(new Condition(Subject.TOOL, name, Test.EXISTS, ""));
        }

        /** The application has given a result in which the regular expression is found. */
        public Match answeredMatching(String regex) {
            return match.and(new Condition(Subject.TOOL, name, Test.MATCHES, regex));
        }

        /** The application has given a JSON result that holds this value at this JSON pointer. */
        public Match answeredWith(String pointer, Object value) {
            return match.and(new Condition(Subject.TOOL, name + pointer, Test.EQUALS, Json.of(value)));
        }
    }
}
