package dev.gateway4j.cassette;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.internal.record.FileRecorder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Records exchanges into cassettes. The name comes from the tag of a call, from its header {@code X-Cassette-Name} or from the settings; a
 * call without one is refused.
 *
 * <p>An exchange is saved when it ends, before {@link dev.gateway4j.api.spi.Recorder.Recording#end} returns: scrubbed, looked through for
 * secrets that are left, and moved into place in one step, so that whatever goes wrong, the file is as it was before. Exchanges of one
 * cassette stand in the order in which they were opened, also if they end in another. An answer of more than 64 MB is not recorded; that
 * fails loudly, but only when all of it has been delivered.
 *
 * <p>Saving an exchange copies the file and waits for the disk, so its cost grows with the cassette: rather record many short ones than one
 * of hundreds of megabytes.
 *
 * <p>A cassette is locked from its first use until the recorder is closed and its last exchange has ended: another process that wants to
 * record it is refused, another recorder of this process adds to it. Of more than 256 cassettes, the one unused for longest is unlocked
 * before; what this recorder saved into it stays. Thread-safe.
 */
public final class CassetteRecorder implements Recorder {
    private final FileRecorder files;

    private CassetteRecorder(FileRecorder files) {
        this.files = files;
    }

    /**
     * The recorder of a gateway. In mode replay it adds to cassettes what they lack; in any other it replaces each one with the first
     * exchange it saves into it.
     */
    public static CassetteRecorder create(StandInContext context) {
        GatewayConfig config = context.config();
        return new CassetteRecorder(
                config.mode() == Mode.REPLAY
                        ? FileRecorder.adding(config.cassettes(), context.time())
                        : FileRecorder.replacing(config.cassettes(), context.time()));
    }

    /**
     * A recorder without a gateway that replaces cassettes in this directory. It reads no environment variables: of secrets, it knows those that were
     * made with {@link dev.gateway4j.api.Secret} in this process, and what looks like one.
     */
    public static CassetteRecorder replacing(Path directory, TimeSource time) {
        return new CassetteRecorder(FileRecorder.replacing(in(directory), time));
    }

    /**
     * A recorder without a gateway that adds to cassettes in this directory. It reads no environment variables: of secrets, it knows those that were
     * made with {@link dev.gateway4j.api.Secret} in this process, and what looks like one.
     */
    public static CassetteRecorder addingTo(Path directory, TimeSource time) {
        return new CassetteRecorder(FileRecorder.adding(in(directory), time));
    }

    private static CassetteConfig in(Path directory) {
        return CassetteConfig.in(directory.toAbsolutePath().toString());
    }

    /** Why the exchange could not be saved; from the first use of its cassette on, the file is locked. */
    @Override
    public Optional<Refusal> objection(WireRequest request) {
        return files.objection(request);
    }

    /**
     * Begins the record of one attempt.
     *
     * @throws CassetteException if there is an objection to it
     */
    @Override
    public Recording open(WireRequest request) {
        return files.open(request);
    }

    @Override
    public void close() {
        files.close();
    }

    @Override
    public String toString() {
        return "CassetteRecorder[" + files + "]";
    }
}
