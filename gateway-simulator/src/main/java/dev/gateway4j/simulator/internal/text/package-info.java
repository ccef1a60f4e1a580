/** Made-up answers: sentences of our own in the language of the prompt. */
@NullMarked
package dev.gateway4j.simulator.internal.text;

import org.jspecify.annotations.NullMarked;
