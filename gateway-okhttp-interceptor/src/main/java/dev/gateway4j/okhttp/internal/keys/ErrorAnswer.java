package dev.gateway4j.okhttp.internal.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.GzipSource;

/**
 * What the body of a refused call says, as far as somebody has to decide by it. Its text is looked at and never kept: an upstream may
 * repeat a key in it.
 *
 * @param code {@code error.code}, else {@code error.type}; empty if there is none, or if it does not look like one
 * @param type {@code error.type}, likewise
 * @param isPage true for a page of whoever stands before the upstream
 * @param isTooLarge true if the request is larger than its limit
 * @param isAboutTokens true if the text blames tokens
 * @param isAboutAddress true if the text blames the address the call came from
 * @param isAboutScopes true if the text says that the key lacks a right
 */
record ErrorAnswer(
        String code,
        String type,
        boolean isPage,
        boolean isTooLarge,
        boolean isAboutTokens,
        boolean isAboutAddress,
        boolean isAboutScopes) {
    /** Nothing is known. */
    static final ErrorAnswer SILENT = new ErrorAnswer("", "", false, false, false, false, false);

    private static final long MAX_BYTES = 64 * 1024;
    private static final ErrorAnswer PAGE = new ErrorAnswer("", "", true, false, false, false, false);
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]{1,64}|[0-9]{3}");
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** Looks at the beginning of the body, which the application still gets whole. Waits for it, as error bodies are short. */
    static ErrorAnswer peek(Response response) {
        ResponseBody body = response.body();
        MediaType type = body == null ? null : body.contentType();
        if (body == null || type == null) {
            return SILENT;
        }
        if (type.subtype().equals("html")) {
            return PAGE;
        }
        boolean json = type.subtype().equals("json") || type.subtype().endsWith("+json");
        try {
            return json ? read(plain(response)) : SILENT;
        } catch (IOException e) {
            return SILENT; // whoever reads on meets the same trouble
        }
    }

    private static byte[] plain(Response response) throws IOException {
        Buffer peeked = new Buffer();
        peeked.writeAll(response.peekBody(MAX_BYTES).source());
        String encoding = response.header("Content-Encoding", "identity");
        if ("identity".equalsIgnoreCase(encoding)) {
            return peeked.readByteArray();
        }
        if (!"gzip".equalsIgnoreCase(encoding)) {
            return new byte[0];
        }
        try (GzipSource gzip = new GzipSource(peeked)) {
            Buffer plain = new Buffer();
            for (long left = MAX_BYTES; left > 0; ) {
                long count = gzip.read(plain, left);
                if (count < 0) {
                    break;
                }
                left -= count;
            }
            return plain.readByteArray();
        }
    }

    /** Reads a body, or the beginning of one. */
    static ErrorAnswer read(byte[] body) {
        String code = "";
        String type = "";
        String message = "";
        try (JsonParser json = JSON.createParser(body)) {
            if (!enterError(json)) {
                return SILENT;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                String value = json.nextToken().isScalarValue() ? json.getValueAsString("") : "";
                switch (member) {
                    case "code" -> code = name(value);
                    case "type" -> type = name(value);
                    case "message" -> message = value;
                    default -> {}
                }
                json.skipChildren();
            }
        } catch (IOException | RuntimeException e) {
            // What was read before it broke off still counts.
            return of(code, type, message);
        }
        return of(code, type, message);
    }

    private static boolean enterError(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean error = json.currentName().equals("error");
            if (json.nextToken() == JsonToken.START_OBJECT && error) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }

    private static ErrorAnswer of(String code, String type, String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return new ErrorAnswer(
                code.isEmpty() ? type : code,
                type,
                false,
                text.startsWith("request too large"),
                text.contains("token rate limit") || text.contains("tokens per min") || text.contains("tokens per day"),
                text.contains("ip address") && text.contains("not authorized"),
                text.contains("missing scopes"));
    }

    private static String name(String value) {
        return NAME.matcher(value).matches() ? value : "";
    }
}
