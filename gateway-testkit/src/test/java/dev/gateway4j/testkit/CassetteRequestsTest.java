package dev.gateway4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import okhttp3.Request;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassetteRequestsTest {
    private static final String URL = "https://api.openai.com/v1/chat/completions?x=1";

    @Test
    void a_recorded_request_is_sent_again_with_its_own_headers_and_the_clients_framing() throws Exception {
        Request request = CassetteRequests.okhttp(RecordedRequest.of(
                "POST",
                URL,
                new Fields(Map.of(
                        "Content-Type", List.of("application/json"),
                        "Content-Length", List.of("999"),
                        "Accept-Encoding", List.of("gzip"),
                        "X-Multi", List.of("a", "b"))),
                RecordedBody.of("{\"n\":1}")));

        assertThat(request.url()).hasToString(URL);
        assertThat(request.headers("X-Multi")).containsExactly("a", "b");
        assertThat(request.headers().names()).doesNotContain("Content-Length", "Accept-Encoding");
        Buffer body = new Buffer();
        request.body().writeTo(body);
        assertThat(body.readUtf8()).isEqualTo("{\"n\":1}");
        assertThat(request.body().contentType()).hasToString("application/json");
    }

    @Test
    void a_get_has_no_body_and_a_post_without_one_has_an_empty_one() throws Exception {
        assertThat(CassetteRequests.okhttp(request("GET", "")).body()).isNull();
        assertThat(CassetteRequests.okhttp(request("POST", "")).body().contentLength())
                .isZero();
    }

    @Test
    void form_data_that_was_not_saved_cannot_be_sent() {
        assertThatThrownBy(() -> CassetteRequests.okhttp(request("POST", "[multipart form data omitted]")))
                .isInstanceOf(CassetteException.class)
                .hasMessageContaining("was not saved");
    }

    @Test
    void what_okhttp_refuses_is_a_cassette_that_cannot_be_used() {
        RecordedRequest broken = RecordedRequest.of(
                "POST", URL, new Fields(Map.of("X-Note", List.of("two\nlines"))), RecordedBody.of("{}"));

        assertThatThrownBy(() -> CassetteRequests.okhttp(request("GET", "{}")))
                .isInstanceOf(CassetteException.class)
                .hasMessageContaining("GET");
        assertThatThrownBy(() -> CassetteRequests.okhttp(broken))
                .isInstanceOf(CassetteException.class)
                .hasMessageContaining("X-Note");
    }

    @Test
    void a_request_of_a_cassette_names_it(@TempDir Path directory) {
        Recordings.save(directory, "hello", Recordings.exchange(Recordings.HELLO, Recordings.HI));

        assertThat(CassetteRequests.okhttp(Cassettes.at(directory), "hello").header("X-Cassette-Name"))
                .isEqualTo("hello");
    }

    private static RecordedRequest request(String method, String body) {
        return RecordedRequest.of(method, URL, Fields.none(), RecordedBody.of(body));
    }
}
