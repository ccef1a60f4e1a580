/**
 * The command line: {@link dev.gateway4j.testkit.cli.GatewayCli} serves the simulator on loopback, checks configuration files, makes
 * samples anonymous and fits latency profiles. What it serves it finds by {@link java.util.ServiceLoader}; options that only the simulator
 * understands are refused for any other stand-in.
 */
@NullMarked
package dev.gateway4j.testkit.cli;

import org.jspecify.annotations.NullMarked;
