package dev.ha4j.totem.security.packet;

import java.time.Duration;

/**
 * Bounds and intervals of packet security.
 *
 * @param rekeyPackets packets after which this node draws a new session key; default 2^32
 * @param rekeyAge age at which it does so anyway; default 24 h
 * @param rekeyOverlap how long it still sends under the old key while peers confirm the new one; default 1 s
 * @param incumbentQuiet how long a peer must have been silent before another boot of its node id is let in; longer than a
 *     living peer can be silent; default 100 ms, on UDP two far probe intervals
 * @param challengeLifetime how long an answer to a challenge counts; default 1 s
 * @param firstHelloInterval time from the first hello to its repetition; doubles from there; default 10 ms
 * @param maxHelloInterval longest time between hellos to a peer that doesn't answer; default 1 s
 * @param handshakesPerSecond handshake packets of one peer that are looked at, in the long run, and as many of those who claim
 *     to be it; default 200
 * @param handshakeBurst how many of them at once; default 50
 * @param promptedHellosPerSecond hellos caused by packets of unknown sessions, for each peer; default 20
 * @param promptedHelloBurst how many of them at once; default 5
 */
public record SecurityLimits(
        long rekeyPackets,
        Duration rekeyAge,
        Duration rekeyOverlap,
        Duration incumbentQuiet,
        Duration challengeLifetime,
        Duration firstHelloInterval,
        Duration maxHelloInterval,
        int handshakesPerSecond,
        int handshakeBurst,
        int promptedHellosPerSecond,
        int promptedHelloBurst) {

    /** NIST SP 800-38D allows far more per key with counted nonces; a day's life bounds what a stolen key opens. */
    public static final SecurityLimits DEFAULTS = new SecurityLimits(
            1L << 32,
            Duration.ofHours(24),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMillis(10),
            Duration.ofSeconds(1),
            200,
            50,
            20,
            5);

    public SecurityLimits withRekeyPackets(long packets) {
        return new SecurityLimits(
                packets,
                rekeyAge,
                rekeyOverlap,
                incumbentQuiet,
                challengeLifetime,
                firstHelloInterval,
                maxHelloInterval,
                handshakesPerSecond,
                handshakeBurst,
                promptedHellosPerSecond,
                promptedHelloBurst);
    }

    /** With fewer handshakes: where each costs signatures. */
    public SecurityLimits withHandshakesPerSecond(int number) {
        return new SecurityLimits(
                rekeyPackets,
                rekeyAge,
                rekeyOverlap,
                incumbentQuiet,
                challengeLifetime,
                firstHelloInterval,
                maxHelloInterval,
                number,
                handshakeBurst,
                promptedHellosPerSecond,
                promptedHelloBurst);
    }

    public SecurityLimits withIncumbentQuiet(Duration quiet) {
        return new SecurityLimits(
                rekeyPackets,
                rekeyAge,
                rekeyOverlap,
                quiet,
                challengeLifetime,
                firstHelloInterval,
                maxHelloInterval,
                handshakesPerSecond,
                handshakeBurst,
                promptedHellosPerSecond,
                promptedHelloBurst);
    }
}
