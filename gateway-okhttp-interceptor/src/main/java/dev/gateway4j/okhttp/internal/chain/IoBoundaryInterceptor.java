package dev.gateway4j.okhttp.internal.chain;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only {@link IOException}s out. A runtime exception on an asynchronous call would reach the callback as "canceled" and the thread's
 * uncaught handler as well; OkHttp itself throws some on headers that a server controls.
 */
final class IoBoundaryInterceptor implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger(IoBoundaryInterceptor.class);

    @Override
    public Response intercept(Chain chain) throws IOException {
        try {
            return chain.proceed(chain.request());
        } catch (RuntimeException e) {
            StackTraceElement where = whereOurs(e);
            if (where.getClassName().startsWith("okhttp3.")
                    || where.getClassName().startsWith("okio.")) {
                LOG.warn("OkHttp could not read an upstream's answer: {} at {}", e.toString(), where);
                throw new IOException("OkHttp could not read the upstream's answer: " + e, e);
            }
            LOG.error("The gateway failed on a call, at {}", where, e);
            throw new IOException(
                    "The gateway failed on this call: " + e.getClass().getSimpleName() + " at " + where, e);
        }
    }

    /** The first place that is not the JDK's: OkHttp where a server's header was at fault, one of our interceptors where we were. */
    private static StackTraceElement whereOurs(RuntimeException e) {
        for (StackTraceElement frame : e.getStackTrace()) {
            if (!frame.getClassName().startsWith("java.")) {
                return frame;
            }
        }
        return new StackTraceElement("unknown", "unknown", null, -1);
    }

    @Override
    public String toString() {
        return "IoBoundary";
    }
}
