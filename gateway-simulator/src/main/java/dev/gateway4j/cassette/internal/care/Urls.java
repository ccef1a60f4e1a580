package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.RecordedRequest;

/** The parts of a recorded URL. */
final class Urls {
    private Urls() {}

    /** True if the URL is absolute and of HTTP. */
    static boolean absolute(String url) {
        return url.matches("https?://[^/?#\\s]+([/?#]\\S*)?");
    }

    /** The path without its query; a slash if there is none. */
    static String path(String url) {
        int scheme = url.indexOf("://");
        int slash = scheme < 0 ? url.indexOf('/') : url.indexOf('/', scheme + 3);
        String path = slash < 0 ? "/" : url.substring(slash);
        int end = indexOfAny(path);
        return end < 0 ? path : path.substring(0, end);
    }

    /** Method and path, for people. */
    static String what(RecordedRequest request) {
        return request.method() + " " + path(request.url());
    }

    private static int indexOfAny(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '?' || path.charAt(i) == '#') {
                return i;
            }
        }
        return -1;
    }
}
