package dev.gateway4j.okhttp.flow.faults;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.okhttp.Gateway;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Settings, gateways and requests of the flow tests. */
public final class Configs {
    /** A chat completion as it is answered. */
    public static final String ANSWER = "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"model\":\"gpt-4o-mini\","
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}";
    /** The value of the only key. */
    public static final String SECRET = "sk-test-blue-0000";

    /** JSON. */
    public static final MediaType JSON = MediaType.get("application/json");

    private static final String QUESTION =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private Configs() {}

    /** Settings with this upstream as {@code openai} and one key for it. */
    public static GatewayConfig of(Mode mode, Isolation isolation, Upstream openai) {
        return new GatewayConfig(
                "staging",
                Profile.STAGING,
                mode,
                isolation,
                Map.of("openai", openai),
                List.of(new UpstreamKey(
                        "blue",
                        Secret.of("blue", SECRET),
                        "openai",
                        1,
                        List.of("*"),
                        Optional.empty(),
                        Optional.empty())),
                Map.of(),
                List.of(),
                ResponseType.GENERATED,
                LogLevel.ESSENTIAL,
                ErrorDetail.DETAILED,
                MAX_BODY_BYTES,
                64,
                1,
                "instant",
                List.of());
    }

    /** These settings, in which replay records what is missing. */
    public static GatewayConfig recordingMissing(GatewayConfig config) {
        CassetteConfig cassettes = config.cassettes();
        return new GatewayConfig(
                config.environment(),
                config.profile(),
                config.mode(),
                config.isolation(),
                config.upstreams(),
                config.keys(),
                config.models(),
                config.responses(),
                config.defaultResponse(),
                config.logging(),
                config.errors(),
                config.maxBodyBytes(),
                config.maxJsonDepth(),
                config.seed(),
                config.latency(),
                config.notices(),
                config.retention(),
                new CassetteConfig(
                        cassettes.directory(),
                        cassettes.name(),
                        true,
                        false,
                        cassettes.expiresAfter(),
                        cassettes.onExpired(),
                        cassettes.repeats(),
                        cassettes.exhausted(),
                        cassettes.timing(),
                        cassettes.attempts(),
                        cassettes.match(),
                        cassettes.scrub()),
                config.keyConfig(),
                config.rateLimits(),
                config.cache());
    }

    /** An upstream at this base URL. */
    public static Upstream upstream(String baseUrl) {
        return new Upstream(
                "openai", Upstream.Kind.OPENAI, URI.create(baseUrl), Optional.empty(), Map.of(), Upstream.Auth.KEY);
    }

    /** Strict passthrough to this server. */
    public static GatewayConfig passthrough(RawServer server) {
        return of(Mode.PASSTHROUGH, Isolation.STRICT, upstream(server.url("/v1")));
    }

    /** Strict simulation of api.openai.com. */
    public static GatewayConfig simulated() {
        return of(Mode.SIMULATED, Isolation.STRICT, Upstream.OPENAI);
    }

    /** A gateway whose stand-in answers with {@link #ANSWER}, on a clock that waiters move. */
    public static Gateway gateway(GatewayConfig config, CallListener... listeners) {
        return gateway(config, answering(200, ANSWER), ManualTime.advancing(), listeners);
    }

    /** A gateway with everything given. */
    public static Gateway gateway(GatewayConfig config, StandIn standIn, TimeSource time, CallListener... listeners) {
        var builder = Gateway.builder().config(config).standIn(standIn).time(time);
        for (CallListener listener : listeners) {
            builder.listener(listener);
        }
        return builder.build();
    }

    /** A stand-in that gives the same JSON always. */
    public static StandIn answering(int status, String body, String... headers) {
        WireHeaders.Builder wire = WireHeaders.builder().add("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            wire.add(headers[i], headers[i + 1]);
        }
        WireHeaders built = wire.build();
        return request -> new WireReply(
                status,
                built,
                request.arrivedNanos(),
                Frames.of(body.getBytes(StandardCharsets.UTF_8), request.arrivedNanos()));
    }

    /** The address of this machine that every server here listens at. */
    public static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Its address in IPv6. */
    public static InetAddress loopback6() throws UnknownHostException {
        byte[] address = new byte[16];
        address[15] = 1;
        return InetAddress.getByAddress(address);
    }

    /** A small chat request to this URL. */
    public static Request chat(String url) {
        return new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer sk-test-application")
                .post(RequestBody.create(QUESTION, JSON))
                .build();
    }

    /** A small chat request to api.openai.com. */
    public static Request chat() {
        return chat("https://api.openai.com/v1/chat/completions");
    }

    /** A small chat request to this server. */
    public static Request chat(RawServer server) {
        return chat(server.url("/v1/chat/completions"));
    }
}
