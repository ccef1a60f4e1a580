package dev.gateway4j.examples.loopback;

import java.io.IOException;

/** Starts an upstream on loopback and prints every request that arrives, until it is stopped. Takes the port; 4010 if there is none. */
public final class LoopbackUpstream {
    private static final int DEFAULT_PORT = 4010;

    private LoopbackUpstream() {}

    /** Headers are printed as they come: the keys that arrive here are made up. */
    public static void main(String[] args) throws IOException {
        int port = args.length == 0 ? DEFAULT_PORT : Integer.parseInt(args[0]);
        @SuppressWarnings("resource") // serves until the process ends
        LoopbackOpenAi upstream = LoopbackOpenAi.start(port, System.out::println);
        System.out.println("Listening on " + upstream.baseUrl());
    }
}
