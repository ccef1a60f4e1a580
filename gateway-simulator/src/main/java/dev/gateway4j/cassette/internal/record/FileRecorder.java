package dev.gateway4j.cassette.internal.record;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.SecretScanner;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.internal.scrub.Scrubber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records into the files of one directory. A cassette is locked from its first use until this is closed, or until many others were used since;
 * then what this run has put into it stays, and later exchanges are added. Thread-safe.
 */
public final class FileRecorder implements Recorder {
    private static final String CLASSPATH = "classpath:";

    private final CassetteConfig settings;
    private final Tapes.Existing existing;
    private final TimeSource time;
    private final Means means;
    private final Scrubber scrubber;
    private final Failures failures = new Failures();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Tapes.Hold> holds = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<String> begun = new HashSet<>();
    private boolean closed;

    FileRecorder(CassetteConfig settings, Tapes.Existing existing, TimeSource time, Means means) {
        this.settings = settings;
        this.existing = existing;
        this.time = time;
        this.means = means;
        this.scrubber = Scrubber.of(settings.scrub());
    }

    /** A recorder that replaces a cassette with the first exchange it saves into it. */
    public static FileRecorder replacing(CassetteConfig settings, TimeSource time) {
        return new FileRecorder(settings, Tapes.Existing.REPLACE, time, Means.REAL);
    }

    /** A recorder that keeps what a cassette holds and adds to it. */
    public static FileRecorder adding(CassetteConfig settings, TimeSource time) {
        return new FileRecorder(settings, Tapes.Existing.KEEP, time, Means.REAL);
    }

    @Override
    public Optional<Refusal> objection(WireRequest request) {
        try {
            hold(name(request));
            return Optional.empty();
        } catch (CassetteException e) {
            return Optional.of(Refusal.of(RefusalReason.INVALID_REQUEST, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public Recording open(WireRequest request) {
        String name = name(request);
        lock.lock();
        try {
            return new Take(this, name, request, hold(name).share());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            holds.values().forEach(Tapes.Hold::close);
            holds.clear();
        } finally {
            lock.unlock();
        }
        failures.tell();
    }

    private String name(WireRequest request) {
        String name = request.tags()
                .cassette()
                .or(settings::name)
                .orElseThrow(() -> new CassetteException("Recording needs the name of a cassette, and "
                        + request.method() + " " + SecretScanner.shared().scrub(request.endpoint())
                        + " has none. Send it in the header X-Cassette-Name, tag the call with"
                        + " CallTags.none().withCassette(\"NAME\"), or set openai.cassettes.name."));
        if (SecretScanner.shared().find(name.getBytes(StandardCharsets.UTF_8)).isPresent()) {
            throw new CassetteException("The name of the cassette contains a secret. Use another name.");
        }
        CassetteConfig.objectionToName(name).ifPresent(objection -> {
            throw new CassetteException("The cassette name \"" + Redaction.text(name) + "\" " + objection + ".");
        });
        return name;
    }

    private Tapes.Hold hold(String name) {
        lock.lock();
        try {
            if (closed) {
                throw new CassetteException("Cassette \"" + name + "\" cannot be recorded: the gateway is closed.");
            }
            Tapes.Hold held = holds.get(name);
            if (held == null) {
                held = firstHold(name);
                holds.put(name, held);
                releaseLongUnused();
            }
            return held;
        } finally {
            lock.unlock();
        }
    }

    /** Each one takes an open file. An exchange under way has a hold of its own. */
    private void releaseLongUnused() {
        if (holds.size() > means.maxOpen()) {
            Iterator<Tapes.Hold> longestUnused = holds.values().iterator();
            longestUnused.next().close();
            longestUnused.remove();
        }
    }

    /** From now on, this run only adds to the cassette. */
    void begun(String name) {
        lock.lock();
        try {
            begun.add(name);
        } finally {
            lock.unlock();
        }
    }

    private Tapes.Hold firstHold(String name) {
        String failed = "Cassette \"" + name + "\" cannot be recorded: ";
        if (settings.directory().startsWith(CLASSPATH)) {
            throw new CassetteException(failed + settings.directory()
                    + " can only be read. Set openai.cassettes.directory to a directory.");
        }
        try {
            return Tapes.hold(
                    Path.of(settings.directory()),
                    name,
                    begun.contains(name) ? Tapes.Existing.KEEP : existing,
                    means.disk());
        } catch (CassetteException e) {
            throw new CassetteException(failed + e.getMessage(), e);
        }
    }

    TimeSource time() {
        return time;
    }

    Means means() {
        return means;
    }

    Scrubber scrubber() {
        return scrubber;
    }

    Failures failures() {
        return failures;
    }

    boolean savesEveryAttempt() {
        return settings.attempts() == CassetteConfig.Attempts.ALL;
    }

    @Override
    public String toString() {
        return "FileRecorder[" + settings.directory() + ", " + existing + "]";
    }
}
