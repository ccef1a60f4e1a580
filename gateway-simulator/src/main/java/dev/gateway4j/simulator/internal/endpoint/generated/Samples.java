package dev.gateway4j.simulator.internal.endpoint.generated;

import dev.gateway4j.simulator.internal.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The smallest files of their kinds that programs can open. */
final class Samples {
    private static final int RATE = 24_000;
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
    private static final String WEBP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";
    private static final String SDP = """
            v=0\r
            o=- 0 0 IN IP4 127.0.0.1\r
            s=-\r
            t=0 0\r
            """;

    private Samples() {}

    /** A file of this media type. */
    static byte[] of(String type) {
        return switch (type) {
            case "image/png" -> Base64.getDecoder().decode(PNG);
            case "image/webp" -> Base64.getDecoder().decode(WEBP);
            case "application/zip" -> zip();
            case "application/sdp" -> Json.bytes(SDP);
            case "video/mp4" -> mp4();
            case "application/octet-stream", "audio/wav", "audio/mpeg" -> wav();
            default -> Json.bytes("generated\n");
        };
    }

    /** A tenth of a second of silence. */
    private static byte[] wav() {
        int data = RATE / 10 * 2;
        ByteBuffer wav = ByteBuffer.allocate(44 + data).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(36 + data).put(ascii("WAVEfmt ")).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * 2);
        wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(data);
        return wav.array();
    }

    private static byte[] mp4() {
        ByteBuffer mp4 = ByteBuffer.allocate(32);
        mp4.putInt(24).put(ascii("ftypisom")).putInt(512).put(ascii("isommp42"));
        mp4.putInt(8).put(ascii("mdat"));
        return mp4.array();
    }

    private static byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("SKILL.md");
            entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0)); // any other setter depends on the time zone
            zip.putNextEntry(entry);
            zip.write(ascii("---\nname: generated\ndescription: generated\n---\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
