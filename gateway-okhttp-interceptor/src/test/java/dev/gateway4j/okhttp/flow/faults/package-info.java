/** A hostile upstream: broken answers, lost connections, cancel and timeouts, odd bodies. Only the OkHttp 4.12 API, so that both lines run it. */
@NullMarked
package dev.gateway4j.okhttp.flow.faults;

import org.jspecify.annotations.NullMarked;
