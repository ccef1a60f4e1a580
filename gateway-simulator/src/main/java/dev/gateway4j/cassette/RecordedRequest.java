package dev.gateway4j.cassette;

import java.util.List;

/**
 * A request as it stands in a cassette. Members that a file leaves out are empty.
 *
 * @param protocol the version of HTTP the client asked for
 * @param contentLength the length of the body as it was written down, -1 for unknown; it may be stale, so nothing relies on it
 * @param transferEncoding such as {@code chunked}
 * @param trailer fields after the body
 * @param host the authority; may be empty
 * @param remoteAddr the address of the client, in recordings made by a server
 * @param requestUri the target of the request line, in recordings made by a server
 * @param body the body
 * @param form fields of the query and of a form
 * @param headers the headers that were saved
 * @param url the absolute URL with its query
 * @param method the HTTP method
 * @param extras members that the format does not know
 */
public record RecordedRequest(
        Protocol protocol,
        long contentLength,
        List<String> transferEncoding,
        Fields trailer,
        String host,
        String remoteAddr,
        String requestUri,
        RecordedBody body,
        Fields form,
        Fields headers,
        String url,
        String method,
        Extras extras) {
    /** Copies the list. */
    public RecordedRequest {
        transferEncoding = List.copyOf(transferEncoding);
    }

    /** A request over HTTP/1.1 with nothing out of the ordinary. */
    public static RecordedRequest of(String method, String url, Fields headers, RecordedBody body) {
        return new RecordedRequest(
                Protocol.HTTP_1_1,
                body.length(),
                List.of(),
                Fields.none(),
                authority(url),
                "",
                "",
                body,
                Fields.none(),
                headers,
                url,
                method,
                Extras.none());
    }

    private static String authority(String url) {
        int from = url.indexOf("://");
        int to = from < 0 ? -1 : url.indexOf('/', from + 3);
        return from < 0 ? "" : url.substring(from + 3, to < 0 ? url.length() : to);
    }

    /** The request with another body and its length. */
    public RecordedRequest with(RecordedBody other) {
        return new RecordedRequest(
                protocol,
                other.length(),
                transferEncoding,
                trailer,
                host,
                remoteAddr,
                requestUri,
                other,
                form,
                headers,
                url,
                method,
                extras);
    }

    /** The request with other headers. */
    public RecordedRequest with(Fields others) {
        return new RecordedRequest(
                protocol,
                contentLength,
                transferEncoding,
                trailer,
                host,
                remoteAddr,
                requestUri,
                body,
                form,
                others,
                url,
                method,
                extras);
    }

    /** The request to another place. */
    public RecordedRequest to(String otherUrl, Fields otherForm) {
        return new RecordedRequest(
                protocol,
                contentLength,
                transferEncoding,
                trailer,
                authority(otherUrl),
                remoteAddr,
                requestUri,
                body,
                otherForm,
                headers,
                otherUrl,
                method,
                extras);
    }

    /** The request with other members of ours. */
    public RecordedRequest with(Extras others) {
        return new RecordedRequest(
                protocol,
                contentLength,
                transferEncoding,
                trailer,
                host,
                remoteAddr,
                requestUri,
                body,
                form,
                headers,
                url,
                method,
                others);
    }
}
