package dev.ha4j.testkit.swarm;

import dev.ha4j.testkit.check.Findings;
import dev.ha4j.testkit.world.World;
import dev.ha4j.testkit.world.WorldOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Judges what becomes of a healed cluster: it is well within its bound, comes to rest, and stays as it is. */
final class Liveness {

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** After convergence nothing may happen for this long that was not asked for. */
    private static final Duration QUIET = Duration.ofSeconds(60);

    private final World world;
    private final Convergence convergence;
    private final Operators operators;
    private final Holders holders;
    private final Findings findings;
    private final long healedAtNanos;
    private final long boundNanos;
    private final long settlingNanos;
    private boolean tidied;

    Liveness(World world, Convergence convergence, Operators operators, Holders holders, Findings findings) {
        WorldOptions options = world.options();
        this.world = world;
        this.convergence = convergence;
        this.operators = operators;
        this.holders = holders;
        this.findings = findings;
        this.healedAtNanos = world.time().now();
        this.boundNanos = Bounds.convergence(options).toNanos();
        this.settlingNanos = Bounds.settling(options).toNanos();
    }

    /** How long after healing the cluster was well for good; empty if it never was, which is then reported. */
    Optional<Duration> judge() {
        Optional<Duration> well = converge();
        if (findings.isEmpty()) {
            if (well.isPresent()) {
                stayWell();
            } else {
                convergence.missing().forEach(this::report);
                if (findings.isEmpty()) {
                    findings.report("S8", world.time().now(), "the resources don't come to rest: " + placement());
                }
            }
        }
        return well;
    }

    private void report(String missing) {
        String[] parts = missing.split(" ", 2);
        findings.report(parts[0], world.time().now(), parts[1]);
    }

    private Optional<Duration> converge() {
        List<String> before = placement();
        long wellSince = healedAtNanos;
        while (sinceHealed(wellSince) < boundNanos && findings.isEmpty()) {
            world.run(LOOK);
            long now = world.time().now();
            List<String> after = placement();
            if (!convergence.missing().isEmpty() || !after.equals(before)) {
                wellSince = now;
                operators.addRemoved();
                tidyUpLate();
            } else if (now - wellSince >= settlingNanos) {
                return Optional.of(Duration.ofNanos(sinceHealed(wellSince)));
            }
            before = after;
        }
        return Optional.empty();
    }

    private long sinceHealed(long atNanos) {
        return atNanos - healedAtNanos;
    }

    private void tidyUpLate() {
        if (!tidied && sinceHealed(world.time().now()) > boundNanos / 4) {
            operators.tidyUp();
            tidied = true;
        }
        if (tidied) {
            operators.grantWhatIsRefused();
        }
    }

    /** S8: a cluster that is well and left alone stays as it is. */
    private void stayWell() {
        List<String> before = placement();
        world.run(QUIET);
        List<String> after = placement();
        if (!before.equals(after) && findings.isEmpty()) {
            findings.report("S8", world.time().now(), "resources moved without a cause: " + before + " to " + after);
        }
        for (String missing : convergence.missing()) {
            findings.report("S8", world.time().now(), "the cluster was well, and is not any more: " + missing);
        }
    }

    private List<String> placement() {
        return holders.resources().stream()
                .map(resource -> resource + "=" + holders.of(resource))
                .toList();
    }
}
