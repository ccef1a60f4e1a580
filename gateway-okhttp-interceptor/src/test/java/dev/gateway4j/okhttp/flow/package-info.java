/**
 * The whole gateway, one story per test. These tests run on OkHttp 4.12 as well as on 5.x, so they use nothing newer than the 4.12 API and
 * the JDK's own server.
 */
@NullMarked
package dev.gateway4j.okhttp.flow;

import org.jspecify.annotations.NullMarked;
