/** The ten lines of the README as a program of its own; its entry class is {@link dev.gateway4j.examples.quickstart.QuickStart}. */
@NullMarked
package dev.gateway4j.examples.quickstart;

import org.jspecify.annotations.NullMarked;
