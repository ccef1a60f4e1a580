package dev.gateway4j.testkit;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.CassetteRecorder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every cassette that one run of tests records, held until the run has ended: each test has a recorder of its own, and a recorder adds to a
 * cassette that somebody holds. So the first test of a name replaces what an earlier run recorded, and later ones add. Thread-safe.
 */
final class RunRecordings implements AutoCloseable {
    private final Map<Place, Recorder> holders = new ConcurrentHashMap<>();

    /** The recorder of one test. */
    Recorder recorder(StandInContext context) {
        CassetteConfig settings = context.config().cassettes();
        Place place = new Place(settings.directory(), settings.name());
        return new Joining(place, context, CassetteRecorder.create(context));
    }

    @Override
    public void close() {
        holders.values().forEach(Recorder::close);
        holders.clear();
    }

    /** Where recordings go that name no cassette themselves. */
    private record Place(String directory, Optional<String> name) {}

    /** Has the run hold a cassette before the test's own recorder uses it. */
    private final class Joining implements Recorder {
        private final Place place;
        private final StandInContext context;
        private final Recorder own;

        Joining(Place place, StandInContext context, Recorder own) {
            this.place = place;
            this.context = context;
            this.own = own;
        }

        @Override
        public Optional<Refusal> objection(WireRequest request) {
            Recorder holder = holders.computeIfAbsent(place, any -> CassetteRecorder.create(context));
            return holder.objection(request).or(() -> own.objection(request));
        }

        @Override
        public Recording open(WireRequest request) {
            return own.open(request);
        }

        @Override
        public void close() {
            own.close();
        }
    }
}
