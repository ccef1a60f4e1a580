package dev.gateway4j.okhttp.internal.cache.key;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds what the upstream fetches from elsewhere to answer: it may be something else tomorrow. */
final class RemoteContent {
    private static final List<String> PLACES = List.of("image_url", "file_url", "video_url", "audio_url", "file_data");
    private static final int LONGEST_SCHEME = 16;

    private RemoteContent() {}

    /** True if a canonical document names an address to fetch. Data URLs and ids of files name none. */
    static boolean isIn(byte[] bytes) {
        for (int at = 0; at + 1 < bytes.length; at++) {
            // In this spelling a quote before a colon ends a name: one inside a text has a backslash before it.
            if (bytes[at] == '"' && bytes[at + 1] == ':' && isPlace(bytes, at) && isRemote(bytes, at + 2)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlace(byte[] bytes, int end) {
        for (String place : PLACES) {
            int start = end - place.length();
            if (start > 0 && bytes[start - 1] == '"' && Walk.is(bytes, start, end, place)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRemote(byte[] bytes, int value) {
        if (bytes[value] == '{') {
            Walk url = new Walk(bytes, value);
            return url.findMember("url") && bytes[url.start()] == '"' && isAddress(bytes, url.start() + 1);
        }
        return bytes[value] == '"' && isAddress(bytes, value + 1);
    }

    /** Any scheme but that of data URLs. */
    private static boolean isAddress(byte[] bytes, int start) {
        int length = Math.min(LONGEST_SCHEME, bytes.length - start);
        String begin = new String(bytes, start, length, StandardCharsets.US_ASCII).stripLeading();
        int colon = begin.indexOf(':');
        int quote = begin.indexOf('"');
        boolean scheme = colon > 0 && (quote < 0 || colon < quote);
        return scheme && !begin.substring(0, colon).equalsIgnoreCase("data");
    }
}
