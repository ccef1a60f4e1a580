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
    /** A known secret may be how another key begins: what follows it goes with it. */
    private static final Pattern KEY = Pattern.compile("(?:sk-|\\[secret:[^]]{0,100}+])[A-Za-z0-9_-]{16,}+");

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

    private static final Set<String> SECRET_PARAMETERS = Set.of(
            "api-key", "key", "access_token", "sig", "x-amz-credential", "x-amz-security-token", "x-amz-signature");
    /** Names whose parameters are credentials whatever their value is. */
    private static final Set<String> CREDENTIALS = Set.of(
            "api-key",
            "api_key",
            "apikey",
            "access_token",
            "sig",
            "signature",
            "x-amz-credential",
            "x-amz-security-token",
            "x-amz-signature",
            "x-goog-credential",
            "x-goog-signature");
    /** Names that may also mean something else, such as the key of an object. */
    private static final Set<String> DOUBTFUL = Set.of("key", "token");

    private static final String SCRUBBED = "scrubbed";
    private static final int SHORTEST_RANDOM = 16;
    private static final String KEY_PROTOCOL = "openai-insecure-api-key.";

    private Redaction() {}

    /** True if the header of this name, in any case, carries a credential. */
    public static boolean isSecretHeader(String name) {
        return SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * This query, without question mark, without the parameters that carry a credential, in any case and escaped or not: {@code api-key},
     * {@code key}, {@code access_token}, and those of signed URLs. The others stand as they were; empty if none is left.
     */
    public static String query(String query) {
        return Arrays.stream(query.split("&", -1))
                .filter(parameter -> !SECRET_PARAMETERS.contains(parameterName(parameter)))
                .collect(Collectors.joining("&"));
    }

    /**
     * This query, without question mark, with {@code scrubbed} for the value of every parameter that carries a credential: those that {@link
     * #query} takes out, and those of other signed URLs. Everything else stands as it was, so that it still shows that a URL is signed.
     *
     * @param upstream true on the host of an upstream, where {@code key} and {@code token} are always credentials; elsewhere they are only
     *     if their value looks drawn at random
     */
    public static String scrubbedQuery(String query, boolean upstream) {
        return Arrays.stream(query.split("&", -1))
                .map(parameter -> isCredential(parameter, upstream) ? scrubbed(parameter) : parameter)
                .collect(Collectors.joining("&"));
    }

    /**
     * This query, without question mark, as far as two of them can be compared: without the parameters that carry a credential, scrubbed or
     * not.
     */
    public static String comparableQuery(String query) {
        return Arrays.stream(query.split("&", -1))
                .filter(parameter -> !isCredential(parameter, false))
                .collect(Collectors.joining("&"));
    }

    /** True unless it is one of the names that mean a credential on some hosts only, with a value that looks like none. */
    public static boolean mayBeCredential(String parameterName, String value) {
        return !DOUBTFUL.contains(parameterName.toLowerCase(Locale.ROOT))
                || value.equals(SCRUBBED)
                || looksRandom(decoded(value))
                || SecretScanner.shared()
                        .find(value.getBytes(StandardCharsets.UTF_8))
                        .isPresent();
    }

    private static boolean isCredential(String parameter, boolean upstream) {
        String name = parameterName(parameter);
        int equals = parameter.indexOf('=');
        return CREDENTIALS.contains(name)
                || (DOUBTFUL.contains(name)
                        && (upstream || mayBeCredential(name, equals < 0 ? "" : parameter.substring(equals + 1))));
    }

    private static String scrubbed(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? parameter : parameter.substring(0, equals + 1) + SCRUBBED;
    }

    private static boolean looksRandom(String value) {
        return value.length() >= SHORTEST_RANDOM
                && value.chars().allMatch(c -> c > ' ' && c < 0x7f)
                && value.chars().anyMatch(Character::isDigit)
                && value.chars().anyMatch(Character::isLetter);
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
        return decoded(equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a percent sign that escapes nothing: not one of ours
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
