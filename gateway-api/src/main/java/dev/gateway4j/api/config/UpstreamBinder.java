package dev.gateway4j.api.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes upstreams of the checked {@code upstreams} section. */
final class UpstreamBinder {
    private final Problems problems;

    UpstreamBinder(Problems problems) {
        this.problems = problems;
    }

    Map<String, Upstream> upstreams(Tree.Section section) {
        Map<String, Upstream> upstreams = new LinkedHashMap<>();
        upstreams.put(Upstream.OPENAI.name(), Upstream.OPENAI);
        section.children().forEach((name, tree) -> {
            if (tree instanceof Tree.Section upstream) {
                bind(name, upstream).ifPresent(bound -> upstreams.put(name, bound));
            }
        });
        return upstreams;
    }

    private Optional<Upstream> bind(String name, Tree.Section section) {
        Upstream.Kind kind = choice(section, "kind", Upstream.Kind.class, Upstream.Kind.OPENAI);
        Optional<URI> baseUrl = baseUrl(name, section);
        Optional<String> apiVersion = section.text("api_version").map(Tree.Text::value);
        if (kind == Upstream.Kind.AZURE && section.at("api_version").isEmpty()) {
            problems.add(section.origin(), "has no api_version; an upstream of kind azure needs one");
        }
        Map<String, String> deployments = section.section("deployments").values();
        Upstream.Auth auth = choice(section, "auth", Upstream.Auth.class, Upstream.Auth.KEY);
        return baseUrl.map(url -> new Upstream(name, kind, url, apiVersion, deployments, auth));
    }

    private Optional<URI> baseUrl(String name, Tree.Section section) {
        if (section.at("base_url").isEmpty()) {
            if (name.equals(Upstream.OPENAI.name())) {
                return Optional.of(Upstream.OPENAI.baseUrl());
            }
            problems.add(section.origin(), "has no base_url; every upstream but openai needs one");
        }
        return section.text("base_url").flatMap(this::url);
    }

    /** The URL without slashes at its end; empty if it is none, which is then among the problems. */
    Optional<URI> url(Tree.Text text) {
        Optional<String> objection;
        try {
            URI uri = new URI(text.value().strip());
            objection = objection(uri);
            if (objection.isEmpty()) {
                return Optional.of(URI.create(uri.toString().replaceFirst("/+$", "")));
            }
        } catch (URISyntaxException e) {
            objection = Optional.of("is not a URL");
        }
        // Whatever stands before an @ may be a password.
        String shown = text.value().contains("@") ? "the value" : Problems.quoted(text.shown());
        problems.add(
                text.origin(), shown + " " + objection.orElseThrow() + "; write one such as https://api.openai.com/v1");
        return Optional.empty();
    }

    private static Optional<String> objection(URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            return Optional.of("is not an absolute http or https URL");
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of("holds a user name or password");
        }
        if (uri.getHost() == null) {
            return Optional.of("has no host");
        }
        boolean more = uri.getRawQuery() != null || uri.getRawFragment() != null;
        return more ? Optional.of("has a query or fragment") : Optional.empty();
    }

    private static <E extends Enum<E>> E choice(Tree.Section section, String key, Class<E> type, E fallback) {
        return section.text(key)
                .map(text -> Values.constant(type, text.value()))
                .orElse(fallback);
    }
}
