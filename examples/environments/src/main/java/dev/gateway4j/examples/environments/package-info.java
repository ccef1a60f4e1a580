/** Staging and production side by side: other keys, other limits, another model and another log from one file of settings. */
@NullMarked
package dev.gateway4j.examples.environments;

import org.jspecify.annotations.NullMarked;
