package dev.gateway4j.api.config;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.SecretScanner;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Environment variables that hold secrets by the look of their names. Where cassettes are recorded or replayed they are made known to the {@link
 * SecretScanner}, so that nothing of them is ever saved: an application may well put one into a prompt or a URL.
 */
final class KeyLikeVariables {
    private static final Set<String> WORDS = Set.of("KEY", "KEYS", "PAT", "AUTH", "PWD");
    private static final List<String> ENDINGS = List.of(
            "APIKEY",
            "ACCESSKEY",
            "SECRETKEY",
            "TOKEN",
            "SECRET",
            "PASSWORD",
            "PASSWD",
            "PASSPHRASE",
            "CREDENTIAL",
            "TOKENS",
            "SECRETS",
            "PASSWORDS",
            "CREDENTIALS");
    /** What begins or ends the name of a variable that says something about a secret: TOKEN_TYPE, KEY_FILE, MAX_TOKENS. */
    private static final Set<String> ABOUT = Set.of(
            "TYPE",
            "KIND",
            "LIMIT",
            "LIMITS",
            "URL",
            "URI",
            "FILE",
            "PATH",
            "DIR",
            "NAME",
            "ID",
            "HOST",
            "SOCK",
            "MODE",
            "METHOD",
            "PROVIDER",
            "ALGORITHM",
            "COUNT",
            "SIZE",
            "LENGTH",
            "TTL",
            "MAX",
            "MIN",
            "NUM");
    /** Values that would be looked for in every text and are nobody's secret. */
    private static final Set<String> ORDINARY =
            Set.of("disabled", "required", "optional", "anonymous", "production", "development", "password");

    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 4096;

    private KeyLikeVariables() {}

    static void register(Layers layers) {
        for (String name : layers.variableNames()) {
            layers.variable(name)
                    .filter(value -> isSecret(name, value))
                    .ifPresent(value -> Secret.of("env " + name, value)); // registers itself
        }
    }

    static boolean isSecret(String name, String value) {
        List<String> words = List.of(name.toUpperCase(Locale.ROOT).split("[_.-]+"));
        boolean named = words.size() > 1 || !words.contains("PWD");
        return named
                && words.stream().anyMatch(KeyLikeVariables::isKeyLike)
                && isVisible(value)
                && !ORDINARY.contains(value.toLowerCase(Locale.ROOT))
                && !(isAbout(words) && isPlain(value));
    }

    private static boolean isKeyLike(String word) {
        return WORDS.contains(word) || ENDINGS.stream().anyMatch(word::endsWith);
    }

    private static boolean isAbout(List<String> words) {
        return !words.isEmpty() && (ABOUT.contains(words.get(0)) || ABOUT.contains(words.get(words.size() - 1)));
    }

    private static boolean isVisible(String value) {
        return value.length() >= MIN_LENGTH
                && value.length() <= MAX_LENGTH
                && value.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    /** Words, a number, a path, or a URL without a user and without parameters. */
    private static boolean isPlain(String value) {
        return consistsOf(value, true, false, "-_.")
                || consistsOf(value, false, true, "-+.:")
                || (isPathLike(value) && consistsOf(value, true, true, "~/\\:._@-"))
                || (value.contains("://") && value.chars().noneMatch(c -> c == '@' || c == '?' || c == '#'));
    }

    private static boolean isPathLike(String value) {
        boolean drive = value.charAt(1) == ':' && Character.isLetter(value.charAt(0));
        return drive
                || value.startsWith("/")
                || value.startsWith("~/")
                || value.startsWith("./")
                || value.startsWith("../");
    }

    private static boolean consistsOf(String value, boolean letters, boolean digits, String others) {
        return value.chars()
                .allMatch(c ->
                        others.indexOf(c) >= 0 || (Character.isDigit(c) ? digits : letters && Character.isLetter(c)));
    }
}
