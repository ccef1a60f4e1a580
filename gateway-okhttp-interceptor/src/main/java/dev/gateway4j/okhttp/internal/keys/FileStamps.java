package dev.gateway4j.okhttp.internal.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What files look like from outside. Equal as long as nobody has changed, replaced or re-linked one of them, or its permissions.
 *
 * @param stamps one for each file, in their order
 */
record FileStamps(List<Stamp> stamps) {
    static FileStamps of(List<Path> paths) {
        List<Stamp> stamps = new ArrayList<>(paths.size());
        for (Path path : paths) {
            stamps.add(stamp(path));
        }
        return new FileStamps(List.copyOf(stamps));
    }

    private static Stamp stamp(Path path) {
        try {
            Path target = path.toRealPath();
            BasicFileAttributes found = Files.readAttributes(target, BasicFileAttributes.class);
            return new Stamp(
                    target,
                    found.lastModifiedTime(),
                    changed(target),
                    found.size(),
                    found.fileKey(),
                    found.isDirectory());
        } catch (IOException e) {
            return Stamp.MISSING;
        }
    }

    /** Unix keeps a time for changes of permissions and owners as well. */
    private static @Nullable Object changed(Path target) throws IOException {
        try {
            return Files.getAttribute(target, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return null;
        }
    }

    /** One file; its path is that of what a link leads to. */
    private record Stamp(
            @Nullable Path target,
            @Nullable FileTime modified,
            @Nullable Object changed,
            long size,
            @Nullable Object fileKey,
            boolean directory) {
        static final Stamp MISSING = new Stamp(null, null, null, 0, null, false);
    }
}
