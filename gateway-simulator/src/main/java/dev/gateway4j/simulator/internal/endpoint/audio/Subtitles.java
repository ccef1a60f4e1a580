package dev.gateway4j.simulator.internal.endpoint.audio;

import java.util.List;
import java.util.Locale;

/** Transcripts as subtitles. */
final class Subtitles {
    private Subtitles() {}

    static String srt(Transcript transcript) {
        StringBuilder text = new StringBuilder();
        List<Transcript.Span> spans = transcript.sentences();
        for (int i = 0; i < spans.size(); i++) {
            text.append(i + 1).append('\n');
            cue(text, spans.get(i), ',');
        }
        return text.append('\n').toString();
    }

    static String vtt(Transcript transcript) {
        StringBuilder text = new StringBuilder("WEBVTT\n\n");
        for (Transcript.Span span : transcript.sentences()) {
            cue(text, span, '.');
        }
        return text.toString();
    }

    private static void cue(StringBuilder text, Transcript.Span span, char point) {
        text.append(time(span.start(), point))
                .append(" --> ")
                .append(time(span.end(), point))
                .append('\n')
                .append(span.text().strip())
                .append("\n\n");
    }

    private static String time(double seconds, char point) {
        long millis = Math.round(seconds * 1000);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%c%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                point,
                millis % 1000);
    }
}
