/** What an answer looks like: whether it may be kept, and how a kept one is given as a stream or whole. {@link dev.gateway4j.okhttp.internal.cache.shape.StoredAnswer} is the entry. Pure: bytes in, bytes out. */
@NullMarked
package dev.gateway4j.okhttp.internal.cache.shape;

import org.jspecify.annotations.NullMarked;
