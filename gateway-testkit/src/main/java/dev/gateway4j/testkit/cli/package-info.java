/**
 * The command line: {@link dev.gateway4j.testkit.cli.GatewayCli} serves the simulator on loopback and checks configuration files. It finds
 * the simulator by {@link java.util.ServiceLoader} and knows none of its classes.
 */
@NullMarked
package dev.gateway4j.testkit.cli;

import org.jspecify.annotations.NullMarked;
