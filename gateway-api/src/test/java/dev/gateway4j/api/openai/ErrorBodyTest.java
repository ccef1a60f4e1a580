package dev.gateway4j.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorBodyTest {
    @Test
    void a_refusal_is_written_as_openai_writes_errors() {
        byte[] body = ErrorBody.of(Refusal.of(RefusalReason.NO_KEY, "no key in staging"));

        assertThat(new String(body, StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"error\":{\"message\":\"no key in staging\",\"type\":\"authentication_error\",\"param\":null,"
                                + "\"code\":\"gateway_no_key\"}}");
    }

    @Test
    void nothing_in_an_error_can_break_out_of_its_string() throws IOException {
        String nasty = "\"},\\ \n\r\t\u0000\u001f\u007f\u2028 é 😀 </script>";

        JsonNode error = new ObjectMapper()
                .readTree(ErrorBody.of(nasty, nasty, Optional.of(nasty), Optional.of(nasty)))
                .get("error");

        assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
        assertThat(error).allSatisfy(member -> assertThat(member.textValue()).isEqualTo(nasty));
    }
}
