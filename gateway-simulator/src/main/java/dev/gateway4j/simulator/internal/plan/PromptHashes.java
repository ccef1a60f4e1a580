package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.ToolUse;
import dev.gateway4j.simulator.internal.request.Turn;
import java.util.ArrayList;
import java.util.List;

/** Hashes of the beginnings of a prompt: equal ones, equal beginnings. */
final class PromptHashes {
    /** About half of the 128 tokens in which caching counts. */
    private static final int BLOCK = 256;

    private final List<Mark> blocks = new ArrayList<>();
    private final List<Mark> turns = new ArrayList<>();
    private long hash;
    private long length;

    private PromptHashes() {}

    /**
     * A beginning.
     *
     * @param hash what stands for it
     * @param end how many characters it has
     */
    record Mark(long hash, long end) {}

    /** Tools and schema come first, as in the prompts that models read. */
    static PromptHashes of(Ask ask) {
        PromptHashes hashes = new PromptHashes();
        hashes.hash = ask.model().answersAs().hashCode();
        String key = ask.body().path("prompt_cache_key").asText();
        hashes.hash = hashes.hash * 31 + key.hashCode();
        if (!ask.tools().list().isEmpty()) {
            hashes.add(ask.body().path("tools").toString());
        }
        if (ask.format().schema().isObject()) {
            hashes.add(ask.format().schema().toString());
        }
        for (Turn turn : ask.conversation().turns()) {
            hashes.add(turn);
        }
        hashes.blocks.add(new Mark(hashes.hash, hashes.length));
        return hashes;
    }

    /** The beginnings that end with a block, and the whole. */
    List<Mark> blocks() {
        return blocks;
    }

    /** The beginnings that end with a message. */
    List<Mark> turns() {
        return turns;
    }

    /** The characters of the whole. */
    long length() {
        return length;
    }

    private void add(Turn turn) {
        add(turn.role());
        add(turn.text());
        for (ToolUse call : turn.calls()) {
            add(call.name());
            add(call.arguments());
        }
        turns.add(new Mark(hash ^ turn.otherTokens(), length));
    }

    private void add(String text) {
        for (int i = 0; i <= text.length(); i++) {
            // One more than there are characters, so that no text runs into the next.
            hash = (hash ^ (i < text.length() ? text.charAt(i) : 0x1_0000)) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 29;
            length++;
            if (length % BLOCK == 0) {
                blocks.add(new Mark(hash, length));
            }
        }
    }
}
