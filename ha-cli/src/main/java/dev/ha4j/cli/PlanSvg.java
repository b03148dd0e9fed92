package dev.ha4j.cli;

import dev.ha4j.resources.policy.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan as a picture: time goes from top to bottom. */
final class PlanSvg {
    private static final int MARGIN = 20;
    private static final int HEIGHT = 38;
    private static final int GAP = 18;
    private static final int LINE_GAP = 10;
    private static final int LAYER_GAP = 42;
    private static final double MAX_LINE_WIDTH = 1400;
    private static final double LETTER_WIDTH = 6.7;

    private final Plan plan;
    private final PlanLayers layers;
    private final StepLabel[] labels;
    private final double[] left;
    private final double[] top;
    private final double[] width;
    private final StringBuilder out = new StringBuilder();

    private PlanSvg(Plan plan) {
        this.plan = plan;
        layers = new PlanLayers(plan);
        int count = plan.steps().size();
        labels = new StepLabel[count];
        left = new double[count];
        top = new double[count];
        width = new double[count];
    }

    static String of(Plan plan) {
        return new PlanSvg(plan).draw();
    }

    private String draw() {
        double[] size = place();
        format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$.0f\" height=\"%2$.0f\" viewBox=\"0 0 %1$.0f %2$.0f\">%n",
                size[0], size[1]);
        out.append("<style>text{font:12px Helvetica,Arial,sans-serif;fill:#222} .where{font-size:10px;fill:#555}"
                + " path{fill:none;stroke:#777}</style>\n");
        out.append(
                "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\""
                        + " orient=\"auto\"><path d=\"M0,0 L8,4 L0,8 z\" style=\"fill:#777;stroke:none\"/></marker></defs>\n");
        out.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int i = 0; i < labels.length; i++) {
            for (int first : layers.after(i)) {
                arrow(first, i);
            }
        }
        for (int i = 0; i < labels.length; i++) {
            box(i);
        }
        if (labels.length == 0) {
            format("<text x=\"%d\" y=\"%d\">Nothing to do</text>%n", MARGIN, MARGIN + HEIGHT / 2);
        }
        return out.append("</svg>\n").toString();
    }

    /** A layer that is too wide takes several lines. Each line stands around one middle. */
    private double[] place() {
        List<List<Integer>> lines = new ArrayList<>();
        double y = MARGIN;
        double widest = 0;
        for (List<Integer> layer : layers.layers()) {
            for (List<Integer> line : lines(layer)) {
                lines.add(line);
                for (int step : line) {
                    top[step] = y;
                }
                y += HEIGHT + LINE_GAP;
                widest = Math.max(widest, widthOf(line));
            }
            y += LAYER_GAP - LINE_GAP;
        }
        for (List<Integer> line : lines) {
            double x = MARGIN + (widest - widthOf(line)) / 2;
            for (int step : line) {
                left[step] = x;
                x += width[step] + GAP;
            }
        }
        return new double[] {Math.max(widest, 160) + 2 * MARGIN, Math.max(y - LAYER_GAP, HEIGHT) + MARGIN};
    }

    private List<List<Integer>> lines(List<Integer> layer) {
        List<List<Integer>> lines = new ArrayList<>();
        double used = MAX_LINE_WIDTH;
        for (int step : layer) {
            labels[step] = StepLabel.of(plan.steps().get(step));
            int letters =
                    Math.max(labels[step].what().length(), labels[step].where().length());
            width[step] = 16 + letters * LETTER_WIDTH;
            if (used + width[step] > MAX_LINE_WIDTH) {
                lines.add(new ArrayList<>());
                used = 0;
            }
            lines.get(lines.size() - 1).add(step);
            used += width[step] + GAP;
        }
        return lines;
    }

    private double widthOf(List<Integer> line) {
        return line.stream().mapToDouble(step -> width[step] + GAP).sum() - GAP;
    }

    private void arrow(int from, int to) {
        double x1 = left[from] + width[from] / 2;
        double y1 = top[from] + HEIGHT;
        double x2 = left[to] + width[to] / 2;
        double y2 = top[to];
        double bend = Math.max(16, (y2 - y1) / 2);
        format(
                "<path d=\"M%.1f,%.1f C%.1f,%.1f %.1f,%.1f %.1f,%.1f\" marker-end=\"url(#head)\"/>%n",
                x1, y1, x1, y1 + bend, x2, y2 - bend, x2, y2);
    }

    private void box(int i) {
        StepLabel label = labels[i];
        format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"5\" fill=\"%s\" stroke=\"%s\"%s/>%n",
                left[i],
                top[i],
                width[i],
                HEIGHT,
                label.fill(),
                label.stroke(),
                label.dashed() ? " stroke-dasharray=\"4 3\"" : "");
        double middle = left[i] + width[i] / 2;
        boolean alone = label.where().isEmpty();
        format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n",
                middle, top[i] + (alone ? 23 : 16), escaped(label.what()));
        if (!alone) {
            format(
                    "<text class=\"where\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n",
                    middle, top[i] + 30, escaped(label.where()));
        }
    }

    private void format(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
