package dev.gateway4j.cassette.internal.match;

import static dev.gateway4j.cassette.internal.match.Requests.CHAT;
import static dev.gateway4j.cassette.internal.match.Requests.STRICT;
import static dev.gateway4j.cassette.internal.match.Requests.bytes;
import static dev.gateway4j.cassette.internal.match.Requests.live;
import static dev.gateway4j.cassette.internal.match.Requests.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.config.CassetteConfig.Match;
import dev.gateway4j.cassette.RecordedRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final String AGAIN = "Record it again with -Dgateway.mode=record";

    private static String message(String cassette, String liveJson, String... recordedJson) {
        return Nearest.message(cassette, STRICT.question(live(CHAT, liveJson)), candidates(recordedJson));
    }

    private static List<Nearest.Candidate> candidates(String... recordedJson) {
        return candidates(
                Arrays.stream(recordedJson).map(json -> recorded(CHAT, json)).toList());
    }

    private static List<Nearest.Candidate> candidates(List<RecordedRequest> requests) {
        List<Nearest.Candidate> candidates = new ArrayList<>();
        for (RecordedRequest request : requests) {
            candidates.add(
                    new Nearest.Candidate("chat-basic", candidates.size(), STRICT.question("chat-basic", request)));
        }
        return candidates;
    }

    @Test
    void it_says_what_was_asked_what_comes_nearest_and_the_way_out() {
        String message = message(
                "chat-basic",
                "{\"temperature\":0.2,\"messages\":[{\"role\":\"user\"},{\"role\":\"assistant\"}]}",
                "{\"temperature\":0.7,\"messages\":[{\"role\":\"user\"}]}");

        assertThat(message)
                .isEqualTo("No interaction in cassette chat-basic matches POST /v1/chat/completions. Nearest is"
                        + " interaction 0: body /temperature (recorded 0.7, got 0.2); body /messages/1 (recorded"
                        + " absent, got {\"role\":\"assistant\"}).\n" + AGAIN + ".");
    }

    @Test
    void where_all_cassettes_were_searched_it_names_the_nearest_one() {
        assertThat(message("", "{\"a\":1}", "{\"a\":\"x\"}"))
                .startsWith(
                        "No interaction in any cassette matches POST /v1/chat/completions. Nearest is interaction 0 of"
                                + " chat-basic: body /a (recorded \"x\", got 1).");
    }

    @Test
    void a_number_that_no_double_holds_under_a_rule_gets_no_tolerance() {
        MatchRules rules = Requests.rules(Requests.close("/n", 1));
        Question recorded = rules.question("chat-basic", recorded(CHAT, "{\"n\":1e400}"));

        String message = Nearest.message(
                "chat-basic",
                rules.question(live(CHAT, "{\"n\":1}")),
                List.of(new Nearest.Candidate("chat-basic", 0, recorded)));

        assertThat(message).contains("{at: /n, same: ignore}");
    }

    @Test
    void with_nothing_to_compare_it_says_so() {
        assertThat(message("chat-basic", "{}"))
                .isEqualTo("No interaction in cassette chat-basic matches POST /v1/chat/completions. There is none at"
                        + " all.\nRecord it with -Dgateway.mode=record.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"t\":0.2}   | {\"t\":0.7}   | {at: /t, same: number, tolerance: 0.5}",
                "{\"t\":1e300} | {\"t\":1}     | {at: /t, same: ignore}",
                "{\"t\":1}     | {\"t\":\"x\"} | {at: /t, same: ignore}",
                "{\"t\":1}     | {}            | {at: /t, same: ignore}",
                "{}            | {\"t\":1}     | {at: /t, same: ignore}",
                "{\"t, u\":1}  | {}            | {at: '/t, u', same: ignore}",
                "{\"t\":\"2024-05-01T10:00:00Z\"} | {\"t\":\"2024-06-01T10:00:00Z\"} | {at: /t, same: timestamp}",
                "{\"t\":1714557600} | {\"t\":1714557601} | {at: /t, same: timestamp}",
                "{\"i\":\"123e4567-e89b-12d3-a456-426614174000\",\"t\":1714557600}"
                        + " | {\"i\":\"00000000-0000-0000-0000-000000000000\",\"t\":1714557601}"
                        + " | {at: /i, same: uuid}, {at: /t, same: timestamp}",
            })
    void the_rule_that_would_let_it_match_depends_on_what_differs(String live, String recorded, String rules) {
        assertThat(message("chat-basic", live, recorded))
                .endsWith("\n" + AGAIN + ", or let it differ: openai.cassettes.match.body: [" + rules + "].");
    }

    @Test
    void another_endpoint_is_recorded_again() {
        Question asked = STRICT.question(live("/v1/embeddings", "{}"));

        assertThat(Nearest.message("chat-basic", asked, candidates("{}")))
                .endsWith("path (recorded /v1/chat/completions, got /v1/embeddings).\n" + AGAIN + ".");
    }

    @Test
    void the_two_names_of_one_path_are_recognised() {
        Question asked = STRICT.question(live("/openai/deployments/gpt/chat/completions", "{}"));

        assertThat(Nearest.message("chat-basic", asked, candidates("{}")))
                .contains("path (recorded /v1/chat/completions, got /openai/deployments/gpt/chat/completions)")
                .contains("Set openai.cassettes.match.azure_as_openai: true");
    }

    @Test
    void a_header_that_differs_can_be_left_out_of_the_rules() {
        MatchRules rules = MatchRules.of(new Match(List.of("X-Tier"), false, List.of()));
        RecordedRequest request = recorded(CHAT, "{}");
        RecordedRequest other = request.with(request.headers().with("X-Tier", "gold"));
        List<Nearest.Candidate> candidates = List.of(new Nearest.Candidate("c", 0, rules.question("c", other)));

        assertThat(Nearest.message("c", rules.question(live(CHAT, "{}")), candidates))
                .contains("header X-Tier (recorded \"gold\", got absent)")
                .endsWith("or take the header X-Tier out of openai.cassettes.match.headers.");
    }

    @Test
    void the_nearest_is_the_one_with_the_same_endpoint_and_the_fewest_differences() {
        List<RecordedRequest> requests = List.of(
                recorded("/v1/embeddings", "{\"a\":1,\"b\":2,\"c\":3}"),
                recorded(CHAT, "{\"a\":9,\"b\":9,\"c\":3}"),
                recorded(CHAT, "{\"a\":1,\"b\":2,\"c\":9}"),
                recorded("PUT", CHAT, Requests.JSON, bytes("{\"a\":1,\"b\":2,\"c\":3}")));
        Question asked = STRICT.question(live(CHAT, "{\"a\":1,\"b\":2,\"c\":3}"));

        assertThat(Nearest.nearest(asked, candidates(requests)))
                .hasValueSatisfying(
                        ranked -> assertThat(ranked.candidate().place()).isEqualTo(2));
    }

    @Test
    void it_is_found_among_thousands() {
        List<RecordedRequest> requests = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            requests.add(recorded(
                    CHAT,
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"question number " + i
                            + " of many\"}]}"));
        }
        Question asked = STRICT.question(
                live(
                        CHAT,
                        "{\"messages\":[{\"content\":\"question number 4321 of many\",\"role\":\"user\"}],\"model\":\"m\",\"n\":1}"));

        assertThat(Nearest.nearest(asked, candidates(requests)))
                .hasValueSatisfying(
                        ranked -> assertThat(ranked.candidate().place()).isEqualTo(4321));
    }

    @Test
    void not_everything_is_listed() {
        StringBuilder live = new StringBuilder("{\"a\":0");
        for (int i = 0; i < 22; i++) {
            live.append(",\"m").append(i).append("\":").append(i);
        }

        assertThat(message("c", live + "}", "{\"a\":0}")).contains("; … and 12 more.\n");
    }
}
