package dev.gateway4j.cassette.internal.scrub;

/**
 * A URL, or what stands in a request line, in pieces.
 *
 * @param scheme with its colon and slashes; empty if there is none
 * @param authority host, port and perhaps a user; empty if there is none
 * @param path from the first slash on
 * @param query with its question mark, and a fragment if there is one; empty if there is none
 */
record Address(String scheme, String authority, String path, String query) {
    static Address of(String url) {
        int colon = url.indexOf("://");
        int query = url.indexOf('?');
        int host = colon < 0 || (query >= 0 && query < colon) ? 0 : colon + 3;
        int slash = host == 0 ? 0 : url.indexOf('/', host);
        int end = query < 0 ? url.length() : query;
        int path = slash < 0 || slash > end ? end : slash;
        return new Address(
                url.substring(0, host), url.substring(host, path), url.substring(path, end), url.substring(end));
    }

    /** The authority without a user. */
    String host() {
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    @Override
    public String toString() {
        return scheme + authority + path + query;
    }
}
