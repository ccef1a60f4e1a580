package dev.gateway4j.simulator.internal.media;

/**
 * How sound is written down. WAV, PCM and FLAC hold the tones of {@link Voice}; the other formats hold valid frames of silence of the same
 * length, since their codecs are not here.
 */
public enum SoundFormat {
    /** MPEG-2 Layer III, silent. */
    MP3("mp3", "audio/mpeg") {
        @Override
        public byte[] bytes(byte[] samples, String mark) {
            return SilentMp3.bytes(samples.length / 2, mark);
        }
    },
    /** Opus in Ogg, silent. */
    OPUS("opus", "audio/opus") {
        @Override
        public byte[] bytes(byte[] samples, String mark) {
            return SilentOpus.bytes(samples.length / 2, mark);
        }
    },
    /** AAC in ADTS frames, silent. */
    AAC("aac", "audio/aac") {
        @Override
        public byte[] bytes(byte[] samples, String mark) {
            return SilentAac.bytes(samples.length / 2, mark);
        }
    },
    /** FLAC, uncompressed. */
    FLAC("flac", "audio/flac") {
        @Override
        public byte[] bytes(byte[] samples, String mark) {
            return Flac.bytes(samples);
        }
    },
    /** WAV. */
    WAV("wav", "audio/wav") {
        @Override
        public byte[] bytes(byte[] samples, String mark) {
            return Wav.bytes(samples);
        }
    },
    /** The samples alone. */
    PCM("pcm", "audio/pcm") {
        @Override
        public byte[] bytes(byte[] samples, String mark) {
            return samples;
        }
    };

    private final String id;
    private final String contentType;

    SoundFormat(String id, String contentType) {
        this.id = id;
        this.contentType = contentType;
    }

    /** The format of this name; MP3 for any other. */
    public static SoundFormat of(String id) {
        for (SoundFormat format : values()) {
            if (format.id.equals(id)) {
                return format;
            }
        }
        return MP3;
    }

    /** Its name on the wire. */
    public String id() {
        return id;
    }

    /** Its media type. */
    public String contentType() {
        return contentType;
    }

    /**
     * The file.
     *
     * @param samples the samples, as {@link Voice} makes them
     * @param mark a short text that tells silent files of one length apart; kept where a format keeps remarks
     */
    public abstract byte[] bytes(byte[] samples, String mark);
}
