package dev.gateway4j.cassette.internal.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.RecordedBody;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleTest {
    private final Scrubber scrubber = scrubber("Ada Lovelace", "Lovelace", "Zoë");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@canary.example",
                "Ada.Lovelace+gpt@mail.canary.co.uk",
                "zoë@münchen.example",
                "+49 30 1234567",
                "+1 (415) 867-5309",
                "+4915112345678",
                "(415) 867-5309",
                "415-867-5309",
                "415.867.5309",
                "0171/1234567",
                "Ada Lovelace",
                "ADA LOVELACE",
                "ada lovelace",
                "Lovelace",
                "Zoë"
            })
    void what_tells_who_somebody_is_gets_a_stand_in_of_its_kind(String value) {
        String clean = scrubbed("{\"content\":\"Is it <" + value + ">, or not?\"}");

        assertThat(clean)
                .startsWith("{\"content\":\"Is it <")
                .endsWith(">, or not?\"}")
                .doesNotContain(value);
        String stand = clean.substring(19, clean.length() - 12);
        if (value.contains("@")) {
            assertThat(stand).matches("person-[0-9a-f]{8}@example\\.com");
        } else if (value.chars().anyMatch(Character::isDigit)) {
            assertThat(stand).matches("\\+1-\\d{3}-555-01\\d\\d");
        } else {
            assertThat(stand).matches("[A-Za-z]+( [A-Za-z]+)?");
            assertThat(Character.isUpperCase(stand.charAt(1))).isEqualTo(Character.isUpperCase(value.charAt(1)));
        }
        assertThat(scrubbed(clean)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"created\":1755000000,\"price\":\"12.99\",\"id\":\"chatcmpl-4158675309\"}",
                "2024-08-06T12:34:56Z 2024-12-01-preview 123e4567-e89b-12d3-a456-426614174000",
                "gpt-4o-2024-08-06 1.000.000 192.168.100.200 10/12/2024 12:30:45.123",
                "12345678901 4111 1111 1111 1111 -0.415867 1e+12345678901 $415.867.5309",
                "a @ b, @handle, x@y, me@localhost, Lovelaces, _Zoë_",
                "{\"ada\":1,\"Lovelace\":2,\"lovelace\" : 3}",
                "{\"arguments\":\"{\\\"lovelace\\\":1}\"}"
            })
    void what_tells_nothing_stays(String text) {
        assertThat(scrubbed(text)).isEqualTo(text);
    }

    @Test
    void the_same_person_is_called_the_same_everywhere_and_others_otherwise() {
        String one = scrubbed("ada@canary.example");

        assertThat(scrubbed("(ADA@canary.example)")).isEqualTo("(" + one + ")");
        assertThat(scrubber("Eve")
                        .scrub(Exchanges.asking(RecordedBody.of("ada@canary.example")))
                        .request()
                        .body())
                .isEqualTo(RecordedBody.of(one));
        assertThat(scrubbed("eve@canary.example")).isNotEqualTo(one);
        assertThat(scrubbed("Ada Lovelace")).endsWith(" " + scrubbed("Lovelace"));
    }

    @Test
    void a_stream_that_spells_it_is_cleaned_as_a_whole() {
        StringBuilder events = new StringBuilder();
        for (String piece : List.of("Write to a", "da", "@can", "ary.ex", "ample or", " call Love", "lace.")) {
            events.append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"")
                    .append(piece)
                    .append("\"}}]}\n\n");
        }

        String clean = scrubbed(events.toString());

        assertThat(clean)
                .doesNotContain("canary")
                .doesNotContain("@can")
                .contains("@example.com")
                .contains("\"Write to person-");
        String said = Deltas.of(clean).get(0).text();
        assertThat(said).matches("Write to person-[0-9a-f]{8}@example\\.com or call [A-Z][a-z]+\\.");
        assertThat(scrubbed(clean)).isEqualTo(clean);
    }

    @Test
    void nobody_is_replaced_unless_asked_for() {
        String text = "Ada Lovelace, ada@canary.example, +49 30 1234567";

        assertThat(Scrubber.of(CassetteConfig.Scrub.CREDENTIALS).scrub(Exchanges.asking(RecordedBody.of(text))))
                .isEqualTo(Exchanges.asking(RecordedBody.of(text)));
    }

    private String scrubbed(String text) {
        return scrubber.scrub(Exchanges.answering(RecordedBody.of(text)))
                .response()
                .body()
                .text()
                .orElseThrow();
    }

    private static Scrubber scrubber(String... names) {
        return Scrubber.of(new CassetteConfig.Scrub(List.of(), Set.of(CassetteConfig.Pii.values()), List.of(names)));
    }
}
