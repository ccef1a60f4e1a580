package dev.gateway4j.okhttp.internal.cache.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a question by their places, to compare them with another's. */
final class Listing implements Sink {
    private final Map<String, List<String>> parts = new LinkedHashMap<>();
    private final Map<String, byte[]> members = new LinkedHashMap<>();

    /** The parts that are not in the body. */
    Map<String, List<String>> parts() {
        return parts;
    }

    /** The members of the body, by the beginning of their pointers. */
    Map<String, byte[]> members() {
        return members;
    }

    @Override
    public void part(Part part, @Nullable String value) {
        if (value != null) {
            parts.put(part.word(), List.of(value));
        }
    }

    @Override
    public void named(Part part, String name, String value) {
        parts.computeIfAbsent(part.word() + " " + name, place -> new ArrayList<>())
                .add(value);
    }

    @Override
    public void member(byte[] names, int nameStart, int nameEnd, byte[] values, int start, int end) {
        byte[] value = new byte[end - start];
        System.arraycopy(values, start, value, 0, value.length);
        members.put(pointer(names, nameStart, nameEnd), value);
    }

    /** A step of a JSON pointer to a member whose name begins behind this quote. */
    static String pointer(byte[] bytes, int nameStart, int nameEnd) {
        String raw = new String(bytes, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
        String name = raw.indexOf('\\') < 0 ? raw : Walk.text(bytes, nameStart - 1);
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
