package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page that a text cites.
 *
 * @param start where the citation begins, in characters
 * @param end where it ends
 * @param title the title of the page
 * @param url its address
 */
public record Citation(int start, int end, String title, String url) {
    private static final Pattern CITED = Pattern.compile("\\(\\[([^\\]]*)\\]\\((https?://[^)\\s]+)\\)\\)");
    private static final Pattern SEPARATORS = Pattern.compile("[-_]+");

    /** The citations of a text: links in parentheses, as {@code ([example.com](https://example.com/a-page))}. */
    public static List<Citation> in(String text) {
        List<Citation> citations = new ArrayList<>();
        Matcher matcher = CITED.matcher(text);
        while (matcher.find()) {
            String url = matcher.group(2);
            citations.add(new Citation(
                    text.codePointCount(0, matcher.start()),
                    text.codePointCount(0, matcher.end()),
                    title(url, matcher.group(1)),
                    url));
        }
        return citations;
    }

    /** Writes the annotations of a message. */
    static void write(JsonGenerator json, List<Citation> citations) throws IOException {
        json.writeStartArray();
        for (Citation citation : citations) {
            json.writeStartObject();
            json.writeStringField("type", "url_citation");
            json.writeObjectFieldStart("url_citation");
            json.writeNumberField("end_index", citation.end());
            json.writeNumberField("start_index", citation.start());
            json.writeStringField("title", citation.title());
            json.writeStringField("url", citation.url());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What the last part of the path says; the label where it says nothing. */
    private static String title(String url, String label) {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        int host = path.indexOf("://") + 3;
        int last = path.lastIndexOf('/');
        return last < host
                ? label
                : SEPARATORS.matcher(path.substring(last + 1)).replaceAll(" ");
    }
}
