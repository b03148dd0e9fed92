package dev.ha4j.testkit.check;

import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.List;

/** The judges of extended virtual synchrony alone, for rings without a cluster on them. */
public final class RingCheckers implements TraceListener {

    private final SelfDeliveryChecker selfDelivery;
    private final List<TraceListener> all;

    /** Checkers that report to {@code findings}. */
    public RingCheckers(Findings findings) {
        selfDelivery = new SelfDeliveryChecker(findings);
        all = List.of(
                new OrderChecker(findings),
                new SafeChecker(findings),
                new ConfigurationChecker(findings),
                selfDelivery);
    }

    @Override
    public void on(TraceRecord step) {
        for (TraceListener checker : all) {
            checker.on(step);
        }
    }

    /** In a quiet ring what was sent before the given instant has been heard of. */
    public void judgeQuiet(long sentBeforeNanos, long nowNanos) {
        selfDelivery.judgeQuiet(sentBeforeNanos, nowNanos);
    }
}
