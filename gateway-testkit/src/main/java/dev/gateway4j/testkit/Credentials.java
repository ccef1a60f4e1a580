package dev.gateway4j.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a stand-in sees of a credential: that it is there and, where the server knows keys, which of them it is; never the key itself.
 *
 * @param keys the keys the server knows; empty if all are alike
 */
record Credentials(List<String> keys) {
    private static final String ANY = GatewayServer.ANY_KEY;

    /** Where all keys are alike, one that calls itself wrong is meant to be: {@code invalid-key}, {@code sk-bad-0000}. */
    private static final Pattern SAYS_WRONG =
            Pattern.compile("(?i)(?<![a-z0-9])(bad|invalid|wrong|incorrect|revoked)(?![a-z0-9])");

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final int SHOWN_WHOLE = 12;
    private static final int HEAD = 8;
    private static final int TAIL = 4;

    Credentials {
        keys = List.copyOf(keys);
    }

    /** The value of a header that carries a credential, as a stand-in sees it. */
    String safe(String name, String value) {
        if (name.equalsIgnoreCase("authorization")) {
            return key(value).map(key -> BEARER + shown(key)).orElse(ANY);
        }
        return name.equalsIgnoreCase("api-key") ? shown(value.strip()) : ANY;
    }

    /** A key, as a stand-in sees it. */
    String shown(String key) {
        if (keys.isEmpty()) {
            return SAYS_WRONG.matcher(key).find() ? unknown(key) : ANY;
        }
        int index = keys.indexOf(key);
        return index >= 0 ? marker(index) : unknown(key);
    }

    /** What stands for the key with this index. */
    static String marker(int index) {
        return "key-" + (index + 1);
    }

    /** As the errors of OpenAI show it; nobody gets in by sending what stands for a key. */
    private static String unknown(String key) {
        int hidden = key.length() - SHOWN_WHOLE;
        if (hidden > 0) {
            return key.substring(0, HEAD) + "*".repeat(hidden) + key.substring(key.length() - TAIL);
        }
        return key.startsWith("key-") ? "*".repeat(key.length()) : key;
    }

    /** The key of {@code Authorization}; empty if it has none that is well-formed. */
    private static Optional<String> key(String value) {
        if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(value.substring(BEARER.length()).strip()).filter(key -> !key.isEmpty());
        }
        if (!value.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            byte[] pair =
                    Base64.getDecoder().decode(value.substring(BASIC.length()).strip());
            String text = new String(pair, StandardCharsets.UTF_8);
            return Optional.of(text.substring(text.indexOf(':') + 1)).filter(key -> !key.isEmpty());
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
