package dev.gateway4j.simulator.internal.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What was said so far.
 *
 * @param turns the messages in order
 */
public record Conversation(List<Turn> turns) {
    /** Copies the list. */
    public Conversation {
        turns = List.copyOf(turns);
    }

    /** What the operator says, joined by line breaks. */
    public String system() {
        return turns.stream().filter(Turn::instructs).map(Turn::text).collect(Collectors.joining("\n"));
    }

    /** What the user said last; empty if the user said nothing. */
    public String lastUserMessage() {
        for (int i = turns.size() - 1; i >= 0; i--) {
            if (turns.get(i).role().equals("user")) {
                return turns.get(i).text();
            }
        }
        return "";
    }

    /** This conversation and what follows. */
    public Conversation then(List<Turn> more) {
        List<Turn> all = new ArrayList<>(turns);
        all.addAll(more);
        return new Conversation(all);
    }

    /** The characters of all messages. */
    public long characters() {
        long sum = 0;
        for (Turn turn : turns) {
            sum += turn.text().length();
        }
        return sum;
    }

    /** The pictures of all messages. */
    public long images() {
        long sum = 0;
        for (Turn turn : turns) {
            sum += turn.images();
        }
        return sum;
    }

    boolean says(String word) {
        return turns.stream()
                .anyMatch(turn -> turn.text().toLowerCase(Locale.ROOT).contains(word));
    }
}
