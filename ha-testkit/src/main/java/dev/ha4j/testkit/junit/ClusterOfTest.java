package dev.ha4j.testkit.junit;

import dev.ha4j.testkit.scenario.ScenarioFailure;
import dev.ha4j.testkit.scenario.SimulatedCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** The cluster of one test with one seed: handed to it, judged after it, closed. */
final class ClusterOfTest implements ParameterResolver, InvocationInterceptor {

    private final HaCluster options;
    private final long seed;
    private @Nullable SimulatedCluster cluster;

    ClusterOfTest(HaCluster options, long seed) {
        this.options = options;
        this.seed = seed;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SimulatedCluster.class;
    }

    @Override
    public SimulatedCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (cluster == null) {
            cluster = SimulatedCluster.of(options.nodes(), seed, options.fencing());
        }
        return cluster;
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> reflective,
            ExtensionContext context)
            throws Throwable {
        if (cluster == null) {
            throw new IllegalStateException("the test takes no SimulatedCluster");
        }
        try (SimulatedCluster own = cluster) {
            Optional<Path> file = traceFile(context);
            if (file.isPresent()) {
                traced(invocation, own, file.get());
            } else {
                run(invocation, own);
            }
        }
    }

    private static void traced(Invocation<@Nullable Void> invocation, SimulatedCluster own, Path file)
            throws Throwable {
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
            own.trace(line -> lines.append(line).append('\n'));
            run(invocation, own);
        }
    }

    private static void run(Invocation<@Nullable Void> invocation, SimulatedCluster own) throws Throwable {
        try {
            invocation.proceed();
            if (!own.hasRun()) {
                throw new IllegalStateException("the test let nothing run: call run(...) at least");
            }
            own.judge();
        } catch (ScenarioFailure told) {
            throw told;
        } catch (Throwable failure) {
            failure.addSuppressed(new Note(own.story()));
            throw failure;
        }
    }

    private Optional<Path> traceFile(ExtensionContext context) throws IOException {
        String folder = System.getProperty("ha4j.trace");
        if (folder == null) {
            return Optional.empty();
        }
        Method test = context.getRequiredTestMethod();
        String name = test.getDeclaringClass().getSimpleName() + "." + test.getName() + "-" + seed + ".jsonl";
        return Optional.of(Files.createDirectories(Path.of(folder)).resolve(name));
    }

    /** How to replay a failure that is not the cluster's own. */
    private static final class Note extends Exception {
        private static final long serialVersionUID = 1;

        Note(String story) {
            super(story, null, false, false);
        }
    }
}
