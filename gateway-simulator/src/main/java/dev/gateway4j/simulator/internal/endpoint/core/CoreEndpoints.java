package dev.gateway4j.simulator.internal.endpoint.core;

import dev.gateway4j.simulator.internal.endpoint.tuning.TunedModels;
import dev.gateway4j.simulator.internal.http.Endpoints;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.request.ChatRequest;
import dev.gateway4j.simulator.internal.request.CompletionRequest;
import dev.gateway4j.simulator.internal.request.EmbeddingsRequest;

/** Chat completions, embeddings and models. */
public final class CoreEndpoints implements Endpoints {
    private final Services services;

    /** Answers with these services. */
    public CoreEndpoints(Services services) {
        this.services = services;
    }

    @Override
    public void addTo(Routes.Builder routes) {
        ModelsHandler models = new ModelsHandler(services.state(), new TunedModels(services));
        StoredChats chats = new StoredChats(services.state());
        chats.addTo(routes);
        routes.add("POST", ChatRequest.ENDPOINT, new ChatHandler(services, chats))
                .add("POST", CompletionRequest.ENDPOINT, new CompletionsHandler(services))
                .add("POST", EmbeddingsRequest.ENDPOINT, new EmbeddingsHandler(services.tokens(), services.planner()))
                .add("GET", ModelsHandler.PATH, models::list)
                .add("GET", ModelsHandler.PATH + "/*", models::one)
                .add("DELETE", ModelsHandler.PATH + "/*", models::delete);
    }
}
