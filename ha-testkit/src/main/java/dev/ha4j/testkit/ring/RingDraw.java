package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.FlowOptions;
import dev.ha4j.api.config.LinkOptions;
import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.api.config.NetworkProfile;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.api.config.RingTimes;
import dev.ha4j.testkit.ring.LinkNetwork.Weather;
import dev.ha4j.testkit.world.Streams;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws a scenario from a seed. */
final class RingDraw {

    private static final long MICRO = 1_000L;
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;

    /** Faults begin after this, so that there is a ring to harm. */
    private static final long CALM_NANOS = 3 * SECOND;

    /** In one of so many seeds nothing happens that a ring has to be given up for. */
    private static final int HARMLESS_IN = 3;

    /** In one of so many seeds nodes have certificates. */
    private static final int CERTIFICATES_IN = 3;

    /** In one of so many seeds what is new goes by multicast. */
    private static final int MULTICAST_IN = 4;

    /** In one of so many seeds the ring adapts its timeout. */
    private static final int ADAPTIVE_IN = 3;

    /** In one of so many seeds the token goes on before the last messages. */
    private static final int ACCELERATED_IN = 3;

    /** In one of so many seeds some links go before others. */
    private static final int PRIORITIES_IN = 3;

    private static final int MOST_PRIORITY = 3;

    private static final List<LinkPolicy> POLICIES = List.of(LinkPolicy.values());

    private static final int ETHERNET_DATAGRAM_BYTES = 1_472;
    private static final int JUMBO_DATAGRAM_BYTES = 8_972;

    /** Less than a ring needs: who is behind such a path gets tokens, and not all messages. */
    private static final int TOO_NARROW_BYTES = 700;

    private final Streams streams;
    private final Duration length;

    RingDraw(long seed, Duration length) {
        this.streams = new Streams(seed);
        this.length = length;
    }

    RingScenario scenario() {
        SplittableRandom random = streams.stream("scenario");
        boolean isHarmless = random.nextInt(HARMLESS_IN) == 0;
        int nodes = 2 + random.nextInt(random.nextInt(4) == 0 ? 6 : 4);
        int links = random.nextInt(4) == 0 ? 1 : 2 + random.nextInt(2);
        RingOptions options = options(random, nodes, links, isHarmless);
        return new RingScenario(
                options,
                isHarmless,
                Duration.ofMillis(20L << random.nextInt(6)),
                Duration.ofSeconds(2L << random.nextInt(4)),
                length,
                allFaults(random, options, isHarmless));
    }

    private RingOptions options(SplittableRandom random, int nodes, int links, boolean isHarmless) {
        RingConfig ring = RingConfig.builder()
                .nodes(IntStream.rangeClosed(1, nodes).mapToObj(NodeId::of).toList())
                .times(times(Duration.ofMillis(500L << random.nextInt(3))))
                .limits(RingLimits.DEFAULTS.withRingSequenceBlock(random.nextBoolean() ? 8 : 1_024))
                .windowMessages(random.nextInt(4) == 0 ? 16 : 256)
                .flow(this::accelerated)
                .build();
        long delay = (50 * MICRO) << random.nextInt(6);
        double loss = isHarmless || random.nextBoolean() ? 0 : random.nextDouble(0.03);
        int mtu = random.nextBoolean() ? ETHERNET_DATAGRAM_BYTES : JUMBO_DATAGRAM_BYTES;
        int path = random.nextInt(3) == 0 ? ETHERNET_DATAGRAM_BYTES : mtu;
        return new RingOptions(
                streams.seed(),
                ring,
                links,
                LinkOptions.of(
                                random.nextBoolean()
                                        ? LinkPolicy.PASSIVE
                                        : POLICIES.get(random.nextInt(POLICIES.size())))
                        .priorities(priorities(links)),
                new Weather(delay, random.nextLong(delay + 1), loss, path, 0),
                mtu,
                Duration.ofMillis(1L << random.nextInt(5)),
                streams.stream("certificates").nextInt(CERTIFICATES_IN) == 0,
                streams.stream("multicast").nextInt(MULTICAST_IN) == 0,
                random.nextBoolean() ? 0 : 200);
    }

    /** Some rings send the token before the last messages of a visit. */
    private FlowOptions accelerated(FlowOptions flow) {
        SplittableRandom random = streams.stream("accelerated");
        return random.nextInt(ACCELERATED_IN) == 0
                ? flow.withAcceleratedMessages(1 + random.nextInt(flow.messagesPerVisit()))
                : flow;
    }

    /** In some rings another link than the first carries most. */
    private int[] priorities(int links) {
        SplittableRandom random = streams.stream("priorities");
        boolean differ = random.nextInt(PRIORITIES_IN) == 0;
        return IntStream.range(0, links)
                .map(link -> differ ? random.nextInt(MOST_PRIORITY + 1) : 0)
                .toArray();
    }

    /** Some rings find out themselves how soon they may consider themselves broken. */
    private RingTimes times(Duration tokenTimeout) {
        SplittableRandom adaptive = streams.stream("adaptive");
        RingTimes times = RingTimes.of(NetworkProfile.LAN).with(RingTime.TOKEN_TIMEOUT, tokenTimeout);
        return adaptive.nextInt(ADAPTIVE_IN) == 0
                ? times.with(RingTime.DETECTION_FLOOR, tokenTimeout.dividedBy(2L << adaptive.nextInt(3)))
                : times;
    }

    private List<RingFault> allFaults(SplittableRandom random, RingOptions options, boolean isHarmless) {
        List<RingFault> all = new ArrayList<>(faults(random, options, isHarmless));
        boolean hasLoans = options.ring().nodes().size() > 2; // of two, each is the other's next
        if (hasLoans && !isHarmless) {
            all.addAll(LoanFaults.drawn(streams.stream("loan-faults"), CALM_NANOS, length.toNanos()));
        }
        return List.copyOf(all);
    }

    private List<RingFault> faults(SplittableRandom random, RingOptions options, boolean isHarmless) {
        List<RingFaultKind> kinds = kinds(random, options, isHarmless);
        int nodes = options.ring().nodes().size();
        int links = options.links();
        int weak = random.nextInt(3) == 0 ? random.nextInt(links) : 0; // the first carries most
        List<RingFault> drawn = new ArrayList<>();
        long meanCalm = (500 * MILLI) << random.nextInt(4);
        long at = CALM_NANOS;
        while (at < length.toNanos()) {
            RingFaultKind kind = kinds.get(random.nextInt(kinds.size()));
            int target = 1 + random.nextInt(nodes);
            int other = 1 + (target + random.nextInt(nodes - 1)) % nodes;
            int link = isHarmless ? weak : random.nextInt(links);
            drawn.add(new RingFault(kind, at, lasting(random, kind), target, other, link, strength(random, kind)));
            at += 1 + random.nextLong(2 * meanCalm);
        }
        return List.copyOf(drawn);
    }

    /** Each seed has a subset of its own: all at once would hide bugs, for nothing gets anywhere. */
    private static List<RingFaultKind> kinds(SplittableRandom random, RingOptions options, boolean isHarmless) {
        List<RingFaultKind> possible = Arrays.stream(RingFaultKind.values())
                .filter(kind -> !isHarmless || kind.isHarmless(options.links()))
                .filter(kind -> isHarmless || kind != RingFaultKind.TWIN)
                .filter(kind -> kind.isPossible(options))
                .toList();
        List<RingFaultKind> chosen = new ArrayList<>();
        while (chosen.isEmpty()) {
            possible.stream().filter(kind -> random.nextInt(3) == 0).forEach(chosen::add);
        }
        return chosen;
    }

    private static long lasting(SplittableRandom random, RingFaultKind kind) {
        return switch (kind) {
            case FREEZE -> ((30 * MILLI) << random.nextInt(8)) + random.nextLong(100 * MILLI);
            case EARLIER_BOOT -> 2 * SECOND + random.nextLong(10 * SECOND);
            case KILL, LEAVE, USURPER -> ((200 * MILLI) << random.nextInt(5)) + random.nextLong(SECOND);
            case KILL_ALL -> 200 * MILLI;
            case PATH_SHRINKS -> ((2 * SECOND) << random.nextInt(3)) + random.nextLong(SECOND);
            default -> ((100 * MILLI) << random.nextInt(7)) + random.nextLong(SECOND);
        };
    }

    private static long strength(SplittableRandom random, RingFaultKind kind) {
        return switch (kind) {
            case LINK_LOSS, LINK_BURSTS -> 50 + random.nextLong(900);
            case LOSS, BURSTS -> 20 + random.nextLong(280);
            case DAMAGE -> 1 + random.nextLong(20);
            case DUPLICATION -> 10 + random.nextLong(500);
            case REORDERING -> 100L << random.nextInt(6);
            case DELAY -> 1L << random.nextInt(9);
            case LINK_FLAPS -> 20L << random.nextInt(7);
            case ADDRESS_MOVES -> 50L << random.nextInt(6);
            case MULTICAST_LOSS -> random.nextBoolean() ? 1_000 : 20 + random.nextLong(900);
            case BANDWIDTH -> 128L << random.nextInt(8);
            case PATH_SHRINKS ->
                random.nextBoolean() ? TOO_NARROW_BYTES : ETHERNET_DATAGRAM_BYTES - random.nextLong(2) * 50;
            case SPOOFED_REFUSALS, REPLAY, FORGERY, GARBAGE, OTHER_VERSION, REDIRECTION, EARLIER_BOOT ->
                4L << random.nextInt(6);
            case OTHER_SOURCE -> 1 + random.nextLong(8);
            case RESTART_STORM -> 100L << random.nextInt(5);
            default -> random.nextLong(1, 1L << 16);
        };
    }
}
