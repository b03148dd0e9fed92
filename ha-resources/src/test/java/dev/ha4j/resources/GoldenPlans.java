package dev.ha4j.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Scenarios whose plans are in files of their own, in {@code FOLDER/NAME/plan.txt}; {@code -Dgolden.rewrite=true} writes them anew.
 */
final class GoldenPlans {

    private final Path folder;
    private final Map<String, Supplier<TestCluster>> scenarios = new LinkedHashMap<>();

    /** @param folder of the test resources */
    GoldenPlans(String folder) {
        this.folder = Path.of("src", "test", "resources", folder);
    }

    void put(String name, Supplier<TestCluster> scenario) {
        scenarios.put(name, scenario);
    }

    Stream<DynamicTest> tests() {
        return scenarios.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> check(entry.getKey(), entry.getValue().get())));
    }

    private void check(String name, TestCluster cluster) throws IOException {
        String plan = PlanText.of(cluster.state, cluster.plan());
        Path file = folder.resolve(name).resolve("plan.txt");
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, plan);
        }
        assertThat(plan).isEqualTo(Files.readString(file));
    }
}
