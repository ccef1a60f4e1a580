package dev.gateway4j.simulator.internal.endpoint.tuning;

import dev.gateway4j.simulator.internal.endpoint.files.FileStore;
import dev.gateway4j.simulator.internal.http.Services;
import java.util.List;

/** The models that fine-tuning jobs have made. Thread-safe. */
public final class TunedModels {
    private final Jobs jobs;

    /** Those of the jobs these services remember. */
    public TunedModels(Services services) {
        this.jobs = new Jobs(services, new FileStore(services));
    }

    /** True if a job has made the model of this name, be it on its way to another. */
    public boolean contains(String name) {
        return jobs.knowsModel(name);
    }

    /** The names of the models that were made, oldest first. */
    public List<String> names() {
        return jobs.kept().all().stream()
                .map(job -> job.json().path("fine_tuned_model"))
                .filter(name -> name.isTextual())
                .map(name -> name.asText())
                .toList();
    }
}
