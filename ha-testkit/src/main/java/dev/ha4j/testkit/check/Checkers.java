package dev.ha4j.testkit.check;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.controller.lease.LeaseRule;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.List;

/** All judges together. They judge while the trace is made; what can be judged in the end only, {@link #judgeQuiet} does. */
public final class Checkers implements TraceListener {

    private final Findings findings = new Findings();
    private final SelfDeliveryChecker selfDelivery;
    private final LeaveChecker leave;
    private final NoticeChecker notices;
    private final List<TraceListener> all;

    /**
     * Checkers for a cluster of this policy.
     *
     * @param lease the arithmetic of its leases
     */
    public Checkers(ClusterPolicy policy, LeaseRule lease) {
        selfDelivery = new SelfDeliveryChecker(findings);
        leave = new LeaveChecker(findings);
        notices = new NoticeChecker(findings);
        Ballots ballots = new Ballots(policy);
        all = List.of(
                ballots,
                new OrderChecker(findings),
                new SafeChecker(findings),
                new ConfigurationChecker(findings),
                selfDelivery,
                new QuorumChecker(policy, ballots, findings),
                new DownscaleChecker(findings),
                new UnblockChecker(3 * lease.successorWait().toNanos(), findings),
                new EraChecker(findings),
                new ExclusivityChecker(
                        policy, LeaseChecker.slowest(lease.pauseLimit().toNanos(), lease), findings),
                new FencingChecker(policy, lease.successorWait().toNanos(), findings),
                new FenceOrderChecker(findings),
                new LeaseChecker(lease, findings),
                new TermChecker(findings),
                new OperationChecker(policy, findings),
                new LevelChecker(findings),
                new TicketChecker(findings),
                notices,
                new DurabilityChecker(policy, ballots, findings),
                new HistoryChecker(findings),
                leave);
    }

    @Override
    public void on(TraceRecord step) {
        for (TraceListener checker : all) {
            checker.on(step);
        }
    }

    /** The cluster has had no faults for long enough: what began before the given instant has to be over. */
    public void judgeQuiet(long begunBeforeNanos, long nowNanos) {
        selfDelivery.judgeQuiet(begunBeforeNanos, nowNanos);
        leave.judgeQuiet(begunBeforeNanos, nowNanos);
        notices.judgeQuiet(nowNanos);
    }

    public Findings findings() {
        return findings;
    }
}
