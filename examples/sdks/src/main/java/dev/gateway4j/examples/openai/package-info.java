/** openai-java through the gateway: give its builder the wrapped client. Each class is one program. */
@NullMarked
package dev.gateway4j.examples.openai;

import org.jspecify.annotations.NullMarked;
