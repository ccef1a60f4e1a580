/** Classes that break every rule, for the tests of the rules. */
@NullMarked
package dev.gateway4j.build.sample;

import org.jspecify.annotations.NullMarked;
