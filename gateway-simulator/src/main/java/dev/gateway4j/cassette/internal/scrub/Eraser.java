package dev.gateway4j.cassette.internal.scrub;

import dev.gateway4j.api.SecretScanner;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Finds credentials in any text, through the escapes of JSON and URLs, base64 and the pieces of streams, and takes them out. All else
 * stays byte for byte. Immutable and thread-safe.
 */
final class Eraser {
    private static final int LAYERS = 4;
    /** Pictures and sound hold every escape by chance. */
    private static final int LAYERS_OF_BINARY = 1;
    /** One replacement may let another one show; after so many rounds nothing is left to show. */
    private static final int ROUNDS = 6;

    private final Optional<People> people;

    Eraser(Optional<People> people) {
        this.people = people;
    }

    /** The text without credentials. */
    String text(String text) {
        return rounds(text, false);
    }

    /** The query without credentials and without any parameter that is named like one. */
    String query(String query) {
        return rounds(query, true);
    }

    private String rounds(String text, boolean query) {
        String clean = text;
        for (int round = 0; round < ROUNDS; round++) {
            Edits edits = new Edits(clean, false);
            if (query) {
                Queries.findQuery(clean, edits);
            }
            find(edits, people, LAYERS);
            if (edits.isEmpty()) {
                return clean;
            }
            clean = edits.applied();
        }
        return clean;
    }

    /** The body without credentials; the input itself if it holds none. What is not UTF-8 keeps its length. */
    Erased body(byte[] body, boolean form) {
        return erase(body, form, false, LAYERS);
    }

    private Erased erase(byte[] body, boolean form, boolean keepLength, int layers) {
        Optional<byte[]> unzipped = keepLength || layers == 0 ? Optional.empty() : Zips.unzipped(body);
        if (unzipped.isPresent()) {
            byte[] clean = erase(unzipped.get(), form, false, layers - 1).bytes();
            return clean == unzipped.get() ? Erased.nothing(body) : Erased.all(body, Zips.zipped(clean));
        }
        Erased erased = Erased.nothing(body);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] left = erased.bytes();
            Optional<String> utf8 = utf8(left);
            boolean binary = utf8.isEmpty();
            Charset charset = binary ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
            String text = utf8.orElseGet(() -> new String(left, StandardCharsets.ISO_8859_1));
            Edits edits = new Edits(text, keepLength || binary);
            if (form) {
                Queries.findForm(text, edits);
            }
            find(edits, binary ? Optional.empty() : people, binary ? Math.min(layers, LAYERS_OF_BINARY) : layers);
            if (edits.isEmpty()) {
                break;
            }
            erased = erased.then(edits, charset);
        }
        return erased;
    }

    private void find(Edits edits, Optional<People> who, int layers) {
        String text = edits.text();
        if (layers > 0 && Deltas.isStream(text)) {
            deltas(edits, who, layers);
        }
        Shapes.find(text, edits);
        known(edits);
        Queries.findWithin(text, edits);
        Assignments.find(text, edits);
        Members.find(edits);
        who.ifPresent(any -> any.find(edits));
        if (layers > 0) {
            escapes(edits, who, layers);
            percents(edits, who, layers);
            codes(edits, layers);
        }
        edits.fence();
    }

    private void deltas(Edits edits, Optional<People> who, int layers) {
        for (Deltas.Joined joined : Deltas.of(edits.text())) {
            Edits within = new Edits(joined.text(), false);
            find(within, who, Math.min(layers - 1, 1));
            joined.put(within.settled(), edits);
        }
    }

    private static void known(Edits edits) {
        String text = edits.text();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        int offset = 0;
        for (SecretScanner.Finding finding : SecretScanner.shared().findAll(bytes)) {
            // Secrets are ASCII, so as many characters as bytes.
            int from = bytes.length == text.length()
                    ? finding.offset()
                    : at + new String(bytes, offset, finding.offset() - offset, StandardCharsets.UTF_8).length();
            edits.put(from, from + finding.length(), Shapes.GONE);
            at = from;
            offset = finding.offset();
        }
    }

    private void escapes(Edits edits, Optional<People> who, int layers) {
        for (View view : Pieces.json(edits.text())) {
            for (Edits.Edit edit : within(view, who, layers)) {
                edits.put(view.at()[edit.from()], view.at()[edit.to()], View.quoted(edit.with()));
            }
        }
    }

    private void percents(Edits edits, Optional<People> who, int layers) {
        for (View view : Pieces.percent(edits.text())) {
            for (Edits.Edit edit : within(view, who, layers)) {
                int from = view.at()[edit.from()];
                int to = view.at()[edit.to()];
                boolean escaped = to - from > edit.to() - edit.from();
                edits.put(from, to, escaped ? View.escaped(edit.with()) : edit.with());
            }
        }
    }

    private List<Edits.Edit> within(View view, Optional<People> who, int layers) {
        Edits found = new Edits(view.text(), false);
        find(found, who, layers - 1);
        return found.settled();
    }

    private void codes(Edits edits, int layers) {
        for (Codes.Code run : Codes.of(edits.text())) {
            for (Codes.Code code : run.alignments()) {
                Optional<byte[]> decoded = code.decoded();
                if (decoded.isPresent() && code(edits, code, decoded.get(), layers)) {
                    break;
                }
            }
        }
    }

    /** Whether something was found, or the code says something, so that it need not be read otherwise. */
    private boolean code(Edits edits, Codes.Code code, byte[] decoded, int layers) {
        byte[] clean = erase(decoded, false, edits.keepLength(), layers - 1).bytes();
        if (clean != decoded) {
            edits.put(code.from(), code.from() + code.text().length(), code.encoded(clean));
            return true;
        }
        return utf8(decoded).isPresent();
    }

    static Optional<String> utf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') < 0) {
            return Optional.of(text);
        }
        CharBuffer out = CharBuffer.allocate(bytes.length);
        boolean broken = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), out, true)
                .isError();
        return broken ? Optional.empty() : Optional.of(text);
    }
}
