package dev.gateway4j.simulator.internal.schema;

/**
 * What is wrong with a value.
 *
 * @param pointer where in the schema
 * @param keyword the keyword that it breaks
 * @param reason as the end of a sentence
 */
record Failure(String pointer, String keyword, String reason) {}
