package dev.gateway4j.simulator.internal.desk;

import dev.gateway4j.simulator.internal.endpoint.audio.AudioEndpoints;
import dev.gateway4j.simulator.internal.endpoint.batches.BatchEndpoints;
import dev.gateway4j.simulator.internal.endpoint.containers.ContainerEndpoints;
import dev.gateway4j.simulator.internal.endpoint.conversations.ConversationsEndpoints;
import dev.gateway4j.simulator.internal.endpoint.core.CoreEndpoints;
import dev.gateway4j.simulator.internal.endpoint.files.FileEndpoints;
import dev.gateway4j.simulator.internal.endpoint.images.ImageEndpoints;
import dev.gateway4j.simulator.internal.endpoint.moderation.ModerationEndpoints;
import dev.gateway4j.simulator.internal.endpoint.realtime.RealtimeEndpoints;
import dev.gateway4j.simulator.internal.endpoint.responses.ResponsesEndpoints;
import dev.gateway4j.simulator.internal.endpoint.tuning.TuningEndpoints;
import dev.gateway4j.simulator.internal.endpoint.vectors.StoredFileSearch;
import dev.gateway4j.simulator.internal.endpoint.vectors.VectorEndpoints;
import dev.gateway4j.simulator.internal.http.Fallback;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.http.Simulate;

/** The endpoints that are simulated. */
public final class OpenAiRoutes {
    private OpenAiRoutes() {}

    /**
     * All routes, answered with these services. The first group that knows a path answers it.
     *
     * @param services what handlers share
     * @param simulate where an endpoint sends requests of its own; to be used only once the routes are in place
     * @param fallback what answers the rest, and stands around the others
     */
    public static Routes of(Services services, Simulate simulate, Fallback fallback) {
        return Routes.builder()
                .add(new CoreEndpoints(services))
                .add(new ResponsesEndpoints(services, new StoredFileSearch(services), new StruckResponses()))
                .add(new ConversationsEndpoints(services))
                .add(new FileEndpoints(services))
                .add(new BatchEndpoints(services, simulate))
                .add(new VectorEndpoints(services))
                .add(new TuningEndpoints(services))
                .add(new ContainerEndpoints(services))
                .add(new ModerationEndpoints(services))
                .add(new ImageEndpoints(services))
                .add(new AudioEndpoints(services))
                .add(new RealtimeEndpoints(services))
                .fallback(fallback)
                .build();
    }
}
