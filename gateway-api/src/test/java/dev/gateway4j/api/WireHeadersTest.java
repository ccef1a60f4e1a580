package dev.gateway4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WireHeadersTest {
    private final WireHeaders headers = WireHeaders.of("Accept", "a", "X-Key", "secret-value", "accept", "b");

    @Test
    void names_compare_without_case_and_the_first_value_wins() {
        assertThat(headers.first("ACCEPT")).contains("a");
        assertThat(headers.first("x-key")).contains("secret-value");
        assertThat(headers.first("missing")).isEmpty();
    }

    @Test
    void the_order_and_the_case_of_the_wire_stay() {
        assertThat(headers.entries())
                .containsExactly(
                        Map.entry("Accept", "a"), Map.entry("X-Key", "secret-value"), Map.entry("accept", "b"));
    }

    @Test
    void fields_are_added_and_removed_in_a_copy() {
        assertThat(headers.with("Z", "1").entries()).hasSize(4).endsWith(Map.entry("Z", "1"));
        assertThat(headers.without("aCCept")).isEqualTo(WireHeaders.of("X-Key", "secret-value"));
        assertThat(headers.entries()).hasSize(3);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> headers.entries().clear());
    }

    @Test
    void a_builder_may_go_on_after_it_has_built() {
        WireHeaders.Builder builder = WireHeaders.builder().add("a", "1");
        WireHeaders first = builder.build();

        builder.add("b", "2");

        assertThat(first).isEqualTo(WireHeaders.of("a", "1"));
        assertThat(builder.build().entries()).hasSize(2);
    }

    @Test
    void no_value_is_ever_printed() {
        assertThat(headers).hasToString("WireHeaders[accept, x-key, accept]");
    }

    @Test
    void a_name_without_a_value_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> WireHeaders.of("a", "1", "b"));
    }

    @Test
    void headers_are_equal_by_content() {
        assertThat(WireHeaders.builder().build()).isEqualTo(WireHeaders.empty());
        assertThat(WireHeaders.of("a", "1"))
                .isEqualTo(WireHeaders.empty().with("a", "1"))
                .hasSameHashCodeAs(WireHeaders.empty().with("a", "1"))
                .isNotEqualTo(WireHeaders.of("a", "2"));
    }
}
