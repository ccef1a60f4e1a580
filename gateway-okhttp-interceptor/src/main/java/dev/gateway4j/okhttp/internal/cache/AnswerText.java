package dev.gateway4j.okhttp.internal.cache;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.okhttp.internal.cache.shape.Rendition;
import dev.gateway4j.okhttp.internal.cache.shape.StoredAnswer;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** What an answer says, for comparison with another: its texts, and the calls of tools it asks for. */
final class AnswerText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> SAYING = Set.of("content", "text", "name", "arguments");

    /** Stands for a usage that is not known, which does not matter for what an answer says. */
    private static final Usage ANY = Usage.of(0, 0);

    private AnswerText() {}

    /** Empty if it cannot be read, or says nothing. */
    static Optional<String> of(StoredAnswer answer) {
        Optional<Rendition> plain = plain(answer);
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        try (JsonParser json = JSON.createParser(plain.get().body())) {
            StringBuilder text = new StringBuilder();
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING && SAYING.contains(json.currentName())) {
                    text.append(text.length() == 0 ? "" : "\n").append(json.getText());
                }
            }
            return text.length() == 0 ? Optional.empty() : Optional.of(text.toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Rendition> plain(StoredAnswer answer) {
        Optional<Rendition> plain = answer.as(false, false);
        return plain.isPresent() ? plain : answer.withUsage(ANY).as(false, false);
    }
}
