package dev.gateway4j.cassette.internal.record;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Unpacks a body, within bounds. */
final class Gunzip {
    private Gunzip() {}

    /**
     * What was packed; empty if the bytes are broken or unpack to more than {@code limit}.
     *
     * @param brokenOff whether the body is known to lack its end; then what there is of it counts
     */
    static Optional<byte[]> unpack(byte[] packed, int limit, boolean brokenOff) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(32, Math.min(limit, 4 * packed.length)));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] block = new byte[8192];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                if (out.size() + read > limit) {
                    return Optional.empty();
                }
                out.write(block, 0, read);
            }
            return Optional.of(out.toByteArray());
        } catch (EOFException e) {
            return brokenOff ? Optional.of(out.toByteArray()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
