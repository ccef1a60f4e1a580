/**
 * The specification as a table of operations and shapes: how it is read and written, how a request is judged by it, and how an answer is made
 * from it. It knows nothing of single endpoints. Entries: SpecTable, Checker, Maker; SpecTool is run by hand.
 */
@NullMarked
package dev.gateway4j.simulator.internal.spec;

import org.jspecify.annotations.NullMarked;
