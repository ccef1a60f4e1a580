/** Does not count as surface. */
@NullMarked
package dev.gateway4j.build.sample.internal;

import org.jspecify.annotations.NullMarked;
