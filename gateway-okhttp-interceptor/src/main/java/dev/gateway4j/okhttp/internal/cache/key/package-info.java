/** Which calls the cache is for, and which key a question has. {@link dev.gateway4j.okhttp.internal.cache.key.Identities} is the entry. Pure: reads facts and settings, changes nothing. */
@NullMarked
package dev.gateway4j.okhttp.internal.cache.key;

import org.jspecify.annotations.NullMarked;
