package dev.gateway4j.api.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may read a file that takes the place of another. */
final class Rights {
    private Rights() {}

    /** A group that could read the old file can read the new one; nobody gets more than that. */
    static void keep(Path old, Path fresh) throws IOException {
        PosixFileAttributeView from = view(old);
        PosixFileAttributeView to = view(fresh);
        if (from == null || to == null) {
            return;
        }
        PosixFileAttributes before = from.readAttributes();
        if (hasGroup(to, before.group()) && before.permissions().contains(PosixFilePermission.GROUP_READ)) {
            Set<PosixFilePermission> permissions = EnumSet.of(
                    PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_READ);
            to.setPermissions(permissions);
        }
    }

    /** A user can give files only to groups that he is in. */
    private static boolean hasGroup(PosixFileAttributeView file, GroupPrincipal group) throws IOException {
        if (file.readAttributes().group().equals(group)) {
            return true;
        }
        try {
            file.setGroup(group);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Null on a file system without such rights. */
    private static @Nullable PosixFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class, new LinkOption[0]);
    }
}
