/** What a handler is given and gives: requests, forms, pages, replies and their headers. */
@NullMarked
package dev.gateway4j.simulator.internal.http;

import org.jspecify.annotations.NullMarked;
