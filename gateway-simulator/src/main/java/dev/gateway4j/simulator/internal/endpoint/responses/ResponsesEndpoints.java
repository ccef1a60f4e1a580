package dev.gateway4j.simulator.internal.endpoint.responses;

import dev.gateway4j.simulator.internal.encode.FileSearch;
import dev.gateway4j.simulator.internal.http.Endpoints;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.request.ResponsesRequest;

/** {@code /v1/responses}. A query {@code beta=true} changes nothing. */
public final class ResponsesEndpoints implements Endpoints {
    private static final String PATH = ResponsesRequest.ENDPOINT;

    private final CreateHandler create;
    private final StoredHandler stored;
    private final CountHandler count;

    /** Answers with these services, finds no files, and lets no response fail. */
    public ResponsesEndpoints(Services services) {
        this(services, FileSearch.NOTHING, Failures.NONE);
    }

    /**
     * Answers with these services.
     *
     * @param services what handlers share
     * @param files where the tool {@code file_search} looks
     * @param failures which responses fail after they have begun
     */
    public ResponsesEndpoints(Services services, FileSearch files, Failures failures) {
        this.create = new CreateHandler(services, files, failures);
        this.stored = new StoredHandler(services);
        this.count = new CountHandler(services);
    }

    @Override
    public void addTo(Routes.Builder routes) {
        routes.add("POST", PATH, create)
                .add("POST", PATH + "/input_tokens", count::inputTokens)
                .add("POST", PATH + "/compact", count::compact)
                .add("GET", PATH + "/*", stored::get)
                .add("DELETE", PATH + "/*", stored::delete)
                .add("POST", PATH + "/*/cancel", stored::cancel)
                .add("GET", PATH + "/*/input_items", stored::inputItems);
    }
}
