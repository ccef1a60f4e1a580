/** Answers to similar questions. {@link dev.gateway4j.okhttp.internal.cache.semantic.SemanticCache} is the entry. Knows vectors, texts and keys of the exact cache; never answers. */
@NullMarked
package dev.gateway4j.okhttp.internal.cache.semantic;

import org.jspecify.annotations.NullMarked;
