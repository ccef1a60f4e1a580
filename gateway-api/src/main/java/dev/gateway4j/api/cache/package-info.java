/** The cache of answers as an application sees it: what a call may ask of it, what became of that, and a view with its figures. */
@NullMarked
package dev.gateway4j.api.cache;

import org.jspecify.annotations.NullMarked;
