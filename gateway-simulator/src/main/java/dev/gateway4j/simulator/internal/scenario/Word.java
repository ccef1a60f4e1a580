package dev.gateway4j.simulator.internal.scenario;

import dev.gateway4j.simulator.Match.Condition;
import dev.gateway4j.simulator.Match.Subject;
import dev.gateway4j.simulator.Match.Test;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The words of {@code when} in a file of scenarios. */
enum Word {
    ENDPOINT(Subject.ENDPOINT, Test.EQUALS, Shape.TEXT),
    METHOD(Subject.METHOD, Test.EQUALS, Shape.TEXT),
    MODEL(Subject.MODEL, Test.EQUALS, Shape.TEXT),
    USER_SAYS(Subject.USER_TEXT, Test.CONTAINS, Shape.TEXT),
    USER_SAYS_EXACTLY(Subject.USER_TEXT, Test.EQUALS, Shape.TEXT),
    USER_MATCHES(Subject.USER_TEXT, Test.MATCHES, Shape.TEXT),
    ANY_MESSAGE(Subject.ANY_TEXT, Test.CONTAINS, Shape.TEXT),
    ANY_MESSAGE_MATCHES(Subject.ANY_TEXT, Test.MATCHES, Shape.TEXT),
    SYSTEM(Subject.SYSTEM_TEXT, Test.CONTAINS, Shape.TEXT),
    SYSTEM_MATCHES(Subject.SYSTEM_TEXT, Test.MATCHES, Shape.TEXT),
    TOOL(Subject.TOOL, Test.EXISTS, Shape.LIST),
    TOOL_MATCHES(Subject.TOOL, Test.MATCHES, Shape.MAP),
    TOOL_RESULT(Subject.TOOL, Test.EQUALS, Shape.MAP),
    TURN(Subject.TURN, Test.EQUALS, Shape.TEXT),
    HEADER(Subject.HEADER, Test.EQUALS, Shape.MAP),
    HEADER_MATCHES(Subject.HEADER, Test.MATCHES, Shape.MAP),
    HAS_HEADER(Subject.HEADER, Test.EXISTS, Shape.LIST),
    BODY(Subject.BODY, Test.EQUALS, Shape.MAP),
    BODY_MATCHES(Subject.BODY, Test.MATCHES, Shape.MAP),
    HAS_BODY(Subject.BODY, Test.EXISTS, Shape.LIST),
    STREAM(Subject.STREAM, Test.EQUALS, Shape.TEXT),
    USER(Subject.USER, Test.EQUALS, Shape.TEXT),
    TENANT(Subject.TENANT, Test.EQUALS, Shape.TEXT),
    FEATURE(Subject.FEATURE, Test.EQUALS, Shape.TEXT),
    STATE(Subject.STATE, Test.EQUALS, Shape.MAP);

    enum Shape {
        TEXT,
        MAP,
        LIST
    }

    final Subject subject;
    final Test test;
    final Shape shape;

    Word(Subject subject, Test test, Shape shape) {
        this.subject = subject;
        this.test = test;
        this.shape = shape;
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Word::word).toList();
    }

    static Optional<Word> named(String word) {
        return Arrays.stream(values())
                .filter(value -> value.word().equals(word))
                .findFirst();
    }

    static Word of(Condition condition) {
        Test test = condition.test() == Test.GLOB ? Test.EQUALS : condition.test();
        return Arrays.stream(values())
                .filter(value -> value.subject == condition.subject() && value.test == test)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a condition cannot ask whether " + condition.subject() + " " + condition.test()));
    }

    /** True if what it is compared with is JSON. */
    boolean comparesJson() {
        return test == Test.EQUALS && (subject == Subject.BODY || subject == Subject.TOOL);
    }
}
