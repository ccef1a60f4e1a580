/**
 * An upstream on loopback that stands where OpenAI would: enough of the dialect for the examples, and a memory of what it received. Its
 * entry classes are {@link dev.gateway4j.examples.loopback.LoopbackUpstream} for readers and {@link
 * dev.gateway4j.examples.loopback.LoopbackOpenAi} for tests.
 */
@NullMarked
package dev.gateway4j.examples.loopback;

import org.jspecify.annotations.NullMarked;
