package dev.gateway4j.cassette.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.cassette.RecordedBody;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLayoutTest {
    @Test
    void every_value_gets_its_line_two_blanks_deeper_than_what_it_is_in() {
        assertThat(spread("{\"a\":[1.50,1E+2,-0],\"b\":{},\"c\":[],\"d\":{\"e\":\"x: {,\\\"}\"}}"))
                .contains("{\n  \"a\": [\n    1.50,\n    1E+2,\n    -0\n  ],\n  \"b\": {},\n  \"c\": [],\n"
                        + "  \"d\": {\n    \"e\": \"x: {,\\\"}\"\n  }\n}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "{}",
                "{\"a\": 1}",
                "{\"a\":1}\n",
                "{\n  \"a\": 1\n}",
                "{\"a\":1",
                "{\"a\":[1}",
                "]",
                "\"open",
                "{\"a\":\"\\\"}"
            })
    void what_is_not_json_without_blanks_stays_as_it_is(String text) {
        assertThat(spread(text)).isEmpty();
    }

    @Test
    void a_body_that_is_no_text_stays_as_it_is() {
        assertThat(JsonLayout.spread(RecordedBody.of(new byte[] {'[', '"', (byte) 0xFF, '"', ']'})))
                .isEmpty();
    }

    @Test
    void a_body_of_nothing_but_depth_stays_as_it_is() {
        assertThat(spread("[".repeat(300) + "1" + "]".repeat(300))).isEmpty();
    }

    private static Optional<String> spread(String text) {
        return JsonLayout.spread(RecordedBody.of(text)).flatMap(RecordedBody::text);
    }
}
