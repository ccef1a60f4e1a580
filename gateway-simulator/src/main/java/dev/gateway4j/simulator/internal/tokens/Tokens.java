package dev.gateway4j.simulator.internal.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.gateway4j.api.spi.TokenCounter;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.memory.Generations;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.model.Models;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts tokens, cuts text into them and puts them together again. Vocabularies load at first use; counts of texts seen lately are
 * remembered. Thread-safe.
 */
public final class Tokens implements TokenCounter {
    private static final int REMEMBERED_COUNTS = 16_384;
    private static final int REMEMBERED_TEXTS = 512;
    private static final int LONGEST_REMEMBERED_TEXT = 32_768;
    private static final EncodingRegistry VOCABULARIES = Encodings.newLazyEncodingRegistry();

    private final Generations<Fingerprint, Integer> counts = new Generations<>(REMEMBERED_COUNTS);
    private final Generations<Fingerprint, Pieces> texts = new Generations<>(REMEMBERED_TEXTS);

    @Override
    public int count(String model, String text) {
        return count(Models.family(model).encoding(), text);
    }

    /** How many tokens the text has. */
    public int count(Family.Encoding encoding, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        Fingerprint key = Fingerprint.of(encoding.name(), text);
        Integer known = counts.get(key);
        if (known != null) {
            return known;
        }
        int count = vocabulary(encoding).countTokensOrdinary(text);
        counts.put(key, count);
        return count;
    }

    /** The text cut into tokens, with those together that only together are whole characters. */
    public Pieces pieces(Family.Encoding encoding, String text) {
        if (text.length() > LONGEST_REMEMBERED_TEXT) {
            return cut(vocabulary(encoding), text);
        }
        Fingerprint key = Fingerprint.of(encoding.name(), text);
        Pieces known = texts.get(key);
        if (known != null) {
            return known;
        }
        Pieces pieces = cut(vocabulary(encoding), text);
        texts.put(key, pieces);
        return pieces;
    }

    /** The text of these tokens; empty if one of them is not in the vocabulary. */
    public Optional<String> text(Family.Encoding encoding, int[] tokens) {
        IntArrayList list = new IntArrayList(tokens.length);
        for (int token : tokens) {
            list.add(token);
        }
        try {
            return Optional.of(new String(vocabulary(encoding).decodeBytes(list), StandardCharsets.UTF_8));
        } catch (NullPointerException | IllegalArgumentException unknownToken) { // jtokkit throws the former
            return Optional.empty();
        }
    }

    private static Pieces cut(Encoding vocabulary, String text) {
        IntArrayList tokens = vocabulary.encodeOrdinary(text);
        List<Piece> pieces = new ArrayList<>(tokens.size());
        IntArrayList open = new IntArrayList();
        for (int i = 0; i < tokens.size(); i++) {
            open.add(tokens.get(i));
            Optional<String> whole = characters(vocabulary.decodeBytes(open));
            if (whole.isPresent() || i == tokens.size() - 1) {
                pieces.add(new Piece(whole.orElse("\ufffd"), open.size()));
                open.clear();
            }
        }
        return Pieces.of(pieces);
    }

    private static Optional<String> characters(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException unfinished) {
            return Optional.empty();
        }
    }

    private static Encoding vocabulary(Family.Encoding encoding) {
        return VOCABULARIES.getEncoding(
                encoding == Family.Encoding.CL100K ? EncodingType.CL100K_BASE : EncodingType.O200K_BASE);
    }
}
