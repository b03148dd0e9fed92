package dev.ha4j.testkit.junit;

import dev.ha4j.testkit.scenario.SimulatedCluster;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test once for each seed. */
public final class HaClusterExtension implements TestTemplateInvocationContextProvider {

    private static final int SMALL_SEEDS = 1_000_000;

    /** Called by JUnit. */
    public HaClusterExtension() {}

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(HaCluster.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method test = context.getRequiredTestMethod();
        HaCluster cluster = test.getAnnotation(HaCluster.class);
        if (!Arrays.asList(test.getParameterTypes()).contains(SimulatedCluster.class)) {
            throw new ExtensionConfigurationException(
                    "@HaCluster on " + test.getName() + " needs a parameter of type SimulatedCluster");
        }
        return seeds(test, cluster).mapToObj(seed -> new OfSeed(cluster, seed));
    }

    private static LongStream seeds(Method test, HaCluster cluster) {
        Long only = Long.getLong("ha4j.seed");
        if (only != null) {
            return LongStream.of(only);
        }
        if (cluster.seed().length > 0) {
            return LongStream.of(cluster.seed());
        }
        int count = Integer.getInteger("ha4j.seeds", cluster.seeds());
        if (count < 1) {
            throw new ExtensionConfigurationException("@HaCluster needs at least one seed, not " + count);
        }
        String name = test.getDeclaringClass().getName() + "." + test.getName();
        long first = Math.floorMod(name.hashCode(), SMALL_SEEDS);
        return LongStream.range(first, first + count);
    }

    private record OfSeed(HaCluster cluster, long seed) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocation) {
            return "seed " + seed;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new ClusterOfTest(cluster, seed));
        }
    }
}
