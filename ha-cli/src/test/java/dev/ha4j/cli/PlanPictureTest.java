package dev.ha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.cib.CibReader;
import dev.ha4j.resources.policy.Plan;
import dev.ha4j.resources.policy.Simulation;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlanPictureTest {
    private static final Path RUNNING = Path.of("src/test/resources/shop-running.xml");

    @Test
    void thePictureHasABoxForEachStepAndNoTwoOverlap() throws Exception {
        Plan plan = failover();
        NodeList boxes = parse(PlanSvg.of(plan)).getElementsByTagName("rect");
        assertThat(boxes.getLength()).isEqualTo(plan.steps().size() + 1); // and the background
        for (int i = 1; i < boxes.getLength(); i++) {
            for (int j = 1; j < i; j++) {
                assertThat(overlap((Element) boxes.item(i), (Element) boxes.item(j)))
                        .isFalse();
            }
        }
    }

    private static boolean overlap(Element a, Element b) {
        return span(a, "x", "width", b) && span(a, "y", "height", b);
    }

    private static boolean span(Element a, String from, String length, Element b) {
        double startA = Double.parseDouble(a.getAttribute(from));
        double startB = Double.parseDouble(b.getAttribute(from));
        return startA < startB + Double.parseDouble(b.getAttribute(length))
                && startB < startA + Double.parseDouble(a.getAttribute(length));
    }

    /** A step stands below all that it waits for. */
    @Test
    void timeGoesDownwards() throws Exception {
        Plan plan = failover();
        PlanLayers layers = new PlanLayers(plan);
        TreeMap<Integer, Integer> layerOf = new TreeMap<>();
        for (int i = 0; i < layers.layers().size(); i++) {
            for (int step : layers.layers().get(i)) {
                layerOf.put(step, i);
            }
        }
        for (int step = 0; step < plan.steps().size(); step++) {
            for (int first : plan.steps().get(step).after()) {
                assertThat(layerOf.get(first)).isLessThan(layerOf.get(step));
            }
        }
    }

    @Test
    void anArrowThatFollowsFromOthersIsLeftOut() {
        PlanLayers layers = new PlanLayers(new Plan(
                IntStream.range(0, 3)
                        .mapToObj(i -> step(i, IntStream.range(0, i).boxed().toList()))
                        .toList(),
                new TreeMap<>(),
                new TreeMap<>(),
                OptionalLong.empty()));
        assertThat(layers.after(2)).containsExactly(1);
    }

    private static Plan.Step step(int number, List<Integer> after) {
        String key = "step" + number;
        return new Plan.Step(
                Plan.Kind.PSEUDO, key, "start", null, null, null, null, 0, 0, null, null, false, null, null, after);
    }

    @Test
    void graphvizTextNamesEachStepAndEachArrow() throws Exception {
        Plan plan = failover();
        String dot = PlanDot.of(plan);
        long arrows =
                plan.steps().stream().mapToLong(step -> step.after().size()).sum();
        assertThat(dot).startsWith("digraph").endsWith("}\n");
        assertThat(dot.lines().filter(line -> line.contains(" -> "))).hasSize((int) arrows);
        assertThat(dot.lines().filter(line -> line.contains("[label=")))
                .hasSize(plan.steps().size());
    }

    @Test
    void anEmptyPlanIsAPictureToo() throws Exception {
        Plan empty = new Plan(List.of(), new TreeMap<>(), new TreeMap<>(), OptionalLong.empty());
        assertThat(parse(PlanSvg.of(empty)).getDocumentElement().getTextContent())
                .contains("Nothing to do");
    }

    private static Plan failover() throws Exception {
        try (InputStream xml = Files.newInputStream(RUNNING)) {
            return Simulation.of(CibReader.read(xml).input(), Instant.parse("2026-01-01T00:00:00Z"))
                    .nodeFailed("alpha")
                    .inspect()
                    .plan();
        }
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
