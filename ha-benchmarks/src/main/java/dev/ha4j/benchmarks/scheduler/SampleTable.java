package dev.ha4j.benchmarks.scheduler;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures, and how they grow. */
final class SampleTable {
    private final List<Sample> samples;

    SampleTable(List<Sample> samples) {
        this.samples = samples;
    }

    void print() {
        System.out.println(
                "\nMilliseconds. Warm: planning alone; CPU, reference and ratio are processor time, of all threads. Cold: a"
                        + " process from start to end, wall time / processor time.\nGrowth: the power of nodes x resources with which the time rises, from the line"
                        + " above. After a > the reference was stopped.\n");
        System.out.printf(
                "%-8s %-8s %7s | %8s %9s %9s %11s %8s %11s | %17s %19s%n",
                "", "size", "steps", "read", "warm", "CPU", "reference", "ratio", "growth", "cold", "reference");
        Sample above = null;
        for (Sample sample : samples) {
            boolean sameSituation = above != null && above.situation().equals(sample.situation());
            System.out.println(line(sample, sameSituation ? above : null));
            above = sample;
        }
    }

    private static String line(Sample sample, @Nullable Sample above) {
        return String.format(
                Locale.ROOT,
                "%-8s %-8s %7d | %8.0f %9.1f %9.1f %11s %8s %11s | %17s %19s",
                sample.situation(),
                sample.nodes() + "x" + sample.resources(),
                sample.steps(),
                sample.readMillis(),
                sample.planMillis(),
                sample.planCpuMillis(),
                reference(sample),
                ratio(sample),
                above == null
                        ? ""
                        : growth(above, sample, above.planCpuMillis(), sample.planCpuMillis()) + " / "
                                + growth(above, sample, above.referenceMillis(), sample.referenceMillis()),
                number(sample.coldMillis()) + " / " + number(sample.coldCpuMillis()),
                number(sample.referenceColdMillis()) + " / " + number(sample.referenceColdCpuMillis()));
    }

    private static String number(@Nullable Double millis) {
        return millis == null ? "-" : String.format(Locale.ROOT, "%.0f", millis);
    }

    private static String reference(Sample sample) {
        return sample.referenceLimitMillis() == null
                ? number(sample.referenceMillis())
                : "> " + number(sample.referenceLimitMillis());
    }

    private static String ratio(Sample sample) {
        boolean stopped = sample.referenceLimitMillis() != null;
        Double millis = stopped ? sample.referenceLimitMillis() : sample.referenceMillis();
        return millis == null
                ? "-"
                : String.format(Locale.ROOT, "%s%.0fx", stopped ? "> " : "", millis / sample.planCpuMillis());
    }

    private static String growth(Sample from, Sample to, @Nullable Double before, @Nullable Double after) {
        return before == null || after == null || before == 0 || after == 0
                ? "-"
                : String.format(Locale.ROOT, "%.1f", Math.log(after / before) / Math.log(to.cells() / from.cells()));
    }
}
