/** Containers and their files; nothing runs in them. Entry: ContainerEndpoints. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.containers;

import org.jspecify.annotations.NullMarked;
