package dev.gateway4j.cassette.internal.scrub;

/**
 * Members of JSON that are named like a credential or an organisation. They are found around their colon, in any text, so that no quotation
 * mark elsewhere leads astray.
 */
final class Members {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_ID = 80;
    private static final int MOST_BLANKS = 64;

    private Members() {}

    /** Marks their values: a string, or strings in a list. */
    static void find(Edits edits) {
        String text = edits.text();
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            int quote = colon - 1;
            while (quote > 0 && colon - quote < MOST_BLANKS && text.charAt(quote) <= ' ') {
                quote--;
            }
            if (quote > 0 && text.charAt(quote) == '"') {
                member(edits, text.lastIndexOf('"', quote - 1), quote, colon);
            }
        }
    }

    private static void member(Edits edits, int open, int close, int colon) {
        String text = edits.text();
        if (open < 0 || close - open > LONGEST_NAME || close - open < 3 || isEscaped(text, close)) {
            return;
        }
        int value = blanks(text, colon + 1);
        if (value == text.length() || "\"[".indexOf(text.charAt(value)) < 0) {
            return;
        }
        String name = View.json(text, open + 1, close).text();
        String plain = Words.plain(name);
        if (text.charAt(value) == '"') {
            value(edits, plain, name, value);
        } else if (Words.isCredential(plain)) {
            list(edits, value);
        }
    }

    /** Such a mark is said in a string; what it is there shows once the escapes are taken off. */
    private static boolean isEscaped(String text, int quote) {
        int from = quote;
        while (from > 0 && quote - from < MOST_BLANKS && text.charAt(from - 1) == '\\') {
            from--;
        }
        return (quote - from) % 2 == 1;
    }

    private static void value(Edits edits, String plain, String name, int quote) {
        boolean credential = Words.isCredential(plain);
        if (!credential && !Words.isDoubtful(plain) && !Words.isOrganisation(plain)) {
            return;
        }
        int end = end(edits.text(), quote);
        String said = edits.text().substring(quote + 1, end);
        if (Chars.isPlaceholder(said)) {
            return;
        }
        if (credential || isDoubtless(name, said)) {
            edits.put(quote + 1, end, Shapes.GONE);
        } else if (Words.isOrganisation(plain) && isId(plain, said)) {
            edits.put(quote + 1, end, "org-" + Shapes.GONE);
        }
    }

    /** Names that may well mean something else: a token of a text, a cookie to eat. */
    private static boolean isDoubtless(String name, String said) {
        if (name.equalsIgnoreCase("cookie")) {
            return said.indexOf('=') > 0;
        }
        return name.equalsIgnoreCase("token")
                && said.length() >= 20
                && said.indexOf(' ') < 0
                && Chars.isRandom(said, 0, said.length());
    }

    private static boolean isId(String plain, String said) {
        boolean id = said.length() >= 6
                && said.length() <= LONGEST_ID
                && Chars.end(said, 0, Chars.TOKEN) == said.length()
                && Chars.has(said, 0, said.length(), Chars.DIGIT);
        // Who asks a model for organisations in a text gets names there.
        return id && (!plain.equals("organization") || Chars.isRandom(said, 0, said.length()));
    }

    private static void list(Edits edits, int bracket) {
        String text = edits.text();
        int at = blanks(text, bracket + 1);
        while (at < text.length() && text.charAt(at) == '"') {
            int end = end(text, at);
            if (!Chars.isPlaceholder(text.substring(at + 1, end))) {
                edits.put(at + 1, end, Shapes.GONE);
            }
            int comma = blanks(text, Math.min(end + 1, text.length()));
            at = comma < text.length() && text.charAt(comma) == ',' ? blanks(text, comma + 1) : text.length();
        }
    }

    private static int blanks(String text, int at) {
        int to = at;
        while (to < text.length() && to - at < MOST_BLANKS && text.charAt(to) <= ' ') {
            to++;
        }
        return to;
    }

    /** Where a string ends: at its quotation mark, or with its line. */
    private static int end(String text, int quote) {
        int to = quote + 1;
        while (to < text.length() && text.charAt(to) != '"' && text.charAt(to) != '\n') {
            to += text.charAt(to) == '\\' ? 2 : 1;
        }
        return Math.min(to, text.length());
    }
}
