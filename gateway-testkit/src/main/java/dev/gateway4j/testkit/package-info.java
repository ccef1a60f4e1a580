/**
 * What a test needs around the gateway: {@link dev.gateway4j.testkit.GatewayExtension} for JUnit, {@link
 * dev.gateway4j.testkit.GatewayServer} for clients in any language, and contracts that implementations of the SPIs sit as an exam. Never
 * part of an application.
 */
@NullMarked
package dev.gateway4j.testkit;

import org.jspecify.annotations.NullMarked;
