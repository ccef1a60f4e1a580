package dev.gateway4j.cassette.internal.scrub;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Bytes that were compressed. */
final class Zips {
    private static final int MOST = 64 << 20;

    private Zips() {}

    /** True if they begin as gzip does. */
    static boolean isGzip(byte[] bytes) {
        return bytes.length > 3 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b && bytes[2] == 8;
    }

    /** What they stand for; empty if they are not gzip, broken, cut short, or would grow beyond 64 MB. */
    static Optional<byte[]> unzipped(byte[] bytes) {
        if (!isGzip(bytes)) {
            return Optional.empty();
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return read(in);
        } catch (IOException e) {
            return Optional.empty(); // then they are any bytes
        }
    }

    /** The same bytes in the same form, whenever it is done. */
    static byte[] zipped(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** What they stand for under {@code deflate}, with the header of zlib or without it; empty as for gzip. */
    static Optional<byte[]> inflated(byte[] bytes) {
        return inflated(bytes, false).or(() -> inflated(bytes, true));
    }

    /** The same bytes in the form of others. */
    static byte[] deflated(byte[] bytes, byte[] like) {
        Deflater deflater =
                new Deflater(Deflater.DEFAULT_COMPRESSION, inflated(like, false).isEmpty());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new DeflaterOutputStream(out, deflater)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    private static Optional<byte[]> inflated(byte[] bytes, boolean raw) {
        Inflater inflater = new Inflater(raw);
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes), inflater)) {
            Optional<byte[]> out = read(in);
            return inflater.finished() && inflater.getRemaining() == 0 ? out : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    private static Optional<byte[]> read(InputStream in) throws IOException {
        byte[] out = in.readNBytes(MOST + 1);
        return out.length > MOST ? Optional.empty() : Optional.of(out);
    }
}
