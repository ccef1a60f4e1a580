package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.openai.RequestFacts;
import java.util.Optional;
import okhttp3.Request;

/**
 * What the application asked, read once when the call was opened.
 *
 * @param original the application's request as it came, its own headers and credentials included
 * @param upstream the upstream whose base URL the application named
 * @param endpoint the path without base URL, such as {@code /v1/chat/completions}
 * @param request what the body says
 * @param body the body of a JSON request; empty if there is none, or if it streams through unread
 * @param modelSent the model after the environment's mapping
 * @param answer where the answer comes from
 * @param tags what the application says about the call
 * @param webSocket true for an upgrade to a WebSocket
 * @param foreign true if the host is no upstream: it is only recorded or replayed, and what leaves for it leaves as it came
 */
public record CallFacts(
        Request original,
        Upstream upstream,
        String endpoint,
        RequestFacts request,
        Optional<byte[]> body,
        Optional<String> modelSent,
        ResponseType answer,
        CallTags tags,
        boolean webSocket,
        boolean foreign) {
    /**
     * The model that the application asked for. Azure serves the deployment in the path and does not look at the model in the body: that one
     * counts only where it is what the settings call that deployment.
     */
    public Optional<String> modelAsked() {
        return modelAsked(upstream, original.url().encodedPath(), request);
    }

    static Optional<String> modelAsked(Upstream upstream, String path, RequestFacts request) {
        Optional<String> named = request.model();
        Optional<String> deployment = Endpoint.deployment(path);
        boolean byPath = upstream.kind() == Upstream.Kind.AZURE
                && deployment.isPresent()
                && !named.map(upstream.deployments()::get).equals(deployment);
        return byPath ? deployment : named.or(() -> deployment);
    }

    /** The same question, asked in the name of these tags. */
    CallFacts withTags(CallTags others) {
        return new CallFacts(
                original, upstream, endpoint, request, body, modelSent, answer, others, webSocket, foreign);
    }

    /** The HTTP method. */
    public String method() {
        return original.method();
    }

    /**
     * True if an answer to this call is paid for. A stored answer that is fetched again, or cancelled, shows the usage of the call that made
     * it; that one has paid for it. What a host that is no upstream is paid for is not ours to say.
     */
    public boolean bills() {
        return !foreign && (webSocket || billsByMethod());
    }

    private boolean billsByMethod() {
        return method().equals("POST") && !endpoint.endsWith("/cancel");
    }

    /** True if the call leaves, whoever might answer in its place. */
    public boolean leaves() {
        return answer == ResponseType.PASSTHROUGH;
    }
}
