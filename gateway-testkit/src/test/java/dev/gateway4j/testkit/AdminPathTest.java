package dev.gateway4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.simulator.SimulatedOpenAi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class AdminPathTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WEATHER = """
            - name: weather
              when: { user_says: weather }
              answer: Sunny
            """;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SimulatedOpenAi simulator = SimulatedOpenAi.builder().seed(7).build();
    private GatewayServer server;

    @BeforeEach
    void start() throws IOException {
        server = GatewayServer.builder(simulator)
                .time(TimeSource.system())
                .admin(simulator)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_scenario_set_over_http_answers_and_the_journal_tells_so() throws Exception {
        HttpResponse<String> added = send("POST", "/__admin/scenarios", WEATHER);
        HttpResponse<String> answer = chat("How is the weather?");

        assertThat(added.body()).isEqualTo("{\"scenarios\":[\"weather\"],\"strict\":false,\"notices\":[]}\n");
        assertThat(answer.body()).contains("\"content\": \"Sunny\"");
        JsonNode entry = json("/__admin/journal").at("/requests/0");
        assertThat(entry.path("endpoint").asText()).isEqualTo("/v1/chat/completions");
        assertThat(entry.path("model").asText()).isEqualTo("gpt-4o");
        assertThat(entry.path("user_said").asText()).isEqualTo("How is the weather?");
        assertThat(entry.at("/body/messages/0/role").asText()).isEqualTo("user");
        assertThat(entry.at("/answer/status").asInt()).isEqualTo(200);
        assertThat(entry.at("/answer/text").asText()).isEqualTo("Sunny");
        assertThat(entry.at("/answer/ending").asText()).isEqualTo("complete");
        assertThat(entry.at("/origin/scenario").asText()).isEqualTo("weather");
        assertThat(entry.toString()).doesNotContain("sk-test-blue-0000");
        assertThat(json("/__admin/scenarios").at("/scenarios/0").toString())
                .isEqualTo("{\"name\":\"weather\",\"when\":[{\"subject\":\"user_text\",\"key\":\"\","
                        + "\"test\":\"contains\",\"value\":\"weather\"}],\"answers\":[{\"text\":\"Sunny\"}],"
                        + "\"exhausted\":\"last\"}");
    }

    @Test
    void the_journal_is_asked_for_some_of_it() throws Exception {
        send("POST", "/__admin/scenarios", WEATHER);
        chat("How is the weather?");
        chat("Who are you?");
        send("GET", "/v1/models", "");

        assertThat(json("/__admin/journal?limit=1").at("/requests/0/endpoint").asText())
                .isEqualTo("/v1/models");
        assertThat(json("/__admin/journal?endpoint=/v1/chat/completions").path("requests"))
                .hasSize(2);
        JsonNode unmatched = json("/__admin/journal?unmatched=true");
        assertThat(unmatched.path("found").asInt()).isEqualTo(1);
        assertThat(unmatched.at("/requests/0/origin/nearest/scenario").asText()).isEqualTo("weather");
        assertThat(send("DELETE", "/__admin/journal", "").body()).isEqualTo("{\"forgotten\":3}\n");
        assertThat(json("/__admin/journal").path("requests")).isEmpty();
        assertThat(server.requests()).as("admin requests are no requests").hasSize(3);
    }

    @Test
    void scenarios_can_be_made_strict_and_taken_away() throws Exception {
        assertThat(send("POST", "/__admin/scenarios?strict=true", WEATHER).body())
                .contains("\"strict\":true");
        assertThat(chat("Who are you?").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/__admin/scenarios?strict=false", "[]").statusCode())
                .isEqualTo(200);

        assertThat(send("DELETE", "/__admin/scenarios?name=weather", "").body()).isEqualTo("{\"removed\":1}\n");
        assertThat(send("DELETE", "/__admin/scenarios?name=weather", "").body())
                .isEqualTo("{\"error\":{\"what\":\"no such scenario\",\"why\":\"\\\"weather\\\" is the name of none\","
                        + "\"way_out\":\"GET /__admin/scenarios lists all.\"}}\n");
        assertThat(chat("Who are you?").statusCode()).isEqualTo(200);
    }

    @Test
    void a_broken_scenario_file_tells_all_its_problems() throws Exception {
        HttpResponse<String> refused = send("POST", "/__admin/scenarios", """
                - name: one
                  wen: { user_says: hi }
                  answer: Hello
                - name: two
                """);

        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode error = JSON.readTree(refused.body()).path("error");
        assertThat(error.path("what").asText()).isEqualTo("no scenario was added");
        assertThat(error.path("why").asText()).isEqualTo("2 problems");
        assertThat(error.at("/problems/0").asText())
                .startsWith("scenarios (request:2): ")
                .contains("wen");
        assertThat(error.at("/problems/1").asText())
                .startsWith("scenarios (request:4): ")
                .contains("answer");
        assertThat(simulator.scenarios().list()).isEmpty();
    }

    @Test
    void faults_are_lines_that_can_be_sent_back() throws Exception {
        HttpResponse<String> added = send("POST", "/__admin/faults", "429-requests p=1\ncomments\n");

        assertThat(added.body()).isEqualTo("429-requests p=1\ncomments\n");
        assertThat(added.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
        assertThat(chat("Hi").statusCode()).isEqualTo(429);
        assertThat(send("GET", "/__admin/faults", "").body()).isEqualTo(added.body());
        assertThat(send("DELETE", "/__admin/faults", "").body()).isEqualTo("{\"removed\":2}\n");
        assertThat(chat("Hi").statusCode()).isEqualTo(200);
    }

    @Test
    void an_unknown_fault_names_the_nearest_and_adds_none() throws Exception {
        HttpResponse<String> refused = send("POST", "/__admin/faults", "500\nbad-aftrnoon\n");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(refused.body()).at("/error/why").asText()).contains("bad-aftrnoon", "bad-afternoon");
        assertThat(simulator.faults().list()).isEmpty();
    }

    @Test
    void state_comes_back_as_it_was_and_is_forgotten_by_a_reset() throws Exception {
        String id = simulator.state().seedFile("a.txt", "batch", "hello".getBytes(UTF_8));
        String snapshot = send("GET", "/__admin/state", "").body();

        assertThat(send("POST", "/__admin/reset", "").body()).isEqualTo("{\"status\":\"ok\"}\n");
        assertThat(send("GET", "/v1/files/" + id, "").statusCode()).isEqualTo(404);
        assertThat(send("PUT", "/__admin/state", snapshot).body()).isEqualTo("{\"state\":{\"files\":1}}\n");
        assertThat(send("GET", "/v1/files/" + id + "/content", "").body()).isEqualTo("hello");
        assertThat(send("PUT", "/__admin/state", "{}").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/v1/files/" + id, "").statusCode()).isEqualTo(200);
    }

    @Test
    void health_counts_what_there_is() throws Exception {
        send("POST", "/__admin/scenarios", WEATHER);

        assertThat(send("GET", "/__admin/health", "").body())
                .isEqualTo("{\"status\":\"ok\",\"requests\":0,\"dropped\":0,\"scenarios\":1,\"faults\":0,"
                        + "\"seed_samples\":0,\"state\":{},\"notices\":[]}\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /__admin/jurnal         | 404 | no such admin path    | /__admin/jurnal does not exist
            GET  | /__admin                | 404 | no such admin path    | /__admin does not exist
            PUT  | /__admin/faults         | 405 | wrong method          | /__admin/faults does not know PUT
            GET  | /__admin/journal?lmit=1 | 400 | unknown parameter     | "lmit" means nothing here
            GET  | /__admin/journal?limit=x| 400 | wrong parameter       | limit is "x"
            GET  | /__admin/journal?unmatched=maybe | 400 | wrong parameter | unmatched is "maybe"
            """)
    void what_is_wrong_says_what_why_and_the_way_out(String method, String path, int status, String what, String why)
            throws Exception {
        HttpResponse<String> refused = send(method, path, "");

        assertThat(refused.statusCode()).isEqualTo(status);
        JsonNode error = JSON.readTree(refused.body()).path("error");
        assertThat(error.path("what").asText()).isEqualTo(what);
        assertThat(error.path("why").asText()).isEqualTo(why);
        assertThat(error.path("way_out").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Origin, https://evil.example, 403", "Origin, http://localhost:3000, 200", "Host, evil.example:80, 403"
    })
    void a_web_page_from_elsewhere_does_not_get_in(String header, String value, int status) throws Exception {
        Request request = new Request.Builder()
                .url(url("/__admin/health"))
                .header(header, value)
                .build();

        try (Response response = new OkHttpClient().newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(status);
        }
    }

    @Test
    void without_it_the_path_is_unknown_as_any_other() throws Exception {
        try (GatewayServer plain = GatewayServer.start(simulator, TimeSource.system())) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + plain.port() + "/__admin/health"))
                    .build();

            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("Unknown request URL");
        }
    }

    @Test
    void the_commands_of_the_page_work_one_after_the_other() throws Exception {
        List<String> commands = Files.readAllLines(Path.of("../docs/serve.md")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("curl ") && line.contains("/__admin"))
                .toList();
        assertThat(commands).hasSizeGreaterThan(8);

        for (String command : commands) {
            HttpResponse<String> response = run(command);

            assertThat(response.statusCode())
                    .as(command + "\n" + response.body())
                    .isEqualTo(200);
        }
    }

    /** What curl would send. */
    private HttpResponse<String> run(String command) throws Exception {
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(command);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        String method = "GET";
        String path = "";
        String body = "";
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-s" -> {}
                case "-X" -> method = words.get(++i);
                case "-d", "--data-binary" -> {
                    body = words.get(++i).replace("\\n", "\n");
                    method = method.equals("GET") ? "POST" : method;
                }
                default -> path = words.get(i).replace("http://127.0.0.1:4010", "");
            }
        }
        if (body.equals("@state.json")) {
            body = simulator.state().snapshot();
        }
        if (body.equals("@scenarios.yaml")) {
            body = WEATHER;
        }
        return send(method, path, body);
    }

    private JsonNode json(String path) throws Exception {
        return JSON.readTree(send("GET", path, "").body());
    }

    private HttpResponse<String> chat(String text) throws Exception {
        return send(
                "POST",
                "/v1/chat/completions",
                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Authorization", "Bearer sk-test-blue-0000")
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }
}
