package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.openai.CanonicalDocument;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the user said last, where that is text and nothing else.
 *
 * @param member the member of the body it stands in
 * @param turns how many messages there are, its own included
 * @param quotes where its texts begin, one for each part
 */
record LastWords(int member, int turns, List<Integer> quotes) {
    static Optional<LastWords> of(CanonicalDocument body, String endpoint) {
        boolean chat = endpoint.equals(Cacheability.CHAT);
        int member = chat || endpoint.equals(Cacheability.RESPONSES) ? body.find(chat ? "messages" : "input") : -1;
        if (member < 0) {
            return Optional.empty();
        }
        byte[] bytes = body.bytes();
        int start = body.start(member);
        if (bytes[start] == '"' && !chat) {
            return Optional.of(new LastWords(member, 1, List.of(start)));
        }
        return bytes[start] == '[' ? ofMessages(bytes, start, member, chat) : Optional.empty();
    }

    private static Optional<LastWords> ofMessages(byte[] bytes, int bracket, int member, boolean chat) {
        Walk each = new Walk(bytes, bracket);
        int turns = 0;
        while (each.nextElement()) {
            turns++;
        }
        if (turns == 0 || bytes[each.start()] != '{' || !isUsers(bytes, each.start(), chat)) {
            return Optional.empty();
        }
        Walk message = new Walk(bytes, each.start());
        List<Integer> quotes = message.findMember("content") ? texts(bytes, message.start(), chat) : List.of();
        return quotes.isEmpty() ? Optional.empty() : Optional.of(new LastWords(member, turns, quotes));
    }

    private static boolean isUsers(byte[] bytes, int message, boolean chat) {
        Walk type = new Walk(bytes, message);
        Walk role = new Walk(bytes, message);
        return role.findMember("role")
                && role.is("\"user\"")
                && (chat || !type.findMember("type") || type.is("\"message\""));
    }

    /** Where each text begins; none if there is anything but text. */
    private static List<Integer> texts(byte[] bytes, int content, boolean chat) {
        if (bytes[content] == '"') {
            return List.of(content);
        }
        List<Integer> quotes = new ArrayList<>();
        if (bytes[content] != '[') {
            return quotes;
        }
        Walk each = new Walk(bytes, content);
        while (each.nextElement()) {
            int text = bytes[each.start()] == '{' ? text(bytes, each.start(), chat) : -1;
            if (text < 0) {
                return List.of();
            }
            quotes.add(text);
        }
        return quotes;
    }

    private static int text(byte[] bytes, int part, boolean chat) {
        Walk type = new Walk(bytes, part);
        Walk text = new Walk(bytes, part);
        boolean isText = type.findMember("type") && type.is(chat ? "\"text\"" : "\"input_text\"");
        return isText && text.findMember("text") && bytes[text.start()] == '"' ? text.start() : -1;
    }

    /** The texts, one below the other. */
    String text(CanonicalDocument body) {
        List<String> texts = new ArrayList<>();
        for (int quote : quotes) {
            texts.add(Walk.text(body.bytes(), quote));
        }
        return String.join("\n", texts);
    }

    /** The member with every one of these texts empty. */
    byte[] without(CanonicalDocument body) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream(body.end(member) - body.start(member));
        int at = body.start(member);
        for (int quote : quotes) {
            rest.write(body.bytes(), at, quote + 1 - at);
            at = Walk.end(body.bytes(), quote) - 1;
        }
        rest.write(body.bytes(), at, body.end(member) - at);
        return rest.toByteArray();
    }
}
