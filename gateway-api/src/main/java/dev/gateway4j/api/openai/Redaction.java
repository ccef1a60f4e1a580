package dev.gateway4j.api.openai;

import dev.gateway4j.api.SecretScanner;
import dev.gateway4j.api.WireHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes secrets out of what is about to be shown or saved: known ones by their value, unknown ones by their looks or their header. */
public final class Redaction {
    private static final int MAX_TEXT = 1000;
    private static final String REDACTED = "[redacted]";
    private static final Pattern KEY = Pattern.compile("sk-[A-Za-z0-9_-]{16,}+");
    private static final Set<String> SECRET_HEADERS = Set.of(
            "authorization",
            "proxy-authorization",
            "api-key",
            "x-api-key",
            "x-goog-api-key",
            "ocp-apim-subscription-key",
            "cookie",
            "set-cookie",
            "x-amz-security-token");

    private static final Set<String> SECRET_PARAMETERS = Set.of("api-key", "key");
    private static final String KEY_PROTOCOL = "openai-insecure-api-key.";

    private Redaction() {}

    /** True if the header of this name, in any case, carries a credential. */
    public static boolean isSecretHeader(String name) {
        return SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * This query, without question mark, without the parameters {@code api-key} and {@code key}, in any case and escaped or not. The others
     * stand as they were; empty if none is left.
     */
    public static String query(String query) {
        return Arrays.stream(query.split("&", -1))
                .filter(parameter -> !SECRET_PARAMETERS.contains(parameterName(parameter)))
                .collect(Collectors.joining("&"));
    }

    /**
     * The value of {@code Sec-WebSocket-Protocol} without the protocols {@code openai-insecure-api-key.KEY}, in which browsers send a key;
     * empty if no other is left.
     */
    public static String protocols(String offered) {
        return Arrays.stream(offered.split(",", -1))
                .map(String::strip)
                .filter(protocol -> !protocol.regionMatches(true, 0, KEY_PROTOCOL, 0, KEY_PROTOCOL.length()))
                .collect(Collectors.joining(", "));
    }

    private static String parameterName(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return name; // a percent sign that escapes nothing: not one of ours
        }
    }

    /** These headers with {@code [redacted]} for every credential, and without any known secret elsewhere. */
    public static WireHeaders headers(WireHeaders headers) {
        WireHeaders.Builder clean = WireHeaders.builder();
        for (Map.Entry<String, String> header : headers.entries()) {
            boolean secret = isSecretHeader(header.getKey());
            String value = secret ? REDACTED : SecretScanner.shared().scrub(header.getValue());
            clean.add(header.getKey(), value);
        }
        return clean.build();
    }

    /**
     * Text without known secrets and with {@code [key]} for whatever looks like a key of OpenAI, at most 1000 characters long; a longer
     * one ends in an ellipsis.
     */
    public static String text(String text) {
        String clean = KEY.matcher(SecretScanner.shared().scrub(text)).replaceAll("[key]");
        if (clean.length() <= MAX_TEXT) {
            return clean;
        }
        int end = MAX_TEXT - 1;
        if (Character.isHighSurrogate(clean.charAt(end - 1))) {
            end--;
        }
        return clean.substring(0, end) + "…";
    }
}
