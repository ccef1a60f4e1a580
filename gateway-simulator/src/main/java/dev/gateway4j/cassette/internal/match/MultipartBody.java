package dev.gateway4j.cassette.internal.match;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Takes a multipart body apart. */
final class MultipartBody {
    private MultipartBody() {}

    /**
     * A part of a body.
     *
     * @param name the name of its field; empty if it says none
     * @param filename the name of its file; empty if it says none
     * @param contentType its type; empty if it says none
     * @param from where its content begins
     * @param to where its content ends
     */
    record Part(String name, String filename, String contentType, int from, int to) {}

    /** The parts in order; empty if the type names no boundary or the body does not keep to it. */
    static List<Part> parts(String contentType, byte[] body) {
        if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return List.of();
        }
        return parameter(contentType, "boundary")
                .filter(boundary -> !boundary.isEmpty())
                .map(boundary -> read(body, ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1)))
                .orElse(List.of());
    }

    private static List<Part> read(byte[] body, byte[] delimiter) {
        List<Part> parts = new ArrayList<>();
        int at = delimiter(body, delimiter, 0);
        while (at >= 0) {
            int head = at + delimiter.length;
            if (starts(body, head, "--")) {
                return List.copyOf(parts);
            }
            head = line(body, head);
            int next = head < 0 ? -1 : delimiter(body, delimiter, head);
            if (next < 0) {
                return List.of(); // it breaks off
            }
            parts.add(part(body, head, lineBefore(body, next)));
            at = next;
        }
        return List.of();
    }

    private static Part part(byte[] body, int from, int to) {
        String disposition = "";
        String type = "";
        int at = from;
        while (at < to) {
            int next = line(body, at);
            int end = next < 0 ? to : Math.min(next, to);
            String header = new String(body, at, end - at, StandardCharsets.UTF_8).strip();
            at = end;
            if (header.isEmpty()) {
                break;
            }
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-disposition:")) {
                disposition = header;
            } else if (lower.startsWith("content-type:")) {
                type = header.substring("content-type:".length()).strip();
            }
        }
        String name = parameter(disposition, "name").orElse("");
        return new Part(name, filename(disposition), type, Math.min(at, to), to);
    }

    private static String filename(String disposition) {
        return parameter(disposition, "filename*")
                .map(value -> Parameters.decoded(value.substring(value.lastIndexOf('\'') + 1), false))
                .or(() -> parameter(disposition, "filename"))
                .orElse("");
    }

    /** Where the next delimiter stands at the beginning of a line; -1 if nowhere. */
    private static int delimiter(byte[] body, byte[] delimiter, int from) {
        for (int i = from; i + delimiter.length <= body.length; i++) {
            if (body[i] == '-' && (i == 0 || body[i - 1] == '\n') && equal(body, i, delimiter)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean equal(byte[] body, int at, byte[] delimiter) {
        for (int i = 0; i < delimiter.length; i++) {
            if (body[at + i] != delimiter[i]) {
                return false;
            }
        }
        int end = at + delimiter.length; // a longer boundary may begin like this one
        return end == body.length || " \t\r\n".indexOf(body[end]) >= 0 || starts(body, end, "--");
    }

    private static boolean starts(byte[] body, int at, String text) {
        return at + text.length() <= body.length
                && text.equals(new String(body, at, text.length(), StandardCharsets.ISO_8859_1));
    }

    /** Where the next line begins; -1 if there is none. */
    private static int line(byte[] body, int from) {
        for (int i = from; i < body.length; i++) {
            if (body[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Where the line before this one ends, without its break. */
    private static int lineBefore(byte[] body, int line) {
        int end = line - 1;
        return end > 0 && body[end - 1] == '\r' ? end - 1 : end;
    }

    /** A parameter of a header, such as {@code boundary}. */
    static Optional<String> parameter(String header, String name) {
        int at = header.indexOf(';');
        while (at >= 0 && at < header.length()) {
            int equals = header.indexOf('=', at);
            if (equals < 0) {
                return Optional.empty();
            }
            String found = header.substring(at + 1, equals).strip();
            StringBuilder value = new StringBuilder();
            at = value(header, equals + 1, value);
            if (found.equalsIgnoreCase(name)) {
                return Optional.of(value.toString());
            }
        }
        return Optional.empty();
    }

    /** Reads a value, quoted or not; answers where the semicolon after it stands, or -1. */
    private static int value(String header, int from, StringBuilder value) {
        int at = from;
        while (at < header.length() && header.charAt(at) == ' ') {
            at++;
        }
        if (at < header.length() && header.charAt(at) == '"') {
            for (at++; at < header.length() && header.charAt(at) != '"'; at++) {
                if (header.charAt(at) == '\\' && at + 1 < header.length()) {
                    at++;
                }
                value.append(header.charAt(at));
            }
            return header.indexOf(';', at);
        }
        int end = header.indexOf(';', at);
        value.append(header.substring(at, end < 0 ? header.length() : end).strip());
        return end;
    }
}
