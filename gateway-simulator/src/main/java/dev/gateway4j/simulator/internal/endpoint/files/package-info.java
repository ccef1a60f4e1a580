/** Files and uploads. Entry: FileEndpoints; other endpoints read and write files through FileStore. */
@NullMarked
package dev.gateway4j.simulator.internal.endpoint.files;

import org.jspecify.annotations.NullMarked;
