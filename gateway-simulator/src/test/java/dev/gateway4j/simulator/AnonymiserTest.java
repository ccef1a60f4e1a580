package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnonymiserTest {
    private static final String MAIL = "Write to maria.keller@corp.example.org or call +49 171 2345678.";

    @TempDir
    Path directory;

    @Test
    void the_same_value_has_the_same_replacement_everywhere_and_the_form_stays() {
        Anonymiser anonymiser = Anonymiser.seeded(7);

        List<String> out = anonymiser.lines(List.of(
                MAIL,
                "MARIA.KELLER@corp.example.org wrote from 10.1.2.3 and 10.1.2.3, not 10.1.2.4",
                "card 4111 1111 1111 1111, IBAN DE89 3704 0044 0532 0130 00, again 4111-1111-1111-1111"));

        String mail = out.get(0).replaceFirst("Write to (\\S+) .*", "$1");
        assertThat(mail).matches("[a-z]+\\.[a-z]+\\d\\d@example\\.com");
        assertThat(out.get(0))
                .matches("Write to \\S+ or call \\+49 \\d{3} \\d{7}\\.")
                .doesNotContain("2345678");
        assertThat(out.get(1)).startsWith(mail + " wrote from ");
        String[] ips = out.get(1)
                .replaceFirst(".* from (\\S+) and (\\S+), not (\\S+)$", "$1 $2 $3")
                .split(" ", -1);
        assertThat(ips[0])
                .isEqualTo(ips[1])
                .isNotEqualTo(ips[2])
                .matches("(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\.\\d+");
        assertThat(out.get(2))
                .matches(
                        "card 4000 \\d{4} \\d{4} \\d{4}, IBAN DE\\d\\d \\d{4} \\d{4} \\d{4} \\d{4} \\d\\d, again 4000-\\d{4}-.*");
        String card = out.get(2).substring(5, 24);
        assertThat(out.get(2))
                .endsWith(card.replace(' ', '-'))
                .doesNotContain("1111")
                .doesNotContain("3704");
        assertThat(anonymiser.report().toString())
                .isEqualTo("2 card, 2 email, 1 iban, 3 ip, 1 phone (6 different values)");
    }

    @Test
    void the_seed_decides_alone() {
        assertThat(Anonymiser.seeded(7).text(MAIL))
                .isEqualTo(Anonymiser.seeded(7).text(MAIL));
        assertThat(Anonymiser.seeded(8).text(MAIL))
                .isNotEqualTo(Anonymiser.seeded(7).text(MAIL));
    }

    @Test
    void a_name_is_replaced_wherever_it_stands_once_it_is_known() {
        List<String> out = Anonymiser.seeded(7)
                .lines(List.of(
                        "Keller called. Berlin stays, and so does Marianne.",
                        "Dear Mrs Keller, this is Maria Keller and MARIA too? No: Maria.",
                        "{\"full_name\": \"Jorund Vettel\", \"function\": {\"name\": \"get_weather\"}}",
                        "Jorund asks."));

        assertThat(String.join("\n", out))
                .doesNotContain("Keller")
                .doesNotContain("Maria ")
                .doesNotContain("Jorund");
        assertThat(out.get(0)).endsWith(" called. Berlin stays, and so does Marianne.");
        String last = out.get(0).substring(0, out.get(0).indexOf(' '));
        assertThat(out.get(1)).startsWith("Dear Mrs " + last + ", this is ").contains(" " + last + " and ");
        assertThat(Trees.of(out.get(2)).at("/function/name").asText()).isEqualTo("get_weather");
        assertThat(out.get(3))
                .isEqualTo(Trees.of(out.get(2)).path("full_name").asText().split(" ", -1)[0] + " asks.");
    }

    @Test
    void json_keeps_its_structure_and_all_that_is_nobodys() {
        String line =
                "{\"model\":\"gpt-4o-2024-08-06\",\"created\":1767225600,\"id\":\"chatcmpl-Abc123Def456\",\"ok\":true,\"none\":null,"
                        + "\"card\":4111111111111111,\"when\":\"2026-01-01T10:00:00Z\",\"n\":[1.25,{\"text\":\"mail a@b.org, version 1.2.3.4.5\"}]}";

        JsonNode out = Trees.of(Anonymiser.seeded(7).text(line));

        assertThat(out.path("model").asText()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(out.path("created").asLong()).isEqualTo(1767225600L);
        assertThat(out.path("when").asText()).isEqualTo("2026-01-01T10:00:00Z");
        assertThat(out.path("id").asText())
                .matches("chatcmpl-[A-Z][a-z]{2}\\d{3}[A-Z][a-z]{2}\\d{3}")
                .isNotEqualTo("chatcmpl-Abc123Def456");
        assertThat(out.path("card").isIntegralNumber()).isTrue();
        assertThat(out.path("card").asText()).startsWith("4000").hasSize(16);
        assertThat(out.at("/n/0").asText()).isEqualTo("1.25");
        assertThat(out.at("/n/1/text").asText()).matches("mail \\S+@example\\.com, version 1\\.2\\.3\\.4\\.5");
        assertThat(out.properties()).hasSize(8);
    }

    @Test
    void names_of_members_and_json_in_texts_are_replaced_too() {
        String line =
                "{\"bob@corp.example.org\": 1, \"arguments\": \"{\\\"full_name\\\":\\\"Jorund Vettel\\\",\\\"n\\\":4111111111111111}\"}";

        String out = Anonymiser.seeded(7).text(line);

        assertThat(out).doesNotContain("corp.example").doesNotContain("Jorund").doesNotContain("4111");
        assertThat(Trees.of(Trees.of(out).path("arguments").asText()).properties())
                .hasSize(2);
    }

    @Test
    void a_file_is_not_copied_onto_itself() throws IOException {
        Path file = Files.writeString(directory.resolve("prod.jsonl"), "Dear Mrs Keller");

        assertThatThrownBy(() -> Anonymiser.seeded(7).copy(file, file)).isInstanceOf(IllegalArgumentException.class);

        assertThat(file).hasContent("Dear Mrs Keller");
    }

    @Test
    void keys_are_replaced_and_those_of_this_process_are_named() {
        Secret known = Secret.of("blue", "canary-anonymiser-0001");

        String body = "X".repeat(16);

        String out = Anonymiser.seeded(7).text("sk-proj-" + body + "0000 and canary-anonymiser-0001");

        assertThat(out).matches("sk-proj-[A-Z]{16}\\d{4} and \\[secret:blue\\]").doesNotContain(body);
        assertThat(known.toString()).contains("blue");
    }

    @Test
    void a_file_is_copied_reported_and_becomes_seed_data() throws IOException {
        Path in = Files.writeString(directory.resolve("prod.jsonl"), """
                {"request": {"messages": [{"role": "user", "content": "I am bob@corp.example.org, where is my parcel?"}]}, "response": {"choices": [{"message": {"content": "It left, bob@corp.example.org."}}]}}
                {"prompt": "Thanks from Bob Miller", "answer": "You are welcome, Bob."}
                """);
        Path out = directory.resolve("samples.jsonl");

        Anonymiser.Report report = Anonymiser.seeded(7).copy(in, out);

        assertThat(report.replaced()).isEqualTo(Map.of("email", 2L, "name", 3L));
        assertThat(report.distinct()).isEqualTo(3);
        Sandbox sandbox = Sandbox.empty();
        sandbox.openAi.seedData().load(out);
        String question = Trees.of(Files.readAllLines(out).get(0))
                .at("/request/messages/0/content")
                .asText();
        assertThat(question).doesNotContain("corp.example.org");
        assertThat(sandbox.say(question)).isEqualTo("It left, " + question.split("[ ,]", -1)[2] + ".");
    }
}
