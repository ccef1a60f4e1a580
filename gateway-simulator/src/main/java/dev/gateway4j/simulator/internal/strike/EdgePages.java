package dev.gateway4j.simulator.internal.strike;

import dev.gateway4j.simulator.internal.json.Json;

/** Pages that the edge sends where a client expects JSON. */
final class EdgePages {
    static final String TYPE = "text/html; charset=UTF-8";

    private EdgePages() {}

    static byte[] of(int status, String ray) {
        String reason = reason(status);
        return Json.bytes("<!DOCTYPE html>\n<html lang=\"en-US\">\n<head>\n<title>api.openai.com | " + status + ": "
                + reason
                + "</title>\n<meta charset=\"UTF-8\" />\n</head>\n<body>\n<h1>" + reason + " <span>Error code " + status
                + "</span></h1>\n<p>Ray ID: <strong>" + ray + "</strong></p>\n</body>\n</html>\n");
    }

    private static String reason(int status) {
        return switch (status) {
            case 502 -> "Bad gateway";
            case 504 -> "Gateway time-out";
            case 520 -> "Web server is returning an unknown error";
            default -> "Just a moment...";
        };
    }
}
