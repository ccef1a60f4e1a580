package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.okhttp.Gateway;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches of embeddings: every input is an entry of its own. */
@Timeout(60)
class EmbeddingsTest {
    private static final Pattern INPUT = Pattern.compile("\"input\":\\[?((?:\"[^\"]*\",?)+)");

    private final Answers upstream =
            Answers.by(request -> Answers.json(request, 200, vectors(inputs(Answers.body(request)))));
    private final House house = House.standing(upstream);

    @Test
    void what_was_asked_in_one_batch_is_there_for_another() {
        House.Answer first = house.get(ask("\"a\"", "\"bb\"", "\"ccc\""));

        House.Answer turned = house.get(ask("\"ccc\"", "\"a\""));
        House.Answer single = house.get(embed("\"bb\""));

        assertThat(first.cache()).isEqualTo("miss");
        assertThat(turned.cache()).isEqualTo("hit; age=0");
        assertThat(turned.body())
                .contains("\"index\":0,\"embedding\":[3.0]")
                .contains("\"index\":1,\"embedding\":[1.0]");
        assertThat(turned.report().usage()).contains(Usage.of(0, 0));
        assertThat(turned.outcome().saved()).contains(Usage.of(8, 0));
        assertThat(single.cache()).startsWith("hit");
        assertThat(upstream.asked()).hasSize(1);
        assertThat(house.stats().entries()).isEqualTo(3);
    }

    @Test
    void the_same_batch_again_says_that_it_used_the_same() {
        House.Answer first = house.get(ask("\"a\"", "\"bb\"", "\"ccc\""));

        House.Answer again = house.get(ask("\"a\"", "\"bb\"", "\"ccc\""));

        assertThat(again.cache()).startsWith("hit");
        assertThat(again.body()).contains("\"prompt_tokens\":12").contains("\"total_tokens\":12");
        assertThat(first.body()).contains("\"prompt_tokens\":12");
        assertThat(again.outcome().saved()).contains(Usage.of(12, 0));
    }

    @Test
    void only_what_is_missing_is_asked_for() {
        house.get(ask("\"a\"", "\"bb\""));

        House.Answer partly = house.get(ask("\"a\"", "\"ccc\"", "\"bb\"", "\"dddd\""));

        assertThat(upstream.asked()).hasSize(2);
        assertThat(inputs(upstream.asked().get(1))).containsExactly("ccc", "dddd");
        assertThat(partly.body())
                .contains("\"index\":0,\"embedding\":[1.0]")
                .contains("\"index\":1,\"embedding\":[3.0]")
                .contains("\"index\":2,\"embedding\":[2.0]")
                .contains("\"index\":3,\"embedding\":[4.0]");
        assertThat(partly.outcome().status()).isEqualTo(CacheStatus.MISS);
        assertThat(partly.outcome().reason()).contains("2 of 4 inputs were cached");
        assertThat(partly.outcome().saved()).contains(Usage.of(6, 0));
        assertThat(partly.report().usage()).as("what was asked").contains(Usage.of(14, 0));
        assertThat(partly.report().attempts()).hasSize(1);
        assertThat(house.get(ask("\"dddd\"", "\"ccc\"")).cache()).startsWith("hit");
    }

    @Test
    void a_text_and_a_list_of_one_text_are_the_same() {
        house.get(embed("\"a\""));

        assertThat(house.get(embed("[\"a\"]")).cache()).startsWith("hit");
    }

    @Test
    void an_error_for_the_rest_is_delivered_and_what_is_kept_stays() {
        Answers moody = Answers.by(request -> inputs(Answers.body(request)).contains("bad")
                ? Answers.json(request, 400, "{\"error\":{\"message\":\"no\"}}")
                : Answers.json(request, 200, vectors(inputs(Answers.body(request)))));
        House other = House.standing(moody);
        other.get(ask("\"a\"", "\"bb\""));

        assertThat(other.get(ask("\"a\"", "\"bad\"")).status()).isEqualTo(400);
        assertThat(other.get(ask("\"a\"", "\"bb\"")).cache()).startsWith("hit");
    }

    @Test
    void what_no_longer_belongs_together_is_asked_for_anew() {
        Answers changing = Answers.by(request -> {
            List<String> inputs = inputs(Answers.body(request));
            String answer = vectors(inputs);
            return Answers.json(request, 200, inputs.contains("new") ? answer.replace("-small", "-small-v2") : answer);
        });
        House other = House.standing(changing);
        other.get(ask("\"a\"", "\"bb\""));

        House.Answer mixed = other.get(ask("\"a\"", "\"new\""));

        assertThat(mixed.status()).isEqualTo(200);
        assertThat(mixed.body())
                .contains("\"index\":0,\"embedding\":[1.0]")
                .contains("\"index\":1,\"embedding\":[3.0]")
                .contains("-small-v2");
    }

    @Test
    void what_is_asked_twice_is_booked_twice() {
        Answers changing = Answers.by(request -> {
            List<String> inputs = inputs(Answers.body(request));
            String answer = vectors(inputs);
            return Answers.json(request, 200, inputs.contains("new") ? answer.replace("3-small", "3-large") : answer);
        });
        House other = House.standing(changing);
        other.get(ask("\"a\"", "\"bb\""));

        House.Answer mixed = other.get(ask("\"a\"", "\"new\""));

        assertThat(changing.asked()).hasSize(3);
        assertThat(mixed.report().attempts()).hasSize(2);
        assertThat(mixed.headers().get("x-gateway-attempts")).isEqualTo("2");
        assertThat(mixed.report().usage()).as("6 for the rest, 8 for all").contains(Usage.of(14, 0));
        assertThat(mixed.report().cost())
                .as("0.13 USD for a million")
                .isEqualTo(new Cost.Known(new BigDecimal("0.00000182")));
        assertThat(mixed.report().modelServed()).contains("text-embedding-3-large");
        assertThat(mixed.outcome().reason()).contains("embeddings do not belong together");
        assertThat(other.reports()).hasSize(2);
    }

    @Test
    void what_is_of_no_use_in_one_batch_takes_nothing_from_others() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        House other = House.standing(Answers.by(request -> {
            if (Answers.body(request).contains("messages")) {
                asked.countDown();
                House.await(answer);
                return Answers.json(request, 200, Answers.PARIS);
            }
            List<String> inputs = inputs(Answers.body(request));
            String vectors = vectors(inputs);
            return Answers.json(request, 200, inputs.contains("new") ? vectors.replace("-small", "-v2") : vectors);
        }));
        other.get(ask("\"a\"", "\"bb\""));
        CompletableFuture<House.Answer> asking = CompletableFuture.supplyAsync(() -> other.get(House.plain("What?")));
        House.await(asked);

        assertThat(other.get(ask("\"a\"", "\"new\"")).outcome().reason()).contains("embeddings do not belong together");
        answer.countDown();

        assertThat(asking.join().outcome().reason()).isEmpty();
        assertThat(other.get(House.plain("What?")).cache()).startsWith("hit");
    }

    @Test
    void a_batch_may_be_as_large_as_its_inputs_together() {
        House bounded = bounded(2_000);

        House.Answer first = bounded.get(ask("\"a\"", "\"bb\"", "\"ccc\"", "\"dddd\""));

        assertThat(first.body()).hasSizeGreaterThan(4_000);
        assertThat(first.outcome().reason()).isEmpty();
        assertThat(bounded.get(ask("\"a\"", "\"bb\"", "\"ccc\"", "\"dddd\"")).cache())
                .startsWith("hit");
        assertThat(bounded.stats().entries()).isEqualTo(4);
    }

    @Test
    void no_batch_is_held_that_is_larger_than_its_inputs_may_be() {
        House bounded = bounded(600);
        bounded.get(ask("\"a\"", "\"bb\""));
        assertThat(bounded.stats().entries()).isZero();
        assertThat(bounded.stats().notKept()).containsEntry("too large", 1L);
        House roomy = new House(Configs.entryBytes(1_400), ManualTime.standing(), longWhenNew());
        roomy.get(ask("\"a\"", "\"bb\""));

        House.Answer large = roomy.get(ask("\"a\"", "\"new\""));

        assertThat(large.status()).isEqualTo(200);
        assertThat(large.body()).hasSizeGreaterThan(2_800).contains("\"index\":1");
        assertThat(large.report().attempts()).hasSize(2);
        assertThat(large.outcome().reason()).contains("too large");
    }

    private static House bounded(long maxEntryBytes) {
        Answers large = Answers.by(request -> Answers.json(
                request, 200, vectors(inputs(Answers.body(request))).replace(".0]", ".0" + ",0.1".repeat(400) + "]")));
        return new House(Configs.entryBytes(maxEntryBytes), ManualTime.standing(), large);
    }

    private static Answers longWhenNew() {
        return Answers.by(request -> {
            List<String> inputs = inputs(Answers.body(request));
            String answer = vectors(inputs);
            return Answers.json(
                    request,
                    200,
                    inputs.contains("new") ? answer.replace(".0]", ".0" + ",0.1".repeat(750) + "]") : answer);
        });
    }

    @Test
    void embeddings_that_land_between_look_up_and_boarding_are_given() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        House slow = new House(Gateway.builder()
                .config(House.simulated(CacheConfig.defaults()))
                .time(ManualTime.standing())
                .standIn(upstream)
                .cacheStore(new Shelf() {
                    @Override
                    public Optional<byte[]> get(CacheKey key) {
                        if (first.getAndSet(false)) {
                            reached.countDown();
                            House.await(goOn);
                        }
                        return Optional.empty();
                    }
                }));
        CompletableFuture<House.Answer> late = CompletableFuture.supplyAsync(() -> slow.get(ask("\"a\"", "\"bb\"")));
        House.await(reached);

        slow.get(ask("\"bb\"", "\"a\""));
        goOn.countDown();

        assertThat(late.join().cache()).isEqualTo("hit; age=0");
        assertThat(late.join().outcome().saved()).contains(Usage.of(6, 0));
        assertThat(upstream.asked()).hasSize(1);
    }

    private static Request ask(String... inputs) {
        return embed("[" + String.join(",", inputs) + "]");
    }

    private static Request embed(String input) {
        return House.post(
                "https://api.openai.com/v1/embeddings",
                "{\"model\":\"text-embedding-3-small\",\"input\":" + input + "}");
    }

    private static List<String> inputs(String body) {
        Matcher matcher = INPUT.matcher(body);
        List<String> inputs = new ArrayList<>();
        if (matcher.find()) {
            for (String quoted : matcher.group(1).split(",", -1)) {
                inputs.add(quoted.replace("\"", ""));
            }
        }
        return inputs;
    }

    /** Vectors that say how long each input is, and a usage of two tokens for each letter. */
    private static String vectors(List<String> inputs) {
        StringBuilder data = new StringBuilder();
        int letters = 0;
        for (int i = 0; i < inputs.size(); i++) {
            data.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":[")
                    .append((double) inputs.get(i).length())
                    .append("]}");
            letters += inputs.get(i).length();
        }
        return "{\"object\":\"list\",\"data\":[" + data
                + "],\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":" + 2 * letters
                + ",\"total_tokens\":" + 2 * letters + "}}";
    }
}
