/** Small real media files: pictures of flat cells and tones or silence that last as long as a text takes to say. No decoder, no codec. */
@NullMarked
package dev.gateway4j.simulator.internal.media;

import org.jspecify.annotations.NullMarked;
