package dev.gateway4j.cassette.internal.match;

import java.util.List;
import java.util.Optional;

/**
 * Where a request goes, without the host.
 *
 * @param path the path, with {@code *} for the deployment if it names one
 * @param deployment the deployment of Azure it names
 * @param query the parameters that count
 */
record Target(String path, Optional<String> deployment, List<Parameters.Parameter> query) {
    private static final String DEPLOYMENTS = "/openai/deployments/";
    private static final String CURRENT = "/openai/v1/";

    static Target of(String rawPath, String rawQuery) {
        String path = plain(rawPath);
        List<Parameters.Parameter> query = Parameters.ofQuery(rawQuery);
        int from = path.indexOf(DEPLOYMENTS) + DEPLOYMENTS.length();
        int to = path.indexOf('/', from);
        if (from < DEPLOYMENTS.length() || to <= from) {
            return new Target(path, Optional.empty(), query);
        }
        Optional<String> deployment = Optional.of(Parameters.decoded(path.substring(from, to), false));
        return new Target(path.substring(0, from) + "*" + path.substring(to), deployment, query);
    }

    /** True if the path of a request names a deployment, wherever it stands. */
    static boolean namesDeployment(String path) {
        int from = path.indexOf(DEPLOYMENTS) + DEPLOYMENTS.length();
        return from >= DEPLOYMENTS.length() && path.indexOf('/', from) > from;
    }

    /** The path that means the same for OpenAI itself; the deployment stays to be looked at. */
    Target asOpenAi() {
        int deployments = path.indexOf(DEPLOYMENTS);
        if (deployment.isPresent()) {
            String rest = path.substring(deployments + DEPLOYMENTS.length() + 1);
            return new Target(path.substring(0, deployments) + "/v1" + rest, deployment, query);
        }
        int current = path.indexOf(CURRENT);
        return current < 0
                ? this
                : new Target(
                        path.substring(0, current) + path.substring(current + "/openai".length()), deployment, query);
    }

    /** The path as it was, as far as it matters. */
    String shown() {
        return deployment
                .filter(name -> path.contains(DEPLOYMENTS + "*"))
                .map(name -> path.replace(DEPLOYMENTS + "*", DEPLOYMENTS + name))
                .orElse(path);
    }

    /** A path in which nothing is escaped that need not be, and the rest in capitals. */
    private static String plain(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder plain = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            int code = Parameters.escaped(path, i);
            if (code < 0) {
                plain.append(path.charAt(i));
            } else {
                boolean unreserved = (code < 0x80 && Character.isLetterOrDigit(code)) || "-._~".indexOf(code) >= 0;
                if (unreserved) {
                    plain.append((char) code);
                } else {
                    plain.append('%')
                            .append(Integer.toHexString(0x100 | code)
                                    .substring(1)
                                    .toUpperCase(java.util.Locale.ROOT));
                }
                i += 2;
            }
        }
        return plain.toString();
    }
}
