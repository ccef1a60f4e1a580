package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Looks into vector stores for the tool {@code file_search}. Thread-safe. */
@FunctionalInterface
public interface FileSearch {
    /** Finds nothing. */
    FileSearch NOTHING = (stores, query, most) -> List.of();

    /**
     * What fits the query, best first.
     *
     * @param stores the ids of the vector stores
     * @param query what is looked for
     * @param most how many hits at most
     */
    List<Hit> search(List<String> stores, String query, int most);

    /**
     * A part of a file.
     *
     * @param fileId the id of the file
     * @param fileName its name
     * @param score how well it fits, from 0 to 1
     * @param text the part
     * @param attributes what the file was marked with
     */
    record Hit(String fileId, String fileName, double score, String text, ObjectNode attributes) {}
}
