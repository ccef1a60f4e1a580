package dev.gateway4j.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Knows every secret of at least 8 characters that was loaded in this process, rotated ones included, and finds or removes them in bytes
 * that are about to be saved or shown. A shorter one is not looked for: it would be found in ordinary text. It never gives a value away. A
 * secret is found as it stands and inside base64, in its usual and its URL-safe alphabet and in all three alignments. Thread-safe.
 */
public final class SecretScanner {
    private static final int MIN_LENGTH = 8;
    private static final SecretScanner SHARED = new SecretScanner();

    private final CopyOnWriteArrayList<Needle> needles = new CopyOnWriteArrayList<>();

    SecretScanner() {}

    /** The scanner with which every {@link Secret} registers itself. */
    public static SecretScanner shared() {
        return SHARED;
    }

    void register(Secret secret) {
        if (secret.bytes().length < MIN_LENGTH) {
            return;
        }
        List<Needle> found = new ArrayList<>();
        for (byte[] form : forms(secret.bytes())) {
            found.add(new Needle(secret.alias(), form));
        }
        needles.addAllAbsent(found);
    }

    /**
     * The first secret in these bytes.
     *
     * @return whose secret stands where, or empty if there is none
     */
    public Optional<Finding> find(byte[] bytes) {
        return all(bytes).stream().findFirst();
    }

    /** A copy of these bytes in which {@code [secret:NAME]} stands for every secret. The input itself if it holds none. */
    public byte[] scrub(byte[] bytes) {
        List<Finding> findings = all(bytes);
        if (findings.isEmpty()) {
            return bytes;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        int from = 0;
        for (Finding finding : findings) {
            if (finding.offset() < from) {
                continue;
            }
            out.write(bytes, from, finding.offset() - from);
            out.writeBytes(("[secret:" + finding.alias() + "]").getBytes(StandardCharsets.UTF_8));
            from = finding.offset() + finding.length();
        }
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }

    /** {@link #scrub(byte[])} for text. */
    public String scrub(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] clean = scrub(bytes);
        return clean == bytes ? text : new String(clean, StandardCharsets.UTF_8);
    }

    /** How many byte sequences are looked for; for tests. */
    int size() {
        return needles.size();
    }

    private List<Finding> all(byte[] bytes) {
        List<Finding> findings = new ArrayList<>();
        for (Needle needle : needles) {
            for (int at = indexOf(bytes, needle.bytes, 0); at >= 0; at = indexOf(bytes, needle.bytes, at + 1)) {
                findings.add(new Finding(needle.alias, at, needle.bytes.length));
            }
        }
        // At one place the longest wins, so that a secret which begins like another leaves no tail behind.
        findings.sort(
                Comparator.comparingInt(Finding::offset).thenComparing(Finding::length, Comparator.reverseOrder()));
        return findings;
    }

    private static List<byte[]> forms(byte[] value) {
        List<byte[]> forms = new ArrayList<>();
        forms.add(value);
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[value.length + shift];
            System.arraycopy(value, 0, shifted, shift, value.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The first and last characters also depend on the neighbours of the secret, so they are left out.
            int from = shift == 0 ? 0 : shift + 1;
            int to = encoded.length() - (shifted.length % 3 == 0 ? 0 : 1);
            String core = encoded.substring(from, to);
            forms.add(core.getBytes(StandardCharsets.US_ASCII));
            String urlSafe = core.replace('+', '-').replace('/', '_');
            if (!urlSafe.equals(core)) {
                forms.add(urlSafe.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return forms;
    }

    private static int indexOf(byte[] hay, byte[] needle, int from) {
        int last = hay.length - needle.length;
        outer:
        for (int i = from; i <= last; i++) {
            for (int j = 0; j < needle.length; j++) {
                if (hay[i + j] != needle[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }

    /**
     * Where a secret stands.
     *
     * @param alias the name of the secret
     * @param offset index of its first byte
     * @param length how many bytes it takes there
     */
    public record Finding(String alias, int offset, int length) {}

    private static final class Needle {
        private final String alias;
        private final byte[] bytes;

        Needle(String alias, byte[] bytes) {
            this.alias = alias;
            this.bytes = bytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Needle that
                    && alias.equals(that.alias)
                    && java.util.Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(bytes);
        }
    }
}
