package dev.ha4j.resources;

import static dev.ha4j.api.config.Constraints.colocate;
import static dev.ha4j.api.config.Constraints.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.config.Primitive;
import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void aThousandResourcesSettleAndStay() {
        TestCluster cluster = new TestCluster(8).fenceable();
        Primitive[] resources = new Primitive[1000];
        for (int i = 0; i < resources.length; i++) {
            resources[i] = Primitive.of("r" + i).stickiness(10);
        }
        cluster.resources(resources);
        cluster.constraints(colocate("r1").with("r0"), order("r0").then("r1"));
        cluster.settle();
        assertThat(cluster.plan().placement().roles()).hasSize(1000);
        assertThat(cluster.lose("a").plan().actions()).hasSizeGreaterThan(100);
    }
}
