/** Where a call goes and what goes with it. Only the OkHttp 4.12 API, so that both lines run it. */
@NullMarked
package dev.gateway4j.okhttp.flow.address;

import org.jspecify.annotations.NullMarked;
