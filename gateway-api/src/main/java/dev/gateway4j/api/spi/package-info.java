/**
 * The contracts other modules and users implement: stand-ins, recorders, key sources, price books, token counters. Each type says who
 * calls it, from which thread, and who closes what.
 */
@NullMarked
package dev.gateway4j.api.spi;

import org.jspecify.annotations.NullMarked;
