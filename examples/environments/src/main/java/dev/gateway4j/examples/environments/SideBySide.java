package dev.gateway4j.examples.environments;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.testkit.GatewayServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends the same calls through two gateways that one file describes, and prints with which key and which model they were answered and which
 * of them the limits refused. The upstream is the simulator on loopback, so nothing leaves the machine.
 */
public final class SideBySide {
    private static final String QUESTION =
            "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"Say hello.\"}]}";
    private static final List<String> USERS = List.of("ada", "ada", "ada", "bob");

    private final String upstream;
    private final TimeSource time;
    private final PrintStream out;

    SideBySide(String upstream, TimeSource time, PrintStream out) {
        this.upstream = upstream;
        this.time = time;
        this.out = out;
    }

    /** Takes no arguments. What the gateways log goes to the standard error. */
    public static void main(String[] args) throws IOException {
        Path settings = Workspace.write(Files.createTempDirectory("environments"));
        GatewayConfig simulated = GatewayConfig.reader()
                .properties(Map.of())
                .variables(Map.of())
                .set("environment", "development")
                .read();
        try (SimulatedOpenAi openAi =
                        SimulatedOpenAi.builder().config(simulated).build();
                GatewayServer server = GatewayServer.start(openAi, TimeSource.system())) {
            new SideBySide(server.baseUrl(), TimeSource.system(), System.out).run(settings);
        }
    }

    void run(Path settings) throws IOException {
        for (String environment : List.of("staging", "production")) {
            try (Gateway gateway = Gateway.builder()
                    .file(settings)
                    .environment(environment)
                    .set("upstreams.openai.base_url", upstream)
                    .time(time)
                    .build()) {
                OkHttpClient http = gateway.wrap(new OkHttpClient());
                for (String user : USERS) {
                    out.println(environment + " " + user + ": " + ask(http, user));
                }
            }
        }
    }

    private static String ask(OkHttpClient http, String user) throws IOException {
        Request request = new Request.Builder()
                .url("https://api.openai.com/v1/chat/completions")
                .tag(CallTags.class, CallTags.none().withUser(user))
                .post(RequestBody.create(QUESTION, MediaType.get("application/json")))
                .build();
        try (Response response = http.newCall(request).execute()) {
            // Read to its end, so that the call is settled and its line is written.
            boolean answered = !response.body().string().isEmpty() && response.isSuccessful();
            return answered
                    ? response.code() + " from " + response.header("x-gateway-model") + " with "
                            + response.header("x-gateway-key")
                    : response.code() + " " + response.header("x-gateway-limit") + ", again in "
                            + response.header("retry-after") + " s";
        }
    }
}
