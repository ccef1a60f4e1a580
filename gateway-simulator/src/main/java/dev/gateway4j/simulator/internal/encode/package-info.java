/** Plans to bytes: one encoder per endpoint and form. Nothing here decides what is said. */
@NullMarked
package dev.gateway4j.simulator.internal.encode;

import org.jspecify.annotations.NullMarked;
