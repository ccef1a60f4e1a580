package dev.gateway4j.api.config;

/** What a setting holds. */
enum Kind {
    SECTION("", ""),
    /** A section whose keys the user chooses. */
    MAP("", ""),
    LIST("", ""),
    /** Anything at all; not looked into. */
    FREE("", "anything"),
    TEXT("text", "text"),
    /** Text that can stand in a header. */
    WORD("a plain word", "a word of visible ASCII characters"),
    PATH("a path", "a path"),
    URL("a URL", "a URL such as https://api.openai.com/v1"),
    /** A reference to a secret; {@link SecretReference} knows the forms. */
    SECRET("a reference to a secret", "${NAME}, file:PATH, keystore:PATH#ALIAS or sealed:PATH#NAME"),
    /** A reference to a secret that opens others, so it is in none of them. */
    PASSWORD("a reference to a password", "${NAME} or file:PATH"),
    FINGERPRINT("a fingerprint", "16 hexadecimal digits"),
    INSTANT("a time", "a time such as 2026-12-01T00:00:00Z, or a date, which begins in UTC"),
    /** One of the values listed with the key. */
    CHOICE("", ""),
    BOOLEAN("a yes or no", "true or false"),
    INTEGER("a whole number", "a whole number such as 42"),
    SMALL_COUNT("a count", "a whole number from 1 to 2147483647"),
    COUNT("a count", "a whole number from 1"),
    DECIMAL("a number", "a number such as 20 or 0.95"),
    /** More than nothing. */
    FACTOR("a factor above 0", "a factor such as 0.1 or 10%"),
    SHARE("a share", "a share such as 0.01 or 1%"),
    PERCENT("a percentage", "a percentage such as 50%"),
    BYTES("a size", "a size such as 65536, 64KB, 32MB or 1GB"),
    DURATION("a time", "a time such as 250ms, 2s, 5m, 12h or 7 days");

    private final String noun;
    private final String form;

    Kind(String noun, String form) {
        this.noun = noun;
        this.form = form;
    }

    boolean accepts(String text) {
        return switch (this) {
            case FINGERPRINT -> text.strip().matches("[0-9a-fA-F]{16}");
            case INSTANT -> Values.instant(text).isPresent();
            case WORD -> text.matches("[!-~]+");
            case BOOLEAN -> Values.truth(text).isPresent();
            case INTEGER -> Values.whole(text).isPresent();
            case SMALL_COUNT -> Values.isSmallCount(text);
            case COUNT -> Values.isCount(text);
            case DECIMAL -> Values.decimal(text).isPresent();
            case FACTOR -> Values.factor(text).isPresent();
            case SHARE -> Values.share(text).isPresent();
            case PERCENT -> Values.isPercent(text);
            case BYTES -> Values.bytes(text).isPresent();
            case DURATION -> Values.duration(text).isPresent();
            default -> true;
        };
    }

    /** What it is called in "x is not …". */
    String noun() {
        return noun;
    }

    /** How it is written. */
    String form() {
        return form;
    }

    boolean isReference() {
        return this == SECRET || this == PASSWORD;
    }

    boolean isScalar() {
        return this != SECTION && this != MAP && this != LIST && this != FREE;
    }
}
