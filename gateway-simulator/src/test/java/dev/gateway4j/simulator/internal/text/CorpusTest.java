package dev.gateway4j.simulator.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.simulator.internal.model.Family.Encoding;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private final Tokens tokens = new Tokens();
    private final Corpus corpus = new Corpus(tokens);

    @Test
    void no_token_of_a_sentence_ends_inside_a_character() {
        // Otherwise an answer could not be cut to an exact number of tokens.
        for (Language language : Language.values()) {
            for (Encoding encoding : Encoding.values()) {
                for (Pieces sentence : corpus.sentences(language, encoding).following()) {
                    assertThat(sentence.list()).extracting(Piece::tokens).containsOnly(1);
                }
            }
        }
    }

    @Test
    void the_tokens_of_two_sentences_are_those_of_the_text_they_make() {
        for (Language language : Language.values()) {
            for (Encoding encoding : Encoding.values()) {
                Corpus.Sentences sentences = corpus.sentences(language, encoding);
                Pieces first = sentences.opening().get(0);
                for (Pieces second : sentences.following()) {
                    assertThat(tokens.count(encoding, first.text() + second.text()))
                            .isEqualTo(first.tokens() + second.tokens());
                }
            }
        }
    }

    @Test
    void any_beginning_of_a_sentence_has_as_many_tokens_as_pieces() {
        for (Language language : Language.values()) {
            for (Encoding encoding : Encoding.values()) {
                for (Pieces sentence : corpus.sentences(language, encoding).opening()) {
                    for (int n = 1; n < sentence.tokens(); n++) {
                        assertThat(tokens.count(encoding, sentence.first(n).text()))
                                .isEqualTo(n);
                    }
                }
            }
        }
    }

    @Test
    void languages_are_told_apart() {
        assertThat(Language.of("What is the capital of France?")).isEqualTo(Language.ENGLISH);
        assertThat(Language.of("Wie hei\u00dft die Hauptstadt und wer ist der B\u00fcrgermeister?"))
                .isEqualTo(Language.GERMAN);
        assertThat(Language.of("Quelle est la capitale pour les touristes?")).isEqualTo(Language.FRENCH);
        assertThat(Language.of("\u00bfCu\u00e1l es el mejor libro para los ni\u00f1os?"))
                .isEqualTo(Language.SPANISH);
        assertThat(Language.of("")).isEqualTo(Language.ENGLISH);
    }
}
