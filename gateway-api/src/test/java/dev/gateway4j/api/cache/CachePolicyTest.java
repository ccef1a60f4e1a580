package dev.gateway4j.api.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateway4j.api.call.CallTags;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachePolicyTest {
    private static final String[] PIECES = {
        "no-store",
        "refresh",
        "only-if-cached",
        "exact",
        "instant",
        "paced",
        "ttl",
        "max-age",
        "namespace",
        "=",
        ",",
        " ",
        "60",
        "5m",
        "250ms",
        "1h",
        "7d",
        "99999999999999999999",
        "-1",
        "0",
        "glossary",
        "a b",
        "\u0000",
        "é",
        "x".repeat(70),
        "TTL",
        "No-Store",
        ";",
        "\"",
        "=="
    };

    @Test
    void every_directive_is_read() {
        CachePolicy policy = CachePolicy.parse("exact, paced, ttl=5m, max-age=250ms, namespace=Glossary_1.x-y");

        assertThat(policy)
                .isEqualTo(new CachePolicy(
                        false,
                        false,
                        false,
                        true,
                        Optional.of(Duration.ofMinutes(5)),
                        Optional.of(Duration.ofMillis(250)),
                        Optional.of("Glossary_1.x-y"),
                        Optional.of(CachePolicy.Replay.PACED)));
        assertThat(CachePolicy.parse("no-store").noStore()).isTrue();
        assertThat(CachePolicy.parse("refresh").refresh()).isTrue();
        assertThat(CachePolicy.parse("only-if-cached").onlyIfCached()).isTrue();
        assertThat(CachePolicy.parse("instant").replay()).contains(CachePolicy.Replay.INSTANT);
    }

    @ParameterizedTest
    @CsvSource({"60,60000", "60s,60000", "5m,300000", "1h,3600000", "250ms,250", "7d,604800000", "5M,300000"})
    void a_time_without_a_unit_is_in_seconds(String written, long millis) {
        assertThat(CachePolicy.parse("ttl=" + written).ttl()).contains(Duration.ofMillis(millis));
        assertThat(CachePolicy.parse("max-age = " + written).maxAge()).contains(Duration.ofMillis(millis));
    }

    @Test
    void case_blanks_and_empty_places_do_not_matter() {
        assertThat(CachePolicy.parse(" ,REFRESH ,, TTL = 60 ,")).isEqualTo(CachePolicy.parse("refresh,ttl=60"));
        assertThat(CachePolicy.parse("")).isEqualTo(CachePolicy.none());
        assertThat(CachePolicy.none().text()).isEmpty();
    }

    @Test
    void a_namespace_keeps_its_case() {
        assertThat(CachePolicy.parse("namespace=Ab").namespace()).contains("Ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refresh, only-if-cached",
                "no-store, refresh",
                "no-store, ttl=60",
                "no-store, only-if-cached",
                "instant, paced"
            })
    void what_contradicts_itself_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachePolicy.parse(text))
                .withMessageEndingWith("; write one of them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-stor|cache policy: \"no-stor\" is not a directive; known are no-store, refresh, only-if-cached, exact, instant, paced, ttl=TIME, max-age=TIME, namespace=NAME",
                "ttl|cache policy: ttl has no time; write ttl=60s",
                "max-age|cache policy: max-age has no time; write max-age=60s",
                "namespace|cache policy: namespace has no name; write namespace=glossary",
                "ttl=soon|cache policy: ttl=\"soon\" is not a time; write seconds such as 60, or 250ms, 60s, 5m, 1h, 7d",
                "ttl=-1|cache policy: ttl=\"-1\" is not a time; write seconds such as 60, or 250ms, 60s, 5m, 1h, 7d",
                "ttl=0|cache policy: ttl is no time at all; write 1ms or more, or no-store to keep nothing",
                "max-age=0s|cache policy: max-age is no time at all; write 1ms or more, or refresh to ask anew",
                "ttl=366d|cache policy: ttl has to be whole milliseconds, 365 days at most, or no-store to keep nothing",
                "namespace=a b|cache policy: namespace=\"a b\" is not a usable name; write 1 to 64 letters, digits, dots, - and _",
                "refresh=1|cache policy: refresh takes no value; write it alone",
                "ttl=60, TTL=60|cache policy: \"ttl\" stands twice; say it once"
            })
    void a_mistake_is_explained(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachePolicy.parse(text))
                .withMessage(message);
    }

    @Test
    void a_message_repeats_no_line_break_and_not_everything() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachePolicy.parse("a\nb" + "x".repeat(100)))
                .withMessageContaining("\"a?b" + "x".repeat(37) + "…\"")
                .withMessageNotContaining("\n");
    }

    @Test
    void a_policy_made_by_hand_is_checked_too() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CachePolicy(
                        false,
                        false,
                        false,
                        false,
                        Optional.of(Duration.ofNanos(1)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void text_is_read_back_as_it_was_meant_and_nothing_else_is_thrown() {
        Random random = new Random(1);
        int understood = 0;

        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(9); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            Optional<CachePolicy> policy = read(text.toString());
            if (policy.isPresent()) {
                understood++;
                assertThat(CachePolicy.parse(policy.get().text())).isEqualTo(policy.get());
            }
        }

        assertThat(understood).isGreaterThan(1000);
    }

    @Test
    void tags_carry_a_policy() {
        CachePolicy policy = CachePolicy.parse("exact, ttl=90, namespace=n");

        assertThat(CallTags.none().withCache(policy).cache()).contains("exact, ttl=90s, namespace=n");
    }

    /** Empty if it is refused; anything but an illegal argument fails. */
    private static Optional<CachePolicy> read(String text) {
        try {
            return Optional.of(CachePolicy.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
