package dev.gateway4j.simulator.internal.endpoint.images;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.http.Form;
import dev.gateway4j.simulator.internal.media.PictureSize;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.store.Item;
import dev.gateway4j.simulator.internal.store.Shelf;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Finds the pictures that come with a request: as files of a form, as data URLs, as ids of files. A picture on another host cannot be
 * fetched from here and is taken for one of 1024 by 1024.
 */
final class Sources {
    private static final PictureSize UNSEEN = new PictureSize(1024, 1024);
    private static final int MOST = 16;

    private final Shelf files;

    Sources(Shelf files) {
        this.files = files;
    }

    /** The pictures of a form; the mask is not among them, but must be a picture too. */
    static List<Source> of(Form form) {
        List<Source> sources = new ArrayList<>();
        for (Map.Entry<String, Form.Part> file : form.files().entrySet()) {
            String field = file.getKey();
            if (field.startsWith("image")) {
                String param = "image";
                sources.add(source(file.getValue().bytes(), param, sources.size() + 1));
            } else if (field.startsWith("mask")) {
                source(file.getValue().bytes(), "mask", 0);
            }
        }
        if (sources.isEmpty()) {
            throw ErrorKind.MISSING.with("image");
        }
        return bounded(sources, "image");
    }

    /** The pictures of a JSON request. */
    List<Source> of(JsonNode body) {
        JsonNode images = body.path("images");
        if (!images.isArray()) {
            throw ErrorKind.MISSING.with("images");
        }
        if (images.isEmpty()) {
            throw ErrorKind.EMPTY_ARRAY.with("images");
        }
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            sources.add(referred(images.get(i), "images[" + i + "]", i + 1));
        }
        if (body.path("mask").isObject()) {
            referred(body.path("mask"), "mask", 0);
        }
        return bounded(sources, "images");
    }

    private Source referred(JsonNode reference, String path, int number) {
        String url = reference.path("image_url").asText();
        String id = reference.path("file_id").asText();
        if (url.isEmpty() && id.isEmpty()) {
            throw ErrorKind.MISSING.with(path + ".image_url");
        }
        if (!id.isEmpty()) {
            return files.get(id)
                    .map(Item::content)
                    .filter(content -> content.length > 0)
                    .map(content -> source(content, path + ".file_id", number))
                    .orElseGet(() -> new Source(Fingerprint.of("file", id), UNSEEN));
        }
        if (url.startsWith("data:")) {
            return source(decoded(url, path, number), path + ".image_url", number);
        }
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            throw ErrorKind.IMAGE_FILE.with(path + ".image_url", number);
        }
        return new Source(Fingerprint.of("url", url), UNSEEN);
    }

    private static byte[] decoded(String url, String path, int number) {
        int comma = url.indexOf(',');
        try {
            return Base64.getMimeDecoder().decode(url.substring(comma + 1));
        } catch (IllegalArgumentException notBase64) {
            throw ErrorKind.IMAGE_FILE.with(path + ".image_url", number);
        }
    }

    private static Source source(byte[] content, String param, int number) {
        PictureSize size = PictureSize.of(content)
                .filter(told -> told.width() > 0 && told.height() > 0)
                .orElseThrow(() -> ErrorKind.IMAGE_FILE.with(param, number));
        return new Source(Fingerprint.of("image", "", content), size);
    }

    private static List<Source> bounded(List<Source> sources, String param) {
        if (sources.size() > MOST) {
            throw ErrorKind.LONG_ARRAY.with(param, MOST, sources.size());
        }
        return sources;
    }
}
