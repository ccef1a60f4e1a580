@NullMarked
package dev.gateway4j.examples.sdks;

import org.jspecify.annotations.NullMarked;
