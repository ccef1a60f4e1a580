package dev.gateway4j.cassette.internal.library;

import java.util.List;

/**
 * The cassette that answers a question which names none.
 *
 * @param cassette the first in sorted order
 * @param place the place of the first interaction in it that does
 * @param others names of further ones that would answer it too; said once for this place, the first few
 */
public record Found(Shelved cassette, int place, List<String> others) {}
