package dev.ha4j.testkit.ring;

import dev.ha4j.api.config.LinkOptions;
import dev.ha4j.testkit.ring.LinkNetwork.Weather;
import dev.ha4j.totem.RingConfig;
import java.time.Duration;

/**
 * How a world of rings is made.
 *
 * @param seed of all randomness
 * @param ring settings of the protocol; node ids count from 1
 * @param links of each node
 * @param use how they are used
 * @param weather what healthy paths are like
 * @param mtuDatagramBytes the largest datagram that the hosts' interfaces take
 * @param forceTakes longest time until a ring sequence is on disk
 * @param certificates whether the nodes have some
 * @param multicast whether what is new goes to a group of all, for each link
 * @param driftPartsPerMillion how wrong clocks may go
 */
record RingOptions(
        long seed,
        RingConfig ring,
        int links,
        LinkOptions use,
        Weather weather,
        int mtuDatagramBytes,
        Duration forceTakes,
        boolean certificates,
        boolean multicast,
        int driftPartsPerMillion) {}
