/** Samples of questions and answers, and making them anonymous. */
@NullMarked
package dev.gateway4j.simulator.internal.data;

import org.jspecify.annotations.NullMarked;
