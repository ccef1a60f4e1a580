package dev.gateway4j.simulator.internal.endpoint.images;

import dev.gateway4j.simulator.internal.http.Endpoints;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;

/**
 * Pictures. Answers that name a URL point to this same service, below {@code /v1/images/content}, so that the client that asked can fetch
 * it; the real service names a foreign host that nobody could reach from here.
 */
public final class ImageEndpoints implements Endpoints {
    private final Services services;

    /** Answers with these services. */
    public ImageEndpoints(Services services) {
        this.services = services;
    }

    @Override
    public void addTo(Routes.Builder routes) {
        ImagesHandler images = new ImagesHandler(services);
        routes.add("POST", "/v1/images/generations", images::generate)
                .add("POST", "/v1/images/edits", images::edit)
                .add("POST", "/v1/images/variations", images::vary)
                .add("GET", ImageFiles.PATH + "*", new ImageFiles(services)::get);
    }
}
