package dev.gateway4j.api.spi;

import dev.gateway4j.api.WireHeaders;

/**
 * A request as a stand-in or a recorder sees it: what the application sent, without the gateway's own headers and without any credential.
 *
 * @param callId the id of the call in reports and logs
 * @param method the HTTP method, upper case
 * @param scheme {@code http} or {@code https}
 * @param authority host and, unless it is the default, port
 * @param path the path of the URL as sent, beginning with a slash, such as {@code /v1/chat/completions}
 * @param query the query as sent without its question mark; empty if there is none
 * @param headers the headers of the request
 * @param body the body, shared and not to be modified; empty if there is none
 * @param arrivedNanos when the request arrived, on the scale of {@link dev.gateway4j.api.TimeSource#nanos()}; due times count from here
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: requests are consumed, never compared
public record WireRequest(
        String callId,
        String method,
        String scheme,
        String authority,
        String path,
        String query,
        WireHeaders headers,
        byte[] body,
        long arrivedNanos) {}
