package dev.gateway4j.simulator.internal.endpoint.realtime;

import dev.gateway4j.simulator.internal.chance.Fingerprint;
import java.util.Base64;
import java.util.Locale;

/** What a client has said since its last turn: how long it is and what tells it from others, not the sound itself. */
final class SoundBuffer {
    private static final int BYTES_PER_MILLI = 48;
    private static final double SHORTEST_MILLIS = 100;

    private long bytes;
    private String content = "";

    void append(String base64) {
        byte[] more;
        try {
            more = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new EventError(
                    "invalid_value",
                    "audio",
                    "Invalid 'audio'. Expected base64-encoded audio bytes in the session's format.");
        }
        bytes += more.length;
        content = Fingerprint.of("sound", content, more).toString();
    }

    /** Empties the buffer and tells what its content was, if it was long enough. */
    String commit() {
        double millis = (double) bytes / BYTES_PER_MILLI;
        if (millis < SHORTEST_MILLIS) {
            throw new EventError(
                    "input_audio_buffer_commit_empty",
                    "",
                    String.format(
                            Locale.ROOT,
                            "Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer"
                                    + " only has %.2fms of audio.",
                            millis));
        }
        String committed = content;
        clear();
        return committed;
    }

    /** Seconds in the buffer. */
    double seconds() {
        return (double) bytes / BYTES_PER_MILLI / 1000;
    }

    void clear() {
        bytes = 0;
        content = "";
    }
}
