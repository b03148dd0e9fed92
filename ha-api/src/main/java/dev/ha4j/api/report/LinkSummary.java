package dev.ha4j.api.report;

import java.time.Duration;
import java.util.Objects;

/**
 * One link to one other node.
 *
 * @param peer name of that node
 * @param number of the link, from 0: the place of its address in the configuration
 * @param up whether pings come back
 * @param roundTrip running mean; zero before the first answer
 * @param loss share of pings that were not answered lately, 0 to 1
 */
public record LinkSummary(String peer, int number, boolean up, Duration roundTrip, double loss) {

    public LinkSummary {
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(roundTrip, "roundTrip");
    }
}
