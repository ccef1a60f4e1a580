package dev.gateway4j.testkit.cli;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Around the gateway: what goes wrong while recording is told as Envoy's test server tells it, and nothing else of ours is seen. */
final class CompatibleRecording implements Interceptor {
    private static final MediaType TEXT = MediaType.get("text/plain; charset=utf-8");
    private static final long ENOUGH = 64 * 1024;

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response;
        try {
            response = chain.proceed(chain.request());
        } catch (IOException e) {
            return failed(chain.request(), "failed to execute request: " + e.getMessage());
        }
        if (response.header("x-gateway-refusal") == null) {
            return withoutOurs(response);
        }
        try (response) {
            return failed(chain.request(), response.peekBody(ENOUGH).string());
        }
    }

    private static Response withoutOurs(Response response) {
        Response.Builder plain = response.newBuilder();
        response.headers().names().stream()
                .filter(name -> name.regionMatches(true, 0, "x-gateway-", 0, 10))
                .forEach(plain::removeHeader);
        return plain.build();
    }

    private static Response failed(Request request, String why) {
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(500)
                .message("Internal Server Error")
                .header("X-TestOpenAI-Error", "true")
                .body(ResponseBody.create("TestOpenAI Error: Failed to record interaction: " + why + "\n", TEXT))
                .header("Content-Type", TEXT.toString())
                .build();
    }
}
