package dev.gateway4j.api.openai;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the OpenAI endpoint in the path of a URL, whatever the upstream puts in front of it. */
public final class Endpoint {
    private static final String V1 = "/v1";
    private static final String AZURE = "/openai";
    private static final String DEPLOYMENTS = "/openai/deployments/";

    private Endpoint() {}

    /**
     * The endpoint of a path, such as {@code /v1/chat/completions}: from {@code /v1/chat/completions} itself, {@code /chat/completions}, or
     * Azure's {@code /openai/deployments/NAME/chat/completions}, {@code /openai/v1/chat/completions} and {@code
     * /openai/chat/completions}. Slashes at the end are dropped.
     */
    public static String of(String path) {
        String trimmed = withoutTrailingSlash(path);
        if (startsWith(trimmed, V1)) {
            return trimmed;
        }
        if (startsWith(trimmed, AZURE)) {
            return ofAzure(trimmed);
        }
        return trimmed.isEmpty() || trimmed.equals("/") ? "/" : V1 + trimmed;
    }

    /**
     * The endpoint of a path below an upstream's base path: with the base {@code /api/v1}, {@code /api/v1/models} is {@code /v1/models}.
     * A path that does not lie below the base is taken as it is.
     */
    public static String of(String path, String basePath) {
        String base = withoutTrailingSlash(basePath);
        if (base.length() <= 1 || base.equals(V1) || !startsWith(path, base)) {
            return of(path);
        }
        return of(path.substring(base.length()));
    }

    /** The name of Azure's deployment in the path, decoded; empty if there is none. */
    public static Optional<String> deployment(String path) {
        int at = path.indexOf(DEPLOYMENTS);
        if (at < 0) {
            return Optional.empty();
        }
        int from = at + DEPLOYMENTS.length();
        int slash = path.indexOf('/', from);
        String name = path.substring(from, slash < 0 ? path.length() : slash);
        return name.isEmpty() ? Optional.empty() : Optional.of(decoded(name));
    }

    private static String ofAzure(String path) {
        if (startsWith(path, "/openai/v1")) {
            return path.substring(AZURE.length());
        }
        if (path.startsWith(DEPLOYMENTS)) {
            int slash = path.indexOf('/', DEPLOYMENTS.length());
            if (slash >= 0) {
                return V1 + path.substring(slash);
            }
        }
        return V1 + path.substring(AZURE.length());
    }

    /** True if the path is the prefix or goes on with a slash after it. */
    private static boolean startsWith(String path, String prefix) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    private static String withoutTrailingSlash(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return end == path.length() ? path : path.substring(0, end);
    }

    private static String decoded(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name; // a percent sign that escapes nothing stands for itself
        }
    }
}
