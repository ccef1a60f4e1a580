/**
 * Cassettes: exchanges with an upstream, recorded once and replayed for ever, in files that go-vcr and Envoy AI Gateway's test server read
 * as well. {@link dev.gateway4j.cassette.Cassette} is what a file holds, {@link dev.gateway4j.cassette.Cassettes} a directory of them,
 * {@link dev.gateway4j.cassette.CassettePlayer} answers calls from it and {@link dev.gateway4j.cassette.CassetteRecorder} fills it. Nothing
 * in here opens a socket, knows an HTTP client or the simulator.
 */
@NullMarked
package dev.gateway4j.cassette;

import org.jspecify.annotations.NullMarked;
