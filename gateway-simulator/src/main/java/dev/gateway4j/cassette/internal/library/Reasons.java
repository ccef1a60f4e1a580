package dev.gateway4j.cassette.internal.library;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file cannot be read, in words. */
final class Reasons {
    private Reasons() {}

    static String of(IOException why) {
        if (why instanceof AccessDeniedException) {
            return "this user may not read it; allow it";
        }
        if (why instanceof NoSuchFileException) {
            return "it is gone";
        }
        if (why instanceof NotDirectoryException) {
            return "it is not a directory; name the directory";
        }
        return String.valueOf(why.getMessage());
    }
}
