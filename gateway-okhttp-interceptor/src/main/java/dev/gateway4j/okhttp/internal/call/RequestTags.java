package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.call.CallTags;
import java.util.Locale;
import okhttp3.Headers;
import okhttp3.Request;

/** Reads what the application says about a call, and takes it off the request. */
final class RequestTags {
    private static final String OURS = "x-gateway-";
    private static final String CASSETTE = "X-Cassette-Name";

    private RequestTags() {}

    /** The tags on the request; what they leave open, its headers say. */
    static CallTags of(Request request) {
        CallTags tags = request.tag(CallTags.class);
        CallTags said = tags == null ? CallTags.none() : tags;
        Headers headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            if (isOurs(headers.name(i))) {
                return said.orElse(fromHeaders(request));
            }
        }
        return said;
    }

    /** Takes every header of ours off a request that is being rebuilt. */
    static void strip(Request request, Request.Builder opened) {
        Headers headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            if (isOurs(headers.name(i))) {
                opened.removeHeader(headers.name(i));
            }
        }
    }

    private static boolean isOurs(String name) {
        return name.regionMatches(true, 0, OURS, 0, OURS.length()) || name.equalsIgnoreCase(CASSETTE);
    }

    private static CallTags fromHeaders(Request request) {
        CallTags tags = CallTags.none();
        for (String name : request.headers().names()) {
            String value = request.header(name);
            if (value == null) {
                continue;
            }
            switch (name.toLowerCase(Locale.ROOT)) {
                case "x-gateway-user" -> tags = tags.withUser(value);
                case "x-gateway-tenant" -> tags = tags.withTenant(value);
                case "x-gateway-feature" -> tags = tags.withFeature(value);
                case "x-gateway-cache" -> tags = tags.withCache(value);
                case "x-gateway-route" -> tags = tags.withRoute(value);
                case "x-gateway-key" -> tags = tags.withKey(value);
                case "x-cassette-name" -> tags = tags.withCassette(value);
                default -> {}
            }
        }
        return tags;
    }
}
