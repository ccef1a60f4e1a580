/** What the examples' tests share; its entry class is {@link dev.gateway4j.examples.testing.ExampleRun}. */
@NullMarked
package dev.gateway4j.examples.testing;

import org.jspecify.annotations.NullMarked;
