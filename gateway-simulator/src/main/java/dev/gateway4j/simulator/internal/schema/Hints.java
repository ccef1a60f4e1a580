package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a prompt says that a value may take up: places, names, numbers, dates, members of an enumeration. Each thing is taken up once. Used
 * by one thread at a time.
 */
public final class Hints {
    private static final double OPTIONAL_IN_ANSWERS = 0.75;
    private static final double OPTIONAL_IN_CALLS = 0.3;
    private static final int LONGEST_QUERY = 400;

    private final Lifted lifted;
    private final String language;
    private final boolean call;
    private final String subject;
    private final Set<Object> used = new HashSet<>();

    private Hints(Lifted lifted, String language, boolean call, String subject) {
        this.lifted = lifted;
        this.language = language;
        this.call = call;
        this.subject = subject;
    }

    /** Nothing to take up. */
    public static Hints none() {
        return new Hints(Lifted.NOTHING, "en", false, "");
    }

    /**
     * Hints for an answer.
     *
     * @param prompt what the user said
     * @param language the language of made-up words, such as {@code en}
     */
    public static Hints of(String prompt, String language) {
        return new Hints(new Lifted(prompt), language, false, "");
    }

    /** The same for the arguments of a call, of which fewer are given that need not be. */
    public Hints forCall() {
        return new Hints(lifted, language, true, subject);
    }

    /** The same for a call that is about one of several things. */
    public Hints about(String one) {
        return new Hints(lifted, language, call, one);
    }

    /** The same, with nothing taken up yet. */
    public Hints afresh() {
        return new Hints(lifted, language, call, subject);
    }

    /**
     * The things that calls with these parameters could be about, one each: several places, or several names. Empty or a single one where
     * one call will do.
     */
    public List<String> subjects(JsonNode parameters) {
        for (JsonNode required : parameters.path("required")) {
            JsonNode schema = parameters.path("properties").path(required.asText());
            if (!schema.path("type").asText().equals("string") || schema.has("enum")) {
                continue;
            }
            Kind kind = Kind.of(required.asText(), Place.description(schema));
            List<String> subjects = kind == Kind.QUERY
                    ? List.of()
                    : texts(kind, schema.path("format").asText());
            return isDirected(parameters) ? List.of() : subjects;
        }
        return List.of();
    }

    /** From here to there: two places, but one journey. */
    private static boolean isDirected(JsonNode parameters) {
        int places = 0;
        for (var property : parameters.path("properties").properties()) {
            places += Kind.of(property.getKey(), "") == Kind.PLACE ? 1 : 0;
        }
        return places > 1;
    }

    String language() {
        return language;
    }

    boolean call() {
        return call;
    }

    boolean mentions(String word) {
        return lifted.mentions(word);
    }

    double optional(JsonNode schema, Place place) {
        for (JsonNode member : schema.path("enum")) {
            if (member.isTextual() && mentions(member.asText())) {
                return 1;
            }
        }
        double share = call ? OPTIONAL_IN_CALLS : OPTIONAL_IN_ANSWERS;
        return place.depth() > 3 ? share / 2 : share;
    }

    List<BigDecimal> numbers() {
        return lifted.numbers().stream()
                .filter(number -> !used.contains(number))
                .toList();
    }

    void usedNumber(BigDecimal number) {
        used.add(number);
    }

    void usedText(String text) {
        used.add(text);
    }

    /** How many elements an array of this name should have, if the prompt tells. */
    OptionalInt several(String name) {
        Kind kind = Kind.of(name, "");
        boolean counted = kind == Kind.PLACE || kind == Kind.PERSON || kind == Kind.EMAIL || kind == Kind.URL;
        int count = counted ? texts(kind, "").size() : 0;
        return count > 0 ? OptionalInt.of(count) : OptionalInt.empty();
    }

    /** What the prompt says of this kind or format, without what was taken up. */
    List<String> texts(Kind kind, String format) {
        List<String> texts = new ArrayList<>(said(kind, format));
        texts.removeIf(used::contains);
        return texts;
    }

    private List<String> said(Kind kind, String format) {
        if (!subject.isEmpty() && format.isEmpty() && about(kind)) {
            return List.of(subject);
        }
        return switch (format) {
            case "date" -> lifted.dates();
            case "date-time" ->
                lifted.dates().stream().map(date -> date + "T09:00:00Z").toList();
            case "email" -> lifted.emails();
            case "uri", "url", "iri" -> lifted.urls();
            case "" -> of(kind);
            default -> List.of();
        };
    }

    private static boolean about(Kind kind) {
        return switch (kind) {
            case UNIT, CURRENCY, LANGUAGE, DATE, TIME, DATETIME, QUERY, SENTENCE, TIMEZONE -> false;
            default -> true;
        };
    }

    private List<String> of(Kind kind) {
        return switch (kind) {
            case PLACE -> lifted.places();
            case COUNTRY -> lifted.known(Kind.COUNTRY);
            case PERSON -> lifted.names();
            case EMAIL -> lifted.emails();
            case URL -> lifted.urls();
            case DATE -> lifted.dates();
            case DATETIME -> lifted.dates();
            case TIME -> lifted.times();
            case EXPRESSION -> lifted.expressions();
            case SYMBOL -> lifted.symbols();
            case QUERY -> asked();
            case UNIT, CURRENCY, COLOR, CATEGORY -> lifted.known(kind);
            case COMPANY, TITLE, OTHER -> quotedOrNamed();
            case ID -> lifted.quoted();
            default -> List.of();
        };
    }

    private List<String> asked() {
        List<String> asked = new ArrayList<>(lifted.quoted());
        String whole = lifted.text().strip();
        if (call && !whole.isEmpty() && whole.length() <= LONGEST_QUERY) {
            asked.add(whole);
        }
        return asked;
    }

    private List<String> quotedOrNamed() {
        List<String> quoted = lifted.quoted();
        return quoted.isEmpty() && call ? lifted.names() : quoted;
    }
}
