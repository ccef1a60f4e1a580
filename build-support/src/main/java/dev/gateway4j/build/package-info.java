/** Checks that the tests of several modules share. Nothing here is published. */
@NullMarked
package dev.gateway4j.build;

import org.jspecify.annotations.NullMarked;
