package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.okhttp.internal.cache.key.Identities;
import dev.gateway4j.okhttp.internal.cache.key.Reading;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.RecentBodies;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Reads calls, and the same call once only: its key takes longer to make than everything else that a hit needs. Thread-safe. */
final class Readings {
    private final Identities identities;
    private final RecentBodies<Known> recent = new RecentBodies<>();

    Readings(Identities identities) {
        this.identities = identities;
    }

    /** Everything that a reading depends on, but for the body and the settings. Credentials are no part of it, and not kept. */
    private record Known(
            String method,
            HttpUrl url,
            Headers headers,
            Upstream upstream,
            ResponseType answer,
            CallTags tags,
            Reading reading) {
        boolean fits(CallFacts facts) {
            Request request = facts.original();
            return upstream.equals(facts.upstream())
                    && answer == facts.answer()
                    && method.equals(request.method())
                    && url.equals(request.url())
                    && tags.equals(facts.tags())
                    && haveSame(headers, request.headers());
        }

        /** Those that are kept have no credentials. */
        private static boolean haveSame(Headers kept, Headers now) {
            int next = 0;
            for (int i = 0; i < now.size(); i++) {
                if (isCredential(now.name(i))) {
                    continue;
                }
                boolean same = next < kept.size()
                        && kept.name(next).equalsIgnoreCase(now.name(i))
                        && kept.value(next).equals(now.value(i));
                if (!same) {
                    return false;
                }
                next++;
            }
            return next == kept.size();
        }
    }

    private static boolean isCredential(String name) {
        return name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("api-key");
    }

    Reading read(CallFacts facts) {
        byte[] body = facts.body().orElse(null);
        if (body == null || facts.foreign() || facts.webSocket()) {
            return identities.read(facts);
        }
        Known known = recent.find(body);
        return known != null && known.fits(facts) ? known.reading() : readAnew(facts, body);
    }

    private Reading readAnew(CallFacts facts, byte[] body) {
        Reading reading = identities.read(facts);
        if (reading instanceof Reading.Cacheable) {
            Request request = facts.original();
            recent.remember(
                    body,
                    new Known(
                            request.method(),
                            request.url(),
                            withoutCredentials(request.headers()),
                            facts.upstream(),
                            facts.answer(),
                            facts.tags(),
                            reading));
        }
        return reading;
    }

    private static Headers withoutCredentials(Headers headers) {
        return headers.newBuilder()
                .removeAll("Authorization")
                .removeAll("api-key")
                .build();
    }
}
