package dev.gateway4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            authorization | Bearer sk-test-blue-0000             | Bearer key-2
            Authorization | bearer  sk-test-red-0000             | Bearer key-1
            authorization | Basic OnNrLXRlc3QtYmx1ZS0wMDAw       | Bearer key-2
            authorization | Bearer sk-test-green-0000            | Bearer sk-test-******0000
            authorization | Bearer short                         | Bearer short
            authorization | Bearer key-1                         | Bearer *****
            authorization | Token sk-test-blue-0000              | redacted
            authorization | Basic ???                            | redacted
            authorization | Bearer                               | redacted
            api-key       | sk-test-blue-0000                    | key-2
            cookie        | session=1                            | redacted
            """)
    void a_stand_in_learns_which_key_it_is_and_not_the_key(String name, String value, String seen) {
        Credentials known = new Credentials(List.of("sk-test-red-0000", "sk-test-blue-0000"));

        assertThat(known.safe(name, value)).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            authorization | Bearer sk-test-blue-0000             | Bearer redacted
            authorization | Basic OnNrLXRlc3QtYmx1ZS0wMDAw       | Bearer redacted
            authorization | Token sk-test-blue-0000              | redacted
            api-key       | sk-test-blue-0000                    | redacted
            """)
    void where_no_key_is_known_all_look_alike(String name, String value, String seen) {
        assertThat(new Credentials(List.of()).safe(name, value)).isEqualTo(seen);
    }
}
