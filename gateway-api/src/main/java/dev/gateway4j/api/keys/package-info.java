/**
 * Keys at rest: the sealed file, in which every value is encrypted, and PKCS12 key stores. Entry classes are {@link
 * dev.gateway4j.api.keys.SealedKeys} and {@link dev.gateway4j.api.keys.KeyStores}. What comes out is a {@link dev.gateway4j.api.Secret};
 * nothing here keeps a value or a password.
 */
@NullMarked
package dev.gateway4j.api.keys;

import org.jspecify.annotations.NullMarked;
