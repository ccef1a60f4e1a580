package dev.gateway4j.cassette.internal.replay;

import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How old a recording is. */
public final class Age {
    private Age() {}

    /** When it was recorded: as it says itself, or by the date of the response; empty if neither tells. */
    public static Optional<Instant> recordedAt(Interaction interaction) {
        return interaction
                .extras()
                .text(RecordedResponse.RECORDED_AT)
                .or(() -> interaction.response().extras().text(RecordedResponse.RECORDED_AT))
                .flatMap(text -> parsed(text, DateTimeFormatter.ISO_DATE_TIME))
                .or(() -> interaction
                        .response()
                        .headers()
                        .first("Date")
                        .flatMap(text -> parsed(text, DateTimeFormatter.RFC_1123_DATE_TIME)));
    }

    /** An age in words, such as {@code 40 days}. */
    public static String words(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        return age.toHours() > 1 ? age.toHours() + " hours" : age.toMinutes() + " minutes";
    }

    private static Optional<Instant> parsed(String text, DateTimeFormatter format) {
        try {
            return Optional.of(Instant.from(format.parse(text.strip())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
