package dev.gateway4j.okhttp.internal.transport;

import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.okhttp.internal.call.BaseUrls;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Rewrites a request for the upstream it leaves for: base URL, Azure's paths, the environment's model. Whatever else it holds stays. */
final class UpstreamAddress {
    /** Endpoints that Azure keeps under a deployment, in its dated versions. */
    private static final List<String> DEPLOYED =
            List.of("/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/audio/", "/v1/images/");

    private static final String API_VERSION = "api-version";

    private UpstreamAddress() {}

    static Request address(Request request, CallFacts facts, Upstream upstream) {
        HttpUrl url = withoutSecrets(url(request.url(), facts, upstream));
        Request.Builder addressed = request.newBuilder().url(url);
        RequestBody body = request.body();
        if (body != null) {
            addressed.method(request.method(), new OneShotBody(mapped(body, facts, modelIn(url, facts, upstream))));
        }
        return addressed.build();
    }

    /** Azure reads a deployment's name in the body wherever the path does not name one. */
    private static Optional<String> modelIn(HttpUrl url, CallFacts facts, Upstream upstream) {
        boolean byBody = upstream.kind() == Upstream.Kind.AZURE
                && Endpoint.deployment(url.encodedPath()).isEmpty();
        if (!byBody
                && isDeployment(facts)
                && !deploymentChanges(facts.original().url(), facts)) {
            return facts.request().model(); // the path says it all
        }
        return byBody ? facts.modelSent().map(upstream::deployment) : facts.modelSent();
    }

    private static boolean isDeployment(CallFacts facts) {
        return facts.upstream().kind() == Upstream.Kind.AZURE
                && Endpoint.deployment(facts.original().url().encodedPath()).isPresent();
    }

    private static RequestBody mapped(RequestBody body, CallFacts facts, Optional<String> model) {
        boolean same = model.equals(facts.request().model());
        if (same || facts.body().isEmpty() || model.isEmpty()) {
            return body;
        }
        return RequestBody.create(facts.request().withModel(facts.body().get(), model.get()), body.contentType());
    }

    private static HttpUrl url(HttpUrl asked, CallFacts facts, Upstream upstream) {
        HttpUrl base = BaseUrls.of(upstream);
        boolean there =
                facts.upstream().equals(upstream) && BaseUrls.sameOrigin(asked, base) && BaseUrls.isBelow(asked, base);
        if (there && !(upstream.kind() == Upstream.Kind.AZURE && deploymentChanges(asked, facts))) {
            return asked;
        }
        HttpUrl.Builder url = base.newBuilder().encodedQuery(asked.encodedQuery());
        if (upstream.kind() == Upstream.Kind.AZURE) {
            azure(url, base, facts, upstream);
        } else {
            url.encodedPath(join(base, below(facts.endpoint())));
        }
        if (!there) {
            url.removeAllQueryParameters(API_VERSION); // that of another upstream
        }
        if (!there || asked.queryParameter(API_VERSION) == null) {
            upstream.apiVersion().ifPresent(version -> url.setQueryParameter(API_VERSION, version));
        }
        return url.build();
    }

    /** An application that names a deployment in the path gets another one where the environment maps the model to another. */
    private static boolean deploymentChanges(HttpUrl asked, CallFacts facts) {
        Optional<String> deployment = Endpoint.deployment(asked.encodedPath());
        return deployment.isPresent() && !facts.modelAsked().equals(facts.modelSent());
    }

    /** Azure's dated versions have deployments in the path; its {@code /openai/v1} takes the deployment's name as the model. */
    private static void azure(HttpUrl.Builder url, HttpUrl base, CallFacts facts, Upstream upstream) {
        String endpoint = facts.endpoint();
        if (namedByModel(upstream)) {
            url.encodedPath(join(base, "/openai/v1" + below(endpoint)));
        } else if (facts.modelSent().isPresent() && DEPLOYED.stream().anyMatch(endpoint::startsWith)) {
            url.encodedPath(join(base, "/openai/deployments"))
                    .addPathSegment(upstream.deployment(facts.modelSent().get()))
                    .addEncodedPathSegments(below(endpoint).substring(1));
        } else {
            url.encodedPath(join(base, "/openai" + below(endpoint)));
        }
    }

    private static boolean namedByModel(Upstream upstream) {
        return upstream.kind() == Upstream.Kind.AZURE
                && upstream.apiVersion().orElse("preview").equals("preview");
    }

    /** An application may carry its key in the URL, as Azure's realtime API has it. */
    private static HttpUrl withoutSecrets(HttpUrl url) {
        String query = url.encodedQuery();
        if (query == null) {
            return url;
        }
        String clean = Redaction.query(query);
        return clean.equals(query)
                ? url
                : url.newBuilder().encodedQuery(clean.isEmpty() ? null : clean).build();
    }

    private static String below(String endpoint) {
        if (endpoint.equals("/")) {
            return "";
        }
        return endpoint.startsWith("/v1") ? endpoint.substring("/v1".length()) : endpoint;
    }

    private static String join(HttpUrl base, String path) {
        String prefix = base.encodedPath();
        String joined = (prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + path;
        return joined.isEmpty() ? "/" : joined;
    }
}
