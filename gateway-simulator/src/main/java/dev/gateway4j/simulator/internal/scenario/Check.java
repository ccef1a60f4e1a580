package dev.gateway4j.simulator.internal.scenario;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.simulator.Match.Condition;
import dev.gateway4j.simulator.Match.Subject;
import dev.gateway4j.simulator.Match.Test;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.Turn;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One condition, ready to be looked at. */
final class Check {
    private static final int SHOWN = 80;

    private final Condition condition;
    private final Optional<Pattern> pattern;
    private final JsonNode json;

    /**
     * Makes it ready.
     *
     * @throws IllegalArgumentException if its regular expression, its pointer or its JSON is none, or nothing can be looked at like that
     */
    Check(Condition condition) {
        this.condition = condition;
        this.pattern = switch (condition.test()) {
            case MATCHES -> Optional.of(Pattern.compile(condition.value(), Pattern.DOTALL));
            case GLOB -> Optional.of(glob(condition.value()));
            default -> Optional.empty();
        };
        Word word = Word.of(condition);
        this.json = word.comparesJson()
                ? Json.read(Json.bytes(condition.value())).orElse(MissingNode.getInstance())
                : MissingNode.getInstance();
        if (word.subject == Subject.BODY || condition.key().contains("/")) {
            JsonPointer unusedButChecked = pointer();
        }
    }

    Condition condition() {
        return condition;
    }

    /** True if it looks at a state, and at nothing of the request. */
    boolean onState() {
        return condition.subject() == Subject.STATE;
    }

    boolean holds(Facts facts, Map<String, String> states) {
        return switch (condition.subject()) {
            case ENDPOINT -> text(facts.endpoint());
            case METHOD -> text(facts.method());
            case MODEL -> text(facts.model());
            case USER_TEXT -> text(facts.said().lastUserMessage());
            case ANY_TEXT -> facts.said().turns().stream().map(Turn::text).anyMatch(this::text);
            case SYSTEM_TEXT -> text(facts.said().system());
            case TOOL -> results(facts).stream().anyMatch(this::result);
            case TURN -> text(Integer.toString(facts.turn()));
            case HEADER ->
                condition.test() == Test.EXISTS
                        ? facts.headers().first(condition.key()).isPresent()
                        : facts.headers()
                                .first(condition.key())
                                .filter(this::text)
                                .isPresent();
            case BODY -> json(facts.body().at(pointer()));
            case STREAM -> text(Boolean.toString(facts.streamed()));
            case USER -> facts.tags().user().filter(this::text).isPresent();
            case TENANT -> facts.tags().tenant().filter(this::text).isPresent();
            case FEATURE -> facts.tags().feature().filter(this::text).isPresent();
            case STATE -> text(states.getOrDefault(condition.key(), ""));
        };
    }

    /** Why it does not hold: the condition, and what was found instead. */
    String why(Facts facts, Map<String, String> states) {
        String asked = Word.of(condition).word() + " " + (condition.key().isEmpty() ? "" : condition.key() + " ")
                + (condition.test() == Test.EXISTS ? "" : shown(condition.value()));
        return asked.strip() + ", but " + found(facts, states);
    }

    private String found(Facts facts, Map<String, String> states) {
        return switch (condition.subject()) {
            case ENDPOINT -> "the endpoint is " + facts.endpoint();
            case METHOD -> "the method is " + facts.method();
            case MODEL -> facts.model().isEmpty() ? "no model is named" : "the model is " + facts.model();
            case USER_TEXT -> "the user said last " + shown(facts.said().lastUserMessage());
            case ANY_TEXT -> "no message says so";
            case SYSTEM_TEXT -> "the operator says " + shown(facts.said().system());
            case TOOL -> {
                List<String> results = results(facts);
                yield results.isEmpty()
                        ? "it has given no result since the user last spoke"
                        : "its result is " + shown(results.get(results.size() - 1));
            }
            case TURN -> "it is turn " + facts.turn();
            case HEADER ->
                facts.headers()
                        .first(condition.key())
                        .map(value -> Redaction.isSecretHeader(condition.key())
                                ? "it has another value"
                                : "it is " + shown(value))
                        .orElse("there is none");
            case BODY -> {
                JsonNode value = facts.body().at(pointer());
                yield value.isMissingNode() ? "there is nothing" : "it is " + shown(value.toString());
            }
            case STREAM -> facts.streamed() ? "a stream is asked for" : "no stream is asked for";
            case USER -> tag(facts.tags().user());
            case TENANT -> tag(facts.tags().tenant());
            case FEATURE -> tag(facts.tags().feature());
            case STATE -> "it is " + shown(states.getOrDefault(condition.key(), ""));
        };
    }

    /** True if every request for which this holds is one for which that holds too, as far as can be told without one. */
    boolean impliesThat(Check that) {
        Condition a = condition;
        Condition b = that.condition;
        if (a.equals(b)) {
            return true;
        }
        if (a.subject() != b.subject() || !a.key().equals(b.key())) {
            return false;
        }
        if (b.test() == Test.EXISTS) {
            return true;
        }
        if (a.test() == Test.CONTAINS && b.test() == Test.CONTAINS) {
            return lower(a.value()).contains(lower(b.value()));
        }
        boolean known = a.test() == Test.EQUALS && !Word.of(a).comparesJson();
        return known && that.text(a.value());
    }

    /** True if no request can be one for which both hold, as far as can be told without one. */
    boolean excludes(Check that) {
        boolean same = condition.subject() == that.condition.subject()
                && condition.key().equals(that.condition.key());
        if (!same || condition.subject() == Subject.ANY_TEXT) {
            return false;
        }
        if (condition.test() == Test.EQUALS && that.condition.test() == Test.EQUALS) {
            return !condition.value().equals(that.condition.value());
        }
        if (condition.test() == Test.EQUALS && that.condition.test() != Test.EXISTS) {
            return !Word.of(condition).comparesJson() && !that.text(condition.value());
        }
        return that.condition.test() == Test.EQUALS && condition.test() != Test.EXISTS && that.excludes(this);
    }

    private boolean text(String value) {
        return switch (condition.test()) {
            case EQUALS -> value.equals(condition.value());
            case CONTAINS -> lower(value).contains(lower(condition.value()));
            case MATCHES -> pattern.orElseThrow().matcher(value).find();
            case GLOB -> pattern.orElseThrow().matcher(value).matches();
            case EXISTS -> !value.isEmpty();
        };
    }

    private boolean result(String text) {
        return switch (condition.test()) {
            case EXISTS -> true;
            case EQUALS ->
                Json.read(Json.bytes(text))
                        .filter(value -> Json.same(value.at(pointer()), json))
                        .isPresent();
            default -> text(text);
        };
    }

    private boolean json(JsonNode value) {
        return switch (condition.test()) {
            case EXISTS -> !value.isMissingNode() && !value.isNull();
            case EQUALS -> Json.same(value, json);
            default -> !value.isMissingNode() && text(value.isTextual() ? value.asText() : value.toString());
        };
    }

    private List<String> results(Facts facts) {
        int slash = condition.key().indexOf('/');
        return facts.results(slash < 0 ? condition.key() : condition.key().substring(0, slash));
    }

    private JsonPointer pointer() {
        int slash = condition.key().indexOf('/');
        String pointer = condition.subject() == Subject.BODY
                ? condition.key()
                : slash < 0 ? "" : condition.key().substring(slash);
        return JsonPointer.compile(pointer);
    }

    static Pattern glob(String text) {
        return Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
    }

    private static String tag(Optional<String> value) {
        return value.map(it -> "it is " + shown(it)).orElse("the call names none");
    }

    private static String shown(String text) {
        String clean = Redaction.text(text).replace("\n", "\\n");
        return "\"" + (clean.length() <= SHOWN ? clean : clean.substring(0, SHOWN - 1) + "…") + "\"";
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
