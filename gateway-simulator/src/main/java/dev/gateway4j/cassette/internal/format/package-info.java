/**
 * Cassettes as text: reads any legal YAML into a {@code Cassette} and writes one back in blocks. The only room that knows the YAML
 * library.
 */
@NullMarked
package dev.gateway4j.cassette.internal.format;

import org.jspecify.annotations.NullMarked;
