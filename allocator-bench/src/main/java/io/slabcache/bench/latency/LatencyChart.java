package io.slabcache.bench.latency;

import io.slabcache.bench.report.Units;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the latency by percentile of several subjects as an SVG picture. The distance to 100 % and the time are on logarithmic
 * scales, so each step to the right is ten times as rare.
 */
public final class LatencyChart {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;
    private static final int LEFT = 70;
    private static final int RIGHT = 700;
    private static final int TOP = 50;
    private static final int BOTTOM = 460;

    /** The decades of rarity: up to one call in a million. */
    private static final int RARITIES = 6;

    private static final double SHORTEST_NANOS = 100;
    private static final int DECADES = 7;
    private static final int LINE_HEIGHT = 17;

    /** Colours that people with a colour deficiency can tell apart (Okabe and Ito). */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#777777", "#999933");

    private LatencyChart() {}

    /** The end of a curve, where its name stands. */
    private record Label(String subject, String colour, double y) {}

    /**
     * Returns the picture.
     *
     * @param title above it
     * @param curves for each subject: pairs or triples that begin with a percentile and nanoseconds
     */
    public static String render(String title, Map<String, List<double[]>> curves) {
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">",
                WIDTH,
                HEIGHT);
        add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
        add(svg, "<text x=\"%d\" y=\"26\" font-size=\"15\">%s</text>", LEFT, escape(title));
        axes(svg);
        List<Label> labels = new ArrayList<>();
        curves.forEach((subject, curve) -> {
            String colour = COLOURS.get(labels.size() % COLOURS.size());
            add(svg, "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>", colour, points(curve));
            labels.add(new Label(subject, colour, y(curve.getLast()[1])));
        });
        labels(svg, labels);
        return svg.append("</svg>\n").toString();
    }

    private static void axes(StringBuilder svg) {
        for (int decade = 0; decade <= DECADES; decade++) {
            double nanos = SHORTEST_NANOS * Math.pow(10, decade);
            add(svg, "<path d=\"M%d %.1fH%d\" stroke=\"#dddddd\"/>", LEFT, y(nanos), RIGHT);
            add(
                    svg,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 8,
                    y(nanos) + 4,
                    Units.time(nanos));
        }
        for (int rarity = 0; rarity <= RARITIES; rarity++) {
            double percentile = 100 - Math.pow(10, 2 - rarity);
            add(svg, "<path d=\"M%.1f %dV%d\" stroke=\"#dddddd\"/>", x(percentile), TOP, BOTTOM);
            add(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(percentile),
                    BOTTOM + 20,
                    percentile(rarity));
        }
        add(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">calls that took no longer</text>",
                (LEFT + RIGHT) / 2,
                BOTTOM + 45);
    }

    /** A nine for each decade, without the noise of binary fractions. */
    private static String percentile(int rarity) {
        return rarity == 0
                ? "0 %"
                : BigDecimal.valueOf(100)
                                .subtract(BigDecimal.ONE.scaleByPowerOfTen(2 - rarity))
                                .toPlainString() + " %";
    }

    private static String points(List<double[]> curve) {
        StringBuilder points = new StringBuilder();
        for (double[] point : curve) {
            add(points, "%.1f,%.1f ", x(point[0]), y(point[1]));
        }
        return points.toString().replaceAll("\\s+", " ").strip();
    }

    /** From the top to the bottom, none on another one. */
    private static void labels(StringBuilder svg, List<Label> labels) {
        double least = TOP;
        for (Label label :
                labels.stream().sorted(Comparator.comparingDouble(Label::y)).toList()) {
            double y = Math.max(label.y, least);
            add(svg, "<path d=\"M%d %.1fL%d %.1f\" stroke=\"%s\"/>", RIGHT, label.y, RIGHT + 14, y, label.colour);
            add(
                    svg,
                    "<text x=\"%d\" y=\"%.1f\" fill=\"%s\">%s</text>",
                    RIGHT + 18,
                    y + 4,
                    label.colour,
                    escape(label.subject));
            least = y + LINE_HEIGHT;
        }
    }

    /** Percentiles beyond the last decade, up to the maximum, are at the right edge. */
    private static double x(double percentile) {
        double rarity = percentile >= 100 ? RARITIES : Math.min(2 - Math.log10(100 - percentile), RARITIES);
        return LEFT + (RIGHT - LEFT) * rarity / RARITIES;
    }

    private static double y(double nanos) {
        double decade = Math.clamp(Math.log10(nanos / SHORTEST_NANOS), 0, DECADES);
        return BOTTOM - (BOTTOM - TOP) * decade / DECADES;
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
