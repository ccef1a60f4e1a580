package dev.gateway4j.okhttp.internal.cache.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.SemanticConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticQuestionsTest {
    private final Identities identities = new Identities(Ask.config(Caches.semantic(semantic(4, 20))));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":\"Hi \\n\\u00e9\"}]}|Hi \\né",
                "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}]}|a\\nb",
                "/v1/responses|{\"store\":false,\"input\":\"Hi\"}|Hi",
                "/v1/responses|{\"store\":false,\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}]}|Hi",
                "/v1/responses|{\"store\":false,\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Hi\"}]}]}|Hi"
            })
    void the_last_text_of_the_user_is_found(String endpoint, String body, String text) {
        assertThat(question(Ask.at(endpoint, body)).map(SemanticQuestion::text)).contains(text.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"messages\":\"Hi\"}",
                "{\"messages\":[]}",
                "{\"messages\":[1]}",
                "{\"messages\":[{\"role\":\"assistant\",\"content\":\"Hi\"}]}",
                "{\"messages\":[{\"role\":\"user\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":null}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\" \\n\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[]}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\",\"image_url\":{}}]}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":1}]}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[\"a\"]}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"tool\",\"content\":\"b\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"123456789 123456789 1\"}]}",
                "{\"messages\":[{},{},{},{},{\"role\":\"user\",\"content\":\"a\"}]}",
                "{\"input\":\"Hi\"}"
            })
    void what_is_no_text_of_the_user_alone_or_too_long_is_compared_with_nothing(String body) {
        assertThat(question(Ask.chat(body))).isEmpty();
    }

    @Test
    void an_item_that_is_no_message_is_compared_with_nothing() {
        assertThat(
                        question(
                                Ask.at(
                                        "/v1/responses",
                                        "{\"store\":false,\"input\":[{\"type\":\"function_call_output\",\"role\":\"user\",\"content\":\"Hi\"}]}")))
                .isEmpty();
        assertThat(question(Ask.at("/v1/completions", "{\"prompt\":\"Hi\"}"))).isEmpty();
    }

    @Test
    void questions_that_differ_in_the_last_text_alone_are_in_one_bucket() {
        SemanticQuestion one =
                question(Ask.chat(chat("Be brief.", "old", "What is up?"))).orElseThrow();
        SemanticQuestion other = question(Ask.chat(chat("Be brief.", "old", "How \\\"are\\\" you?")))
                .orElseThrow();

        assertThat(one.bucket()).isEqualTo(other.bucket());
        assertThat(one.text()).isNotEqualTo(other.text());
    }

    @Test
    void whatever_else_is_changed_the_bucket_is_another() {
        Ask plain = Ask.chat(chat("Be brief.", "old", "new"));
        List<Ask> others = List.of(
                Ask.chat(chat("Be long.", "old", "new")),
                Ask.chat(chat("Be brief.", "older", "new")),
                Ask.chat(chat("Be brief.", "old", "new").replace("gpt-4", "gpt-5")),
                Ask.chat(chat("Be brief.", "old", "new").replace("\"seed\":1", "\"seed\":2")),
                Ask.chat(
                        "{\"model\":\"gpt-4\",\"seed\":1,\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                                + "{\"role\":\"user\",\"content\":\"old\"},{\"role\":\"user\",\"content\":"
                                + "[{\"type\":\"text\",\"text\":\"new\"}]}]}"),
                plain.with(CallTags.none().withTenant("a")),
                plain.with(CallTags.none().withCache("namespace=a")),
                plain.with(CallTags.none().withKey("a")),
                plain.header("OpenAI-Beta", "p"));

        assertThat(others).noneMatch(ask -> question(ask)
                .orElseThrow()
                .bucket()
                .equals(question(plain).orElseThrow().bucket()));
        assertThat(question(plain).orElseThrow().bucket())
                .isNotEqualTo(plain.identity(identities).key());
    }

    @Test
    void random_changes_outside_the_last_text_never_stay_in_the_bucket() {
        Identities wide = new Identities(Ask.config(Caches.semantic(semantic(100, 1000))));
        RandomRequest requests = new RandomRequest(new Random(9));
        Map<String, Object> request = request("same");
        Ask original = Ask.chat(requests.print(request));
        SemanticQuestion question =
                wide.semantic(original.facts(), original.identity(wide)).orElseThrow();
        int compared = 0;

        for (int i = 0; i < 5_000; i++) {
            Map<String, Object> changed = requests.changed(request);
            Ask ask = Ask.chat(requests.print(changed));
            if (ask.reading(wide) instanceof Reading.Cacheable it) {
                Optional<SemanticQuestion> other = wide.semantic(ask.facts(), it.identity());
                if (other.isPresent() && other.get().bucket().equals(question.bucket())) {
                    assertThat(changed).isEqualTo(request(other.get().text()));
                }
                compared += other.isPresent() ? 1 : 0;
            }
        }

        assertThat(compared).isGreaterThan(1_000);
    }

    private static Map<String, Object> request(String last) {
        Map<String, Object> request = RandomRequest.full();
        request.remove("temperature");
        request.remove("n");
        request.put(
                "messages",
                RandomRequest.list(
                        RandomRequest.map("role", "system", "content", "Be brief."),
                        RandomRequest.map("role", "user", "content", last)));
        return request;
    }

    @Test
    void a_call_that_wants_the_exact_answer_is_compared_with_nothing() {
        Ask exact = Ask.chat(chat("a", "b", "c")).with(CallTags.none().withCache("exact"));

        assertThat(question(exact)).isEmpty();
    }

    private Optional<SemanticQuestion> question(Ask ask) {
        return identities.semantic(ask.facts(), ask.identity(identities));
    }

    private static String chat(String system, String before, String last) {
        return "{\"model\":\"gpt-4\",\"seed\":1,\"messages\":[{\"role\":\"system\",\"content\":\"" + system
                + "\"},{\"role\":\"user\",\"content\":\"" + before + "\"},{\"role\":\"user\",\"content\":\"" + last
                + "\"}]}";
    }

    private static SemanticConfig semantic(int maxTurns, int maxCharacters) {
        SemanticConfig usual = SemanticConfig.defaults();
        return new SemanticConfig(
                usual.mode(),
                usual.threshold(),
                usual.embedder(),
                usual.model(),
                usual.key(),
                usual.timeout(),
                maxTurns,
                maxCharacters,
                usual.sample());
    }
}
