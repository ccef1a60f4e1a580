package dev.gateway4j.simulator.internal.endpoint.audio;

import dev.gateway4j.simulator.internal.http.Endpoints;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.request.SpeechRequest;
import dev.gateway4j.simulator.internal.request.TranscriptionRequest;

/** Speech, transcripts and translations. */
public final class AudioEndpoints implements Endpoints {
    private final Services services;

    /** Answers with these services. */
    public AudioEndpoints(Services services) {
        this.services = services;
    }

    @Override
    public void addTo(Routes.Builder routes) {
        Spoken spoken = new Spoken(services.state().shelf("speech"));
        TranscriptionHandler transcripts = new TranscriptionHandler(services, spoken);
        routes.add("POST", SpeechRequest.ENDPOINT, new SpeechHandler(services, spoken))
                .add("POST", TranscriptionRequest.ENDPOINT, transcripts::transcribe)
                .add("POST", TranscriptionRequest.TRANSLATIONS, transcripts::translate);
    }
}
