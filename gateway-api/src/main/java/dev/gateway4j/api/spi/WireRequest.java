package dev.gateway4j.api.spi;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;

/**
 * A request as a stand-in or a recorder sees it: what the application sent, without the gateway's own headers and without any credential.
 *
 * @param callId the id of the call in reports and logs
 * @param attempt which attempt of that call this is, counted from 1
 * @param method the HTTP method, upper case
 * @param scheme {@code http} or {@code https}
 * @param authority host and, unless it is the default, port
 * @param path the path of the URL as sent, beginning with a slash, such as {@code /v1/chat/completions}
 * @param query the query as sent without its question mark and without parameters that carry a credential; empty if there is none
 * @param endpoint the path without the base URL of its upstream, such as {@code /v1/chat/completions}, whatever the upstream puts in
 *     front of it; what to decide by, where {@code path} is what to show
 * @param headers the headers of the request
 * @param tags what the application says about the call; the name of the cassette to replay or record is among it
 * @param body the body, shared and not to be modified; empty if there is none. A body that would stream through unread is
 *     read whole for a stand-in and for a recorder
 * @param arrivedNanos when the request arrived, on the scale of {@link dev.gateway4j.api.TimeSource#nanos()}; due times count from here
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: requests are consumed, never compared
public record WireRequest(
        String callId,
        int attempt,
        String method,
        String scheme,
        String authority,
        String path,
        String query,
        String endpoint,
        WireHeaders headers,
        CallTags tags,
        byte[] body,
        long arrivedNanos) {}
