package dev.gateway4j.api.config;

import dev.gateway4j.api.config.Interpolation.UnresolvedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A file that holds a secret, or several.
 *
 * @param path where it is
 * @param shown what messages call it
 * @param checked whether others must not be able to read or change it
 */
record SecretFile(Path path, String shown, boolean checked) {
    private static final int MAX_BYTES = 64 * 1024;
    private static final Set<PosixFilePermission> PERILOUS = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    /** Refuses what cannot be read, or can be by others. Links are followed: what counts is the file. */
    SecretFile verified() throws UnresolvedException {
        if (Files.isDirectory(path)) {
            throw refused("is a directory; name the file in it");
        }
        if (!Files.exists(path) || !Files.isReadable(path)) {
            throw unreadable();
        }
        if (!Files.isRegularFile(path)) {
            throw refused("is no regular file; put the secret into one");
        }
        Optional<Set<PosixFilePermission>> permissions = checked ? permissions() : Optional.empty();
        if (permissions.isPresent() && permissions.get().stream().anyMatch(PERILOUS::contains)) {
            throw refused("has mode " + mode(permissions.get()) + ", so that others can read or change it; chmod 600 it"
                    + " (in Kubernetes: defaultMode: 0440), or set openai.credentials.file_permissions: unchecked");
        }
        return this;
    }

    /** What it holds, without blanks around it; the caller wipes it. */
    char[] read() throws UnresolvedException {
        verified();
        byte[] bytes = new byte[0];
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UnresolvedException(false, shown + " is larger than 64 KB; it is no key");
            }
            return stripped(StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes)));
        } catch (IOException e) {
            throw unreadable();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static char[] stripped(CharBuffer text) {
        int from = 0;
        int to = text.length();
        while (from < to && Character.isWhitespace(text.get(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.get(to - 1))) {
            to--;
        }
        char[] found = new char[to - from];
        text.get(from, found);
        Arrays.fill(text.array(), '\0');
        return found;
    }

    /** None where the file system knows no owner, group and others. */
    private Optional<Set<PosixFilePermission>> permissions() throws UnresolvedException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class, new LinkOption[0]);
        try {
            return view == null
                    ? Optional.empty()
                    : Optional.of(view.readAttributes().permissions());
        } catch (IOException e) {
            throw unreadable();
        }
    }

    private static String mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (char bit : PosixFilePermissions.toString(permissions).toCharArray()) {
            mode = mode << 1 | (bit == '-' ? 0 : 1);
        }
        return "0" + Integer.toOctalString(mode);
    }

    private UnresolvedException unreadable() {
        return refused("cannot be read; put the key into that file, readable for this user");
    }

    private UnresolvedException refused(String why) {
        return new UnresolvedException(true, shown + " " + why);
    }
}
