package dev.gateway4j.testkit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.StandIn;

class CannedStandInTest extends StandInContract {
    @Override
    protected StandIn standIn(TimeSource time) {
        return new CannedStandIn();
    }
}
