package dev.gateway4j.okhttp.internal.call;

/** Text that may stand in a header: OkHttp throws on anything but visible ASCII and blanks. */
public final class HeaderText {
    private HeaderText() {}

    /** The text with {@code ?} in place of every character a header cannot hold, and bounded. */
    public static String of(String text) {
        String bounded = text.length() > 256 ? text.substring(0, 256) : text;
        for (int i = 0; i < bounded.length(); i++) {
            if (bounded.charAt(i) < ' ' || bounded.charAt(i) > '~') {
                return bounded.replaceAll("[^ -~]", "?");
            }
        }
        return bounded;
    }
}
