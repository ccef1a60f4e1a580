package dev.gateway4j.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Knows every secret of at least 8 characters that was loaded in this process, rotated ones included, and finds or removes them in bytes
 * that are about to be saved or shown. A shorter one is not looked for: it would be found in ordinary text. It never gives a value away, and
 * in memory it shows none. A secret is found as it stands and inside base64, in its usual and its URL-safe alphabet and in all three alignments. Thread-safe.
 */
public final class SecretScanner {
    private static final int MIN_LENGTH = 8;
    private static final SecretScanner SHARED = new SecretScanner();

    private final AtomicReference<Needles> needles = new AtomicReference<>(Needles.NONE);

    SecretScanner() {}

    /** The scanner with which every {@link Secret} registers itself. */
    public static SecretScanner shared() {
        return SHARED;
    }

    void register(Secret secret) {
        if (secret.length() < MIN_LENGTH) {
            return;
        }
        List<Needle> found = new ArrayList<>();
        byte[] plain = secret.bytes();
        for (byte[] form : forms(plain)) {
            found.add(Needle.of(secret.alias(), form));
            Masked.wipe(form);
        }
        Masked.wipe(plain);
        needles.updateAndGet(known -> known.and(found));
    }

    /**
     * The first secret in these bytes.
     *
     * @return whose secret stands where, or empty if there is none
     */
    public Optional<Finding> find(byte[] bytes) {
        List<Finding> findings = new ArrayList<>();
        known().find(bytes, findings, true);
        return findings.stream().findFirst();
    }

    /** Every secret in these bytes, ordered by where it begins, at one place the longest first; they may overlap. */
    public List<Finding> findAll(byte[] bytes) {
        List<Finding> findings = new ArrayList<>();
        known().find(bytes, findings, false);
        return findings;
    }

    /** A copy of these bytes in which {@code [secret:NAME]} stands for every secret. The input itself if it holds none. */
    public byte[] scrub(byte[] bytes) {
        List<Finding> findings = findAll(bytes);
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
        return known().size();
    }

    private Needles known() {
        return Objects.requireNonNull(needles.get());
    }

    private static List<byte[]> forms(byte[] value) {
        List<byte[]> forms = new ArrayList<>();
        forms.add(value.clone());
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[value.length + shift];
            System.arraycopy(value, 0, shifted, shift, value.length);
            byte[] encoded = Base64.getEncoder().withoutPadding().encode(shifted);
            // The first and last characters also depend on the neighbours of the secret, so they are left out.
            int from = shift == 0 ? 0 : shift + 1;
            int to = encoded.length - (shifted.length % 3 == 0 ? 0 : 1);
            byte[] core = Arrays.copyOfRange(encoded, from, to);
            forms.add(core);
            byte[] urlSafe = urlSafe(core);
            if (!Arrays.equals(urlSafe, core)) {
                forms.add(urlSafe);
            }
            Masked.wipe(shifted);
            Masked.wipe(encoded);
        }
        return forms;
    }

    private static byte[] urlSafe(byte[] base64) {
        byte[] safe = base64.clone();
        for (int i = 0; i < safe.length; i++) {
            if (safe[i] == '+') {
                safe[i] = '-';
            } else if (safe[i] == '/') {
                safe[i] = '_';
            }
        }
        return safe;
    }

    /**
     * Where a secret stands.
     *
     * @param alias the name of the secret
     * @param offset index of its first byte
     * @param length how many bytes it takes there
     */
    public record Finding(String alias, int offset, int length) {}

    /**
     * What is looked for, by the hash of its first four bytes, so that the length of a search does not depend on how many secrets there are.
     * Immutable.
     */
    private static final class Needles {
        private static final int HEAD = 4;
        private static final int TABLE_BITS = 13;
        private static final Needles NONE = new Needles(Set.of());

        private final Set<Needle> all;
        private final Needle[] @Nullable [] byHead = new Needle[1 << TABLE_BITS][];

        private Needles(Set<Needle> all) {
            this.all = all;
            for (Needle needle : all) {
                Needle[] before = byHead[needle.slot];
                Needle[] after = before == null ? new Needle[1] : Arrays.copyOf(before, before.length + 1);
                after[after.length - 1] = needle;
                // At one place the longest wins, so that a secret which begins like another leaves no tail behind.
                Arrays.sort(
                        after,
                        Comparator.comparingInt((Needle each) -> each.bytes.length())
                                .reversed());
                byHead[needle.slot] = after;
            }
        }

        Needles and(List<Needle> more) {
            Set<Needle> together = new LinkedHashSet<>(all);
            return together.addAll(more) ? new Needles(together) : this;
        }

        int size() {
            return all.size();
        }

        void find(byte[] hay, List<Finding> findings, boolean onlyOne) {
            if (all.isEmpty() || hay.length < HEAD) {
                return;
            }
            int head = head(hay, 0) >>> 8;
            for (int at = 0; at + HEAD <= hay.length; at++) {
                head = (head << 8) | (hay[at + HEAD - 1] & 0xff);
                Needle[] candidates = byHead[slot(head)];
                if (candidates != null) {
                    add(hay, at, candidates, findings);
                    if (onlyOne && !findings.isEmpty()) {
                        return;
                    }
                }
            }
        }

        private static void add(byte[] hay, int at, Needle[] candidates, List<Finding> findings) {
            for (Needle needle : candidates) {
                if (needle.bytes.standsAt(hay, at)) {
                    findings.add(new Finding(needle.alias, at, needle.bytes.length()));
                }
            }
        }

        private static int head(byte[] bytes, int at) {
            int head = 0;
            for (int i = 0; i < HEAD; i++) {
                head = (head << 8) | (bytes[at + i] & 0xff);
            }
            return head;
        }

        private static int slot(int head) {
            return (head * 0x9E3779B1) >>> (32 - TABLE_BITS);
        }
    }

    /** What is looked for, hidden; the slot tells 13 bits about how it begins, and most keys begin alike. */
    private static final class Needle {
        private final String alias;
        private final Masked bytes;
        private final int slot;

        private Needle(String alias, Masked bytes, int slot) {
            this.alias = alias;
            this.bytes = bytes;
            this.slot = slot;
        }

        static Needle of(String alias, byte[] plain) {
            return new Needle(alias, Masked.of(plain), Needles.slot(Needles.head(plain, 0)));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Needle that && alias.equals(that.alias) && bytes.equals(that.bytes);
        }

        @Override
        public int hashCode() {
            return bytes.hashCode();
        }
    }
}
