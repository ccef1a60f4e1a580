package dev.gateway4j.cassette.internal.library;

import static dev.gateway4j.cassette.Shelves.ask;
import static dev.gateway4j.cassette.Shelves.chat;
import static dev.gateway4j.cassette.Shelves.exchange;
import static dev.gateway4j.cassette.Shelves.post;
import static dev.gateway4j.cassette.Shelves.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.config.CassetteConfig.BodyRule;
import dev.gateway4j.api.config.CassetteConfig.Match;
import dev.gateway4j.api.config.CassetteConfig.Same;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.internal.match.MatchRules;
import dev.gateway4j.cassette.internal.match.MultipartDigest;
import dev.gateway4j.cassette.internal.match.Question;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShelvedTest {
    private static final MatchRules STRICT = MatchRules.of(Match.STRICT);
    private static final List<String> PATHS = List.of("/v1/a", "/openai/deployments/d/a", "/openai/deployments/e/a");
    private static final List<String> QUERIES = List.of("", "x=1", "api-version=2");
    private static final List<String> TYPES =
            List.of("application/json", "", "text/plain", "multipart/form-data; boundary=x");
    private static final List<String> BODIES = List.of(
            "{\"n\":1}",
            "{ \"n\": 1.0 }",
            "{\"n\":1.4}",
            "{\"n\":1.8}",
            "{\"n\":1,\"model\":\"d\"}",
            MultipartDigest.PLACEHOLDER,
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n");

    private final Random random = new Random(11);

    @Test
    void what_was_recorded_again_and_again_is_compared_once_and_then_known() {
        Shelved shelved = shelved(STRICT, chat("x", "1"), chat("y", "2"), chat("x", "3"), chat("x", "4"));
        Question question = STRICT.question(ask("x"));

        int[] first = shelved.matching(question);
        int[] again = shelved.matching(STRICT.question(ask("x")));

        assertThat(first).containsExactly(0, 2, 3);
        assertThat(again).as("nothing is collected anew").isSameAs(first);
    }

    @Test
    void many_of_them_are_in_the_order_of_the_file_whatever_their_spelling() {
        Interaction[] many = IntStream.range(0, 1000)
                .mapToObj(i -> recorded("/v1/a", "", "application/json", i % 2 == 0 ? "{\"n\":1}" : "{ \"n\": 1.0 }"))
                .toArray(Interaction[]::new);
        Shelved shelved = shelved(STRICT, many);

        assertThat(shelved.matching(STRICT.question(post("/v1/a", "{\"n\":1}"))))
                .containsExactly(IntStream.range(0, 1000).toArray());
    }

    @Test
    void the_index_finds_exactly_what_comparing_everything_finds() {
        int several = 0;
        for (MatchRules rules : rules()) {
            Interaction[] interactions = IntStream.range(0, 150)
                    .mapToObj(i -> recorded(any(PATHS), any(QUERIES), any(TYPES), any(BODIES)))
                    .toArray(Interaction[]::new);
            Shelved shelved = shelved(rules, interactions);
            for (int i = 0; i < 150; i++) {
                Question question = rules.question(live(any(PATHS), any(QUERIES), any(TYPES), any(BODIES)));
                int[] all = IntStream.range(0, 150)
                        .filter(place ->
                                rules.matches(question, shelved.recorded().get(place)))
                        .toArray();

                assertThat(shelved.matching(question)).as(question.toString()).containsExactly(all);
                assertThat(shelved.first(question)).isEqualTo(IntStream.of(all).findFirst());
                several += all.length > 1 ? 1 : 0;
            }
        }
        assertThat(several).isGreaterThan(150);
    }

    private static List<MatchRules> rules() {
        BodyRule close = new BodyRule("/n", Same.NUMBER, Optional.empty(), OptionalDouble.of(0.5));
        BodyRule ignored = new BodyRule("/model", Same.IGNORE, Optional.empty(), OptionalDouble.empty());
        return List.of(
                STRICT,
                MatchRules.compatible(),
                MatchRules.of(new Match(List.of("X-Tier"), false, List.of())),
                MatchRules.of(new Match(List.of(), true, List.of())),
                MatchRules.of(new Match(List.of(), false, List.of(close))),
                MatchRules.of(new Match(List.of(), true, List.of(ignored))));
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private Interaction recorded(String path, String query, String type, String body) {
        Fields headers = new Fields(Map.of("X-Tier", List.of(random.nextBoolean() ? "a" : "b")));
        return exchange(
                RecordedRequest.of(
                        "POST",
                        "https://api.example.test" + path + (query.isEmpty() ? "" : "?" + query),
                        type.isEmpty() ? headers : headers.with("Content-Type", type),
                        RecordedBody.of(body)),
                reply("{}"));
    }

    private WireRequest live(String path, String query, String type, String body) {
        WireHeaders headers = WireHeaders.of("X-Tier", random.nextBoolean() ? "a" : "b");
        return post(
                path,
                query,
                type.isEmpty() ? headers : headers.with("Content-Type", type),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static Shelved shelved(MatchRules rules, Interaction... interactions) {
        List<Interaction> placed = new ArrayList<>();
        for (Interaction interaction : interactions) {
            placed.add(interaction.at(placed.size()));
        }
        return new Shelved(Cassette.of("any", placed), rules);
    }
}
