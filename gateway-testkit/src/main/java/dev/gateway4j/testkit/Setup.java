package dev.gateway4j.testkit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.StandIn;
import java.util.Optional;

/**
 * What a server serves.
 *
 * @param standIn what answers
 * @param time the clock that due times are on
 * @param maxBodyBytes the largest request body
 * @param credentials which keys it knows
 * @param admin what answers below {@code /__admin}, if anything
 * @param forwarding what is sent in place of the stand-in's answers, if anything
 */
record Setup(
        StandIn standIn,
        TimeSource time,
        long maxBodyBytes,
        Credentials credentials,
        Optional<AdminPath> admin,
        Optional<Forwarding> forwarding) {}
