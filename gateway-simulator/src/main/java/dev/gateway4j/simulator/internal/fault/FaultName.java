package dev.gateway4j.simulator.internal.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every fault there is. The name in texts is the constant's in small letters: {@code E429_TOKENS} is {@code 429-tokens}. */
public enum FaultName {
    /** The body is no JSON. */
    E400_JSON(Place.ANSWER),
    /** A member is missing. */
    E400_MISSING(Place.ANSWER),
    /** A member has the wrong type. */
    E400_TYPE(Place.ANSWER),
    /** A member has a value that is not allowed. */
    E400_VALUE(Place.ANSWER),
    /** A member is not known. */
    E400_UNKNOWN(Place.ANSWER),
    /** A member is not for this model. */
    E400_UNSUPPORTED(Place.ANSWER),
    /** An array is empty. */
    E400_EMPTY(Place.ANSWER),
    /** A number is too small. */
    E400_BELOW(Place.ANSWER),
    /** A number is too large. */
    E400_ABOVE(Place.ANSWER),
    /** The prompt is longer than the context. */
    E400_CONTEXT(Place.ANSWER),
    /** More output is asked for than the model gives. */
    E400_MAX_TOKENS(Place.ANSWER),
    /** A call was not answered. */
    E400_TOOLS(Place.ANSWER),
    /** The response before is not known. */
    E400_PREVIOUS(Place.ANSWER),
    /** The schema of the answer does not work. */
    E400_SCHEMA(Place.ANSWER),
    /** The schema of a function does not work. */
    E400_FUNCTION(Place.ANSWER),
    /** A picture cannot be fetched. */
    E400_IMAGE(Place.ANSWER),
    /** A picture was not made, for safety. */
    E400_MODERATION(Place.ANSWER),
    /** The organization is not verified. */
    E400_UNVERIFIED(Place.ANSWER),
    /** The service tier is not allowed. */
    E400_TIER(Place.ANSWER),
    /** Azure's content filter refused the prompt. */
    E400_FILTER(Place.ANSWER),
    /** No key. */
    E401_MISSING(Place.ANSWER),
    /** A wrong key. */
    E401_KEY(Place.ANSWER),
    /** The key is of another organization. */
    E401_ORGANIZATION(Place.ANSWER),
    /** The key has not the right. */
    E401_SCOPES(Place.ANSWER),
    /** The country is not served. */
    E403_REGION(Place.ANSWER),
    /** The project has not the model. */
    E403_PROJECT(Place.ANSWER),
    /** No such model. */
    E404_MODEL(Place.ANSWER),
    /** A model that is gone. */
    E404_RETIRED(Place.ANSWER),
    /** No such path. */
    E404_URL(Place.ANSWER),
    /** Azure knows no such deployment. */
    E404_DEPLOYMENT(Place.ANSWER),
    /** Not this method. */
    E405(Place.ANSWER),
    /** Somebody else is at work on the same thing. */
    E409(Place.ANSWER),
    /** The body is too large. */
    E413(Place.ANSWER),
    /** The body makes no sense. */
    E422(Place.ANSWER),
    /** Too many tokens a minute. */
    E429_TOKENS(Place.ANSWER, Setting.BY, "500ms"),
    /** Too many requests a minute. */
    E429_REQUESTS(Place.ANSWER, Setting.BY, "120ms"),
    /** More tokens in one request than in a minute. */
    E429_TOO_LARGE(Place.ANSWER),
    /** No money. */
    E429_QUOTA(Place.ANSWER),
    /** The organization has spent what it may. */
    E429_SPEND(Place.ANSWER),
    /** Grows too fast. */
    E429_SLOW_DOWN(Place.ANSWER, Setting.BY, "1s"),
    /** No room in the flex tier. */
    E429_FLEX(Place.ANSWER),
    /** The server failed. */
    E500(Place.ANSWER),
    /** The edge reached no server: a page, not JSON. */
    E502(Place.ANSWER),
    /** Overloaded. */
    E503(Place.ANSWER),
    /** Overloaded, in the wording of before 2025. */
    E503_LEGACY(Place.ANSWER),
    /** The edge waited too long: a page, not JSON. */
    E504(Place.ANSWER),
    /** The edge did not understand the server: a page, not JSON. */
    E520(Place.ANSWER),
    /** Overloaded, as gateways in front of other providers say it. */
    E529(Place.ANSWER),
    /** Status 200 with a page that is no JSON. */
    HTML(Place.ANSWER),
    /** Status 200 with an empty body. */
    EMPTY_BODY(Place.ANSWER),
    /** Nobody listens. */
    REFUSED(Place.CONNECTION, Setting.BY, "0s"),
    /** The host has no address. */
    UNKNOWN_HOST(Place.CONNECTION, Setting.BY, "0s"),
    /** The connection is reset before any header. */
    RESET(Place.CONNECTION, Setting.BY, "0s"),
    /** The connection is closed before any header. */
    EMPTY_REPLY(Place.CONNECTION, Setting.BY, "0s"),
    /** No header ever comes. */
    TIMEOUT(Place.CONNECTION),
    /** Everything comes later. */
    SLOW(Place.REPLY, Setting.BY, "5s"),
    /** The body comes later than its headers. */
    SLOW_BODY(Place.REPLY, Setting.BY, "5s"),
    /** Nothing comes after some events. */
    STALL(Place.REPLY, Setting.AFTER, "2"),
    /** The connection is closed between two events. */
    CUT(Place.REPLY, Setting.AFTER, "2"),
    /** The connection is closed inside an event. */
    CUT_EVENT(Place.REPLY, Setting.AFTER, "2"),
    /** The connection is closed inside a character. */
    CUT_CHARACTER(Place.REPLY, Setting.AFTER, "2"),
    /** The connection is closed between carriage return and line feed. */
    CUT_LINE(Place.REPLY, Setting.AFTER, "2"),
    /** The connection is reset after the headers. */
    RESET_BODY(Place.REPLY, Setting.AFTER, "2"),
    /** The body ends too early as if it were complete. */
    TRUNCATE(Place.REPLY, Setting.AFTER, "2"),
    /** The body is shorter than its Content-Length. */
    SHORT_BODY(Place.REPLY),
    /** One event holds broken JSON. */
    MALFORMED(Place.REPLY, Setting.AFTER, "2"),
    /** The server fails inside the stream. */
    ERROR_EVENT(Place.REPLY, Setting.AFTER, "2"),
    /** The server is overloaded inside the stream. */
    ERROR_EVENT_OVERLOADED(Place.REPLY, Setting.AFTER, "2"),
    /** The money is gone inside the stream. */
    ERROR_EVENT_QUOTA(Place.REPLY, Setting.AFTER, "2"),
    /** The last event is missing. */
    NO_DONE(Place.REPLY),
    /** The last event comes twice. */
    DONE_TWICE(Place.REPLY),
    /** A comment before every event. */
    COMMENTS(Place.REPLY),
    /** One event comes twice. */
    DUPLICATE(Place.REPLY, Setting.AFTER, "2"),
    /** One event is missing. */
    GAP(Place.REPLY, Setting.AFTER, "2"),
    /** The same bytes in pieces. */
    PIECES(Place.REPLY, Setting.BYTES, "1"),
    /** Compressed, for those who accept it. */
    GZIP(Place.REPLY),
    /** Compressed and cut, for those who accept it. */
    GZIP_CUT(Place.REPLY),
    /** Arguments of calls that are no JSON. */
    BAD_ARGUMENTS(Place.REPLY),
    /** Nothing said. */
    EMPTY_CONTENT(Place.REPLY),
    /** Cut for length. */
    FINISH_LENGTH(Place.REPLY),
    /** Cut by the content filter. */
    FINISH_CONTENT_FILTER(Place.REPLY);

    /** Where a fault strikes. */
    public enum Place {
        /** An answer in place of the real one. */
        ANSWER,
        /** No answer at all. */
        CONNECTION,
        /** The real answer, changed on its way. */
        REPLY
    }

    private static final Map<String, FaultName> ALIASES = Map.of(
            "400", E400_VALUE,
            "401", E401_KEY,
            "403", E403_REGION,
            "404", E404_MODEL,
            "429", E429_TOKENS,
            "insufficient-quota", E429_QUOTA,
            "overloaded", E503,
            "incomplete", FINISH_LENGTH,
            "missing-done", NO_DONE);

    private final Place place;
    private final Optional<Setting> own;
    private final String standard;

    FaultName(Place place) {
        this.place = place;
        this.own = Optional.empty();
        this.standard = "";
    }

    /** A fault with a setting of its own, and what counts if it is not set. */
    FaultName(Place place, Setting own, String standard) {
        this.place = place;
        this.own = Optional.of(own);
        this.standard = standard;
    }

    /** The name in texts. */
    public String text() {
        String name = name().charAt(0) == 'E' && Character.isDigit(name().charAt(1)) ? name().substring(1) : name();
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where it strikes. */
    public Place place() {
        return place;
    }

    /** What counts where a text does not say, for settings that only some faults have. */
    public Optional<String> standard(Setting setting) {
        return own.filter(setting::equals).map(mine -> standard);
    }

    /** True if this fault has that setting. */
    public boolean takes(Setting setting) {
        return setting.everywhere() || own.equals(Optional.of(setting));
    }

    /** The fault of this name. */
    public static Optional<FaultName> named(String text) {
        return Arrays.stream(values())
                .filter(name -> name.text().equals(text))
                .findFirst()
                .or(() -> Optional.ofNullable(ALIASES.get(text)));
    }

    /** All names. */
    public static List<String> all() {
        return Arrays.stream(values()).map(FaultName::text).toList();
    }
}
