package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is 5 + 7?              | What is 7 + 5?               | false
            Sell 1,000 of my shares     | Sell 1000 of my shares       | false
            Sell 1,000 of the shares    | Sell 1.000 of the shares     | false
            Is 5km the same as this?    | Is 5 km the same as this?    | true
            Is $5 much?                 | Is €5 much?                  | false
            Are two eggs enough?        | Are 2 eggs enough?           | true
            Are two eggs enough?        | Are three eggs enough?       | false
            Is it the 1st of these?     | Is it the 2nd of these?      | false
            What is 10² of this?        | What is 102 of this?         | false
            Ist 1.000 die Zahl?         | Ist 1000 die Zahl?           | false
            Is –5 less than that?       | Is 5 less than that?         | false
            Is –5 less than that?       | Is -5 less than that?        | true
            Ist 1,000 die Zahl?         | Ist 1000 die Zahl?           | false
            """)
    void numbers_have_to_agree(String one, String other, boolean agree) {
        assertThat(new NumberGuard().agree(Wording.of(one), Wording.of(other))).isEqualTo(agree);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Is the shop open today?     | Is the shop open tomorrow?   | false
            Who was the king?           | Who is the king?             | false
            Is it open on Monday?       | Is it open on Tuesday?       | false
            Is it open on Monday?       | Please, is it open on Monday?| true
            Das Wetter am Montag        | Das Wetter am Dienstag       | false
            La fête est en mai          | La fête est en juin          | false
            El tiempo de hoy            | El tiempo de ayer            | false
            """)
    void dates_have_to_agree(String one, String other, boolean agree) {
        assertThat(new DateGuard().agree(Wording.of(one), Wording.of(other))).isEqualTo(agree);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Is it safe?                 | Isn't it safe?               | false
            Can I go?                   | Can't I go?                  | false
            Do not touch the dog        | Don't touch the dog          | true
            Turn the light on           | Turn the light off           | false
            Is it legal to buy these?   | Is it legal to sell these?   | false
            Kann ich das öffnen?        | Kann ich das schließen?      | false
            C'est possible avec toi     | C'est pas possible avec toi  | false
            El té con leche             | El té sin leche              | false
            """)
    void polarity_has_to_agree(String one, String other, boolean agree) {
        assertThat(new PolarityGuard().agree(Wording.of(one), Wording.of(other)))
                .isEqualTo(agree);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Is this in Bern?            | Is this in Basel?            | false
            Is this in Bern?            | is this in bern?             | false
            Is this in Bern?            | is this in Bern?             | true
            How do I do it?             | how do i do it?              | true
            What is I here?             | What is i here?              | false
            Contact us about it         | contact US about it          | false
            Do I polish it?             | Do I Polish it?              | false
            Is the name Ann Lee?        | Is the name Lee Ann?         | false
            """)
    void names_have_to_agree(String one, String other, boolean agree) {
        assertThat(new NameGuard().agree(Wording.of(one), Wording.of(other))).isEqualTo(agree);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            What is `a`?                | What is `b`?                 | false
            Explain: the end            | Explain: the start           | false
            What is "so" for?           | What is "too" for?           | false
            Is v1.2 out?                | Is v1.3 out?                 | false
            Is a@b.com mine?            | Is c@b.com mine?             | false
            Is C++ hard?                | Is C# hard?                  | false
            What is f(x) + y?           | What is f(x + y)?            | false
            How is this?                | How is this                  | true
            What is 10!?                | What is 10?                  | false
            Is 6' much?                 | Is 6 much?                   | false
            What is . here?             | What is ? here?              | false
            What is f' for?             | What is f for?               | false
            """)
    void what_is_literal_has_to_be_equal(String one, String other, boolean agree) {
        assertThat(new LiteralGuard().agree(Wording.of(one), Wording.of(other))).isEqualTo(agree);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Is A better than B?         | Is B better than A?          | false
            How do I go from X to Y?    | How do I go from Y to X?     | false
            How do I go from X to Y?    | How can I go from X to Y?    | true
            Ist A besser als B?         | Ist B besser als A?          | false
            """)
    void direction_has_to_agree(String one, String other, boolean agree) {
        assertThat(new DirectionGuard().agree(Wording.of(one), Wording.of(other)))
                .isEqualTo(agree);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Who is the owner?           | When is the owner in?        | false
            How many are there?         | How are they there?          | true
            Why is it so?               | For what reason is it so?    | true
            Can I do it?                | Should I do it?              | false
            """)
    void what_is_asked_for_has_to_agree(String one, String other, boolean agree) {
        assertThat(new QuestionGuard().agree(Wording.of(one), Wording.of(other)))
                .isEqualTo(agree);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is the time?                       | en
            Wie spät ist es?                        | de
            Quelle heure est-il pour vous ?         | fr
            ¿Qué hora es en la ciudad?              | es
            Wat is de hoofdstad van het land?       | nl
            Какая столица?                          | CYRILLIC
            首都はどこですか                          | HAN
            reset password                          | ?
            """)
    void the_language_is_known_by_letters_and_small_words(String text, String language) {
        assertThat(Wording.of(text).language()).isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How do I buy a car?         | Please tell me how I can buy a car.  | false
            How do I buy a car?         | How can I buy a car?                 | true
            How do I look today?        | How can I look today?                | false
            What is the time?           | Can you tell me what the time is?    | true
            How old are people?         | Tell me how old people are           | false
            Let's eat, grandma          | Let's eat grandma                    | false
            You are open.               | You are open?                        | false
            Hello, what is this?        | What is this?                        | true
            Hello, world                | world                                | false
            What is it, thanks!         | What is it?                          | true
            How do I buy a car?         | How do I buy a cat?                  | false
            Say the in French           | Say a in French                      | false
            Wat is de prijs?            | Wat is een prijs?                    | false
            """)
    void every_word_has_to_mean_the_same(String one, String other, boolean agree) {
        assertThat(new WordGuard().agree(Wording.of(one), Wording.of(other))).isEqualTo(agree);
    }

    @Test
    void the_same_text_needs_no_guard() {
        assertThat(new Guards("1 \" ( weird").agree("1 \" ( weird")).isTrue();
    }

    @Test
    void figures_are_compared_whatever_stands_around_them() {
        assertThat(Guards.sameFigures("It is 5 km and 3 h.", "3 hours for 5 kilometres"))
                .isTrue();
        assertThat(Guards.sameFigures("It is 5 km", "It is 6 km")).isFalse();
    }

    @Test
    void strange_texts_are_read_without_a_failure() {
        for (String text : new String[] {
            "", " ", "\uD800", "'", "''", "-", "--", "a'", "'s", "x's", "’", "\u200b", "¿?", "1'", "%%%"
        }) {
            assertThat(new Guards(text).agree(text + " x")).as(text).isFalse();
            assertThat(new Guards(text + " x").agree(text)).as(text).isFalse();
        }
    }
}
