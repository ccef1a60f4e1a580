package dev.gateway4j.cassette.internal.match;

import dev.gateway4j.api.openai.Redaction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The parameters of a query or of a form: sorted by name; those of one name keep their order. */
final class Parameters {
    private static final String API_VERSION = "api-version";

    /** Names under which URLs are signed: their values are not shown. */
    private static final Set<String> SECRET = Set.of(
            "access_token",
            "client_secret",
            "code",
            "password",
            "sig",
            "signature",
            "token",
            "x-amz-credential",
            "x-amz-security-token",
            "x-amz-signature",
            "x-goog-credential",
            "x-goog-signature");

    private Parameters() {}

    /**
     * One of them.
     *
     * @param name its name, decoded
     * @param value its value, decoded; empty if it has none
     */
    record Parameter(String name, String value) {}

    /** Those of a query that count: neither credentials nor Azure's version of the API. */
    static List<Parameter> ofQuery(String query) {
        if (query.isEmpty()) {
            return List.of();
        }
        List<Parameter> parameters = new ArrayList<>(ofForm(Redaction.comparableQuery(query)));
        parameters.removeIf(parameter -> parameter.name().equalsIgnoreCase(API_VERSION));
        return List.copyOf(parameters);
    }

    /** All of a form. */
    static List<Parameter> ofForm(String form) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : form.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.add(new Parameter(decoded(name, true), decoded(value, true)));
            }
        }
        parameters.sort(Comparator.comparing(Parameter::name));
        return List.copyOf(parameters);
    }

    static List<String> values(List<Parameter> parameters, String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    static boolean secret(String name) {
        return SECRET.contains(name.toLowerCase(Locale.ROOT));
    }

    static long hash(List<Parameter> parameters) {
        long hash = 0;
        for (Parameter parameter : parameters) {
            hash = Hash.of(hash, Hash.of(Hash.of(parameter.name()), Hash.of(parameter.value())));
        }
        return hash;
    }

    /** The text without its escapes; what escapes nothing stays as it is. */
    static String decoded(String text, boolean plusIsBlank) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int code = escaped(latin, i);
            if (code >= 0) {
                decoded.write(code);
                i += 2;
            } else {
                decoded.write(bytes[i] == '+' && plusIsBlank ? ' ' : bytes[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /** The byte that is escaped at this place; -1 if none is. */
    static int escaped(String text, int at) {
        if (text.charAt(at) != '%' || at + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }
}
