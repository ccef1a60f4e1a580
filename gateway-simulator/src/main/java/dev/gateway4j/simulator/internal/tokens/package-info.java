/** Token counts. The only room that knows the tokenizer. */
@NullMarked
package dev.gateway4j.simulator.internal.tokens;

import org.jspecify.annotations.NullMarked;
