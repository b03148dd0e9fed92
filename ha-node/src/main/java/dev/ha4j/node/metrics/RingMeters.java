package dev.ha4j.node.metrics;

import dev.ha4j.api.report.LinkSummary;
import dev.ha4j.api.report.NetworkSummary;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.api.report.TokenReport;
import dev.ha4j.totem.security.RejectReason;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the ring, its token, its links and its sockets show. */
final class RingMeters {

    private RingMeters() {}

    static void bind(Meters meters) {
        meters.gauge("ha4j.ring.members", report -> report.ring().members().size());
        meters.gauge("ha4j.ring.queued", report -> report.ring().queuedMessages());
        token(meters);
        links(meters);
        network(meters);
    }

    private static void token(Meters meters) {
        meters.gauge("ha4j.token.backlog", token(TokenReport::backlogMessages));
        meters.gauge("ha4j.token.window", token(TokenReport::windowMessages));
        meters.gauge("ha4j.token.rotation", token(token -> seconds(token.meanRotation())));
        meters.gauge("ha4j.token.timeout", token(token -> seconds(token.timeout())));
        meters.counter("ha4j.token.rotations", token(TokenReport::rotations));
        meters.counter("ha4j.token.late", token(TokenReport::late));
        meters.counter("ha4j.token.lost", token(TokenReport::lost));
        meters.counter("ha4j.ring.retransmitted", token(TokenReport::retransmitted));
        meters.counter("ha4j.ring.requested", token(TokenReport::requested));
    }

    private static void links(Meters meters) {
        meters.with("state", "up").gauge("ha4j.links", report -> links(report, true));
        meters.with("state", "down").gauge("ha4j.links", report -> links(report, false));
        meters.gauge("ha4j.link.roundtrip", worst(link -> seconds(link.roundTrip())));
        meters.gauge("ha4j.link.loss", worst(LinkSummary::loss));
    }

    private static void network(Meters meters) {
        meters.counter("ha4j.net.in", network(NetworkSummary::packetsIn));
        meters.counter("ha4j.net.out", network(NetworkSummary::packetsOut));
        meters.counter(
                "ha4j.net.errors",
                report -> report.ring().links().stream()
                        .mapToLong(link -> link.traffic().errors())
                        .sum());
        for (RejectReason reason : RejectReason.values()) {
            meters.with("reason", reason.name().toLowerCase(Locale.ROOT))
                    .counter(
                            "ha4j.net.rejected",
                            network(network -> network.rejected().getOrDefault(reason.name(), 0L)));
        }
        meters.gauge("ha4j.key", network(NetworkSummary::keyNumber));
        meters.counter("ha4j.loop.stalls", network(NetworkSummary::stalls));
        meters.gauge("ha4j.loop.stall", network(network -> seconds(network.longestStall())));
    }

    private static ToDoubleFunction<NodeReport> token(ToDoubleFunction<TokenReport> value) {
        return report -> value.applyAsDouble(report.ring().token());
    }

    private static ToDoubleFunction<NodeReport> network(ToDoubleFunction<NetworkSummary> value) {
        return report -> value.applyAsDouble(report.ring().network());
    }

    private static ToDoubleFunction<NodeReport> worst(ToDoubleFunction<LinkSummary> value) {
        return report -> report.ring().links().stream().mapToDouble(value).max().orElse(0);
    }

    private static long links(NodeReport report, boolean up) {
        return report.ring().links().stream().filter(link -> link.up() == up).count();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
