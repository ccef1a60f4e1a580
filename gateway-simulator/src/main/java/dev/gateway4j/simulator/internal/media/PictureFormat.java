package dev.gateway4j.simulator.internal.media;

/** How a picture is written down. */
public enum PictureFormat {
    /** Indexed PNG with the whole pattern. */
    PNG("png") {
        @Override
        public byte[] bytes(Picture picture) {
            return Png.bytes(picture);
        }
    },
    /** Baseline JPEG with the whole pattern. */
    JPEG("jpeg") {
        @Override
        public byte[] bytes(Picture picture) {
            return Jpeg.bytes(picture);
        }
    },
    /** Lossless WebP in the main colour of the picture alone. */
    WEBP("webp") {
        @Override
        public byte[] bytes(Picture picture) {
            return WebP.bytes(picture);
        }
    };

    private final String id;

    PictureFormat(String id) {
        this.id = id;
    }

    /** The format of this name; PNG for any other. */
    public static PictureFormat of(String id) {
        for (PictureFormat format : values()) {
            if (format.id.equals(id)) {
                return format;
            }
        }
        return PNG;
    }

    /** Its name on the wire. */
    public String id() {
        return id;
    }

    /** The file. */
    public abstract byte[] bytes(Picture picture);
}
