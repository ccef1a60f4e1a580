/** A program whose tests replay what was recorded once. */
@NullMarked
package dev.gateway4j.examples.cassettes;

import org.jspecify.annotations.NullMarked;
