/** Answers written by the user: a directory of rules, read and checked when the simulator is made. */
@NullMarked
package dev.gateway4j.simulator.internal.template;

import org.jspecify.annotations.NullMarked;
