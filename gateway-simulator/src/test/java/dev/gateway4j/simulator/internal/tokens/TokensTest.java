package dev.gateway4j.simulator.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.simulator.internal.model.Family.Encoding;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokensTest {
    private final Tokens tokens = new Tokens();

    @Test
    void counts_are_those_of_the_models() {
        assertThat(tokens.count("gpt-4o", "hello world")).isEqualTo(2);
        assertThat(tokens.count("gpt-4", "hello world")).isEqualTo(2);
        assertThat(tokens.count("gpt-3.5-turbo", "tiktoken is great!")).isEqualTo(6);
        assertThat(tokens.count("gpt-4o", "tiktoken is great!")).isEqualTo(6);
        assertThat(tokens.count("gpt-4", "antidisestablishmentarianism")).isEqualTo(6);
        assertThat(tokens.count("gpt-4", "2 + 2 = 4")).isEqualTo(7);
        assertThat(tokens.count("gpt-4", "\u304a\u8a95\u751f\u65e5\u304a\u3081\u3067\u3068\u3046"))
                .isEqualTo(9);
        assertThat(tokens.count("gpt-4o", "")).isZero();
    }

    @Test
    void special_tokens_in_a_text_are_ordinary_text() {
        assertThat(tokens.count("gpt-4", "<|endoftext|>")).isGreaterThan(1);
    }

    @Test
    void a_model_nobody_knows_counts_as_the_newest_do() {
        String text = "Sch\u00f6ne Gr\u00fc\u00dfe aus dem Schwarzwald";

        assertThat(tokens.count("brand-new", text)).isEqualTo(tokens.count("gpt-4o", text));
        assertThat(tokens.count("ft:gpt-4o-mini:org::x", text)).isEqualTo(tokens.count("gpt-4o", text));
    }

    @Test
    void pieces_are_whole_characters_and_keep_every_token() {
        String text = "Hi \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67! \u304a\u8a95\u751f\u65e5";
        for (Encoding encoding : Encoding.values()) {
            Pieces pieces = tokens.pieces(encoding, text);

            assertThat(pieces.text()).isEqualTo(text);
            assertThat(pieces.tokens()).isEqualTo(tokens.count(encoding, text));
        }
    }

    @Test
    void a_cut_inside_a_character_loses_it_but_bills_its_tokens() {
        Pieces pieces = new Pieces(List.of(new Piece("a", 1), new Piece("\ud83d\udc69", 3)), 4);

        assertThat(pieces.first(2).text()).isEqualTo("a");
        assertThat(pieces.first(2).tokens()).isEqualTo(2);
    }

    @Test
    void tokens_become_text_again() {
        assertThat(tokens.text(Encoding.CL100K, new int[] {15339, 1917})).contains("hello world");
        assertThat(tokens.text(Encoding.CL100K, new int[] {-5})).isEmpty();
    }
}
