/** Ways round the gateway, each of which must be shut. Only the OkHttp 4.12 API, so that both lines run it. */
@NullMarked
package dev.gateway4j.okhttp.flow.egress;

import org.jspecify.annotations.NullMarked;
