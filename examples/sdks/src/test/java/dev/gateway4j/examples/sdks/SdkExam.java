package dev.gateway4j.examples.sdks;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.Page;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Calls every method of every service of the SDK, and reads strictly what comes back, to its end. */
final class SdkExam {
    private static final int SHOWN = 2_000;

    private final OpenAIClient client;
    private volatile Exchanged last = Exchanged.NONE;

    /**
     * What became of one call.
     *
     * @param method the SDK's method
     * @param request what was sent: method, path and query
     * @param status what was answered; 0 if nothing was
     * @param problem what the SDK or the server objects to; empty if nothing
     */
    record Finding(String method, String request, int status, String problem) {
        /** True if the server says that it does not know such a request. */
        boolean outside() {
            return problem.contains("Invalid URL") || problem.contains("Not allowed to");
        }
    }

    private record Exchanged(String request, String sent, int status, String body) {
        static final Exchanged NONE = new Exchanged("", "", 0, "");
    }

    SdkExam(String baseUrl) {
        client = OpenAIOkHttpClient.builder()
                .okHttpClient(
                        new OkHttpClient.Builder().addInterceptor(this::watched).build())
                .baseUrl(baseUrl)
                .apiKey("sk-test-blue-0000")
                .adminApiKey("sk-test-blue-0000")
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    List<Finding> findings(boolean full, int variant) {
        List<Finding> findings = new ArrayList<>();
        for (SdkMethod method : SdkMethod.of(client)) {
            findings.add(finding(method, new SdkValues(full, variant)));
        }
        return findings;
    }

    private Finding finding(SdkMethod method, SdkValues values) {
        while (true) {
            last = Exchanged.NONE;
            try {
                read(method.ask(values));
                return new Finding(method.name(), last.request(), last.status(), "");
            } catch (RuntimeException refusedOrWrong) {
                String problem = String.valueOf(refusedOrWrong);
                if (!values.learnt(problem)) {
                    String shown = problem + "\n  sent: " + last.sent() + "\n  got: " + last.body();
                    return new Finding(method.name(), last.request(), last.status(), shown);
                }
            }
        }
    }

    private static void read(@Nullable Object answer) {
        if (answer instanceof StreamResponse<?> stream) {
            try (stream) {
                List<?> events = stream.stream().toList();
                events.forEach(SdkExam::validate);
                if (events.isEmpty()) {
                    throw new IllegalStateException("no events");
                }
            }
        } else if (answer instanceof HttpResponse raw) {
            readBytes(raw);
        } else if (answer instanceof Page<?> page) {
            validate(SdkMethod.call(page, SdkMethod.method(page.getClass(), "response")));
            page.items().forEach(SdkExam::validate);
        } else if (answer instanceof List<?> models) {
            models.forEach(SdkExam::validate);
        } else if (answer != null) {
            validate(answer);
        }
    }

    private static void readBytes(HttpResponse raw) {
        try (raw) {
            if (raw.statusCode() >= 300 || raw.body().readAllBytes().length == 0) {
                throw new IllegalStateException("no bytes");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void validate(Object model) {
        boolean checks = Arrays.stream(model.getClass().getMethods())
                .anyMatch(method -> method.getName().equals("validate"));
        if (checks) {
            SdkMethod.call(model, SdkMethod.method(model.getClass(), "validate"));
        } else if (!(model instanceof String)) {
            throw new IllegalStateException("cannot validate " + model.getClass());
        }
    }

    private Response watched(Interceptor.Chain chain) throws IOException {
        Buffer body = new Buffer();
        RequestBody sent = chain.request().body();
        if (sent != null && !sent.isOneShot()) {
            sent.writeTo(body);
        }
        String path = chain.request().url().encodedPath();
        String query = Optional.ofNullable(chain.request().url().encodedQuery()).orElse("");
        String request = chain.request().method() + " " + path + "?" + query;
        Response response = chain.proceed(chain.request());
        String got = response.peekBody(SHOWN).string();
        last = new Exchanged(request, shortened(body.readUtf8()), response.code(), got);
        return response;
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), SHOWN));
    }
}
