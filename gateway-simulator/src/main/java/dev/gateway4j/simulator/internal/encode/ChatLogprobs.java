package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How likely the tokens of a text were. The token that was chosen is the likeliest most of the time, is always told among those it was
 * chosen from, and their probabilities never add up to more than one.
 *
 * @param pieces for each piece of the text, its tokens
 */
public record ChatLogprobs(List<List<Token>> pieces) {
    private static final double LIKELIEST = 0.88;
    private static final double PLAIN_ABOVE = 1e-5;
    private static final List<String> OTHERS = List.of(
            " the", " a", ",", ".", " and", " to", " of", " in", " is", " that", " for", " it", " with", " as", " on",
            " this", " be", " are", "\n", " can", " an", " you", ":", " or", " not");

    /** Copies the list. */
    public ChatLogprobs {
        pieces = pieces.stream().map(List::copyOf).toList();
    }

    /**
     * A token and how likely it was.
     *
     * @param text its text; {@code bytes:\xf0\x9f} where it is no whole character
     * @param logprob the natural logarithm of its probability
     * @param bytes its bytes
     * @param top those it was chosen from, the likeliest first; empty if they are not told
     */
    @SuppressWarnings("ArrayRecordComponent") // identity is enough: tokens are written, never compared
    public record Token(String text, double logprob, byte[] bytes, List<Token> top) {}

    /** Likelihoods for the tokens of a text, each with this many alternatives, itself among them. */
    public static ChatLogprobs of(Pieces text, Draws draws, int alternatives) {
        List<List<Token>> all = new ArrayList<>(text.list().size());
        for (Piece piece : text.list()) {
            List<Token> tokens = new ArrayList<>(piece.tokens());
            byte[] bytes = piece.text().getBytes(StandardCharsets.UTF_8);
            int parts = Math.min(piece.tokens(), bytes.length);
            for (int part = 0; part < parts; part++) {
                byte[] own = Arrays.copyOfRange(bytes, bytes.length * part / parts, bytes.length * (part + 1) / parts);
                tokens.add(token(parts == 1 ? piece.text() : escaped(own), own, draws, alternatives));
            }
            all.add(tokens);
        }
        return new ChatLogprobs(all);
    }

    /** Every token in order. */
    List<Token> all() {
        return pieces.stream().flatMap(List::stream).toList();
    }

    private static Token token(String text, byte[] bytes, Draws draws, int alternatives) {
        boolean likeliest = draws.chance(LIKELIEST);
        // The first of a ladder of probabilities, of which each rung takes a share of what those above it leave.
        double first = likeliest ? 1 - StrictMath.pow(draws.unit(), 3) * 0.6 : 0.4 + 0.3 * draws.unit();
        first = Math.min(first, 0.99999);
        double second = Math.min(first * 0.9, (1 - first) * (0.5 + 0.4 * draws.unit()));
        double own = likeliest || alternatives == 1 ? first : second;
        List<Token> top = new ArrayList<>(alternatives);
        double left = 1;
        double probability = first;
        int other = draws.below(OTHERS.size());
        boolean told = false;
        for (int rank = 0; rank < alternatives; rank++) {
            boolean chosen = !told && rank == (own == first ? 0 : 1);
            if (chosen) {
                top.add(new Token(text, StrictMath.log(probability), bytes, List.of()));
                told = true;
            } else {
                other = next(other, text);
                String word = OTHERS.get(other);
                top.add(new Token(word, StrictMath.log(probability), word.getBytes(StandardCharsets.UTF_8), List.of()));
            }
            left -= probability;
            probability = rank == 0 ? second : Math.min(probability * 0.8, left * 0.6);
        }
        return new Token(text, StrictMath.log(own), bytes, top);
    }

    private static int next(int other, String text) {
        int next = (other + 1) % OTHERS.size();
        return OTHERS.get(next).equals(text) ? (next + 1) % OTHERS.size() : next;
    }

    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder("bytes:");
        for (byte one : bytes) {
            text.append(String.format(Locale.ROOT, "\\x%02x", one & 0xff));
        }
        return text.toString();
    }

    /** Writes a {@code logprobs} object of chat: tokens of the content, or of the refusal. */
    static void write(JsonGenerator json, List<Token> tokens, boolean refusal) throws IOException {
        json.writeStartObject();
        for (String member : List.of("content", "refusal")) {
            json.writeFieldName(member);
            if (refusal == member.equals("refusal")) {
                json.writeStartArray();
                for (Token token : tokens) {
                    write(json, token, true);
                }
                json.writeEndArray();
            } else {
                json.writeNull();
            }
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Token token, boolean withTop) throws IOException {
        json.writeStartObject();
        json.writeStringField("token", token.text());
        json.writeFieldName("logprob");
        json.writeNumber(number(token.logprob()));
        json.writeArrayFieldStart("bytes");
        for (byte one : token.bytes()) {
            json.writeNumber(one & 0xff);
        }
        json.writeEndArray();
        if (withTop) {
            json.writeArrayFieldStart("top_logprobs");
            for (Token other : token.top()) {
                write(json, other, false);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** Eight digits; an exponent only below {@code 1e-5}, without zeros in front. */
    static String number(double logprob) {
        BigDecimal value = new BigDecimal(logprob, new MathContext(8)).stripTrailingZeros();
        if (value.signum() == 0) {
            return "0.0";
        }
        if (Math.abs(logprob) >= PLAIN_ABOVE) {
            String plain = value.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        int exponent = value.precision() - value.scale() - 1;
        return value.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }
}
