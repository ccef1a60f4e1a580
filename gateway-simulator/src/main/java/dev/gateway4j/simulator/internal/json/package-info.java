/** Reading and writing JSON the way OpenAI does: indented or compact, members in a fixed order. */
@NullMarked
package dev.gateway4j.simulator.internal.json;

import org.jspecify.annotations.NullMarked;
