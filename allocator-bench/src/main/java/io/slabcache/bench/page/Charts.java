package io.slabcache.bench.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Makes the options of ECharts. An option is pure JSON; where ECharts expects a function, it has the name of one, which
 * the page puts in.
 */
final class Charts {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int BAR_PIXELS = 26;
    private static final int FRAME_PIXELS = 70;

    /** Bars that differ by more than this factor need a logarithmic axis. */
    private static final double WIDE = 30;

    /** The height of a chart of lines, in pixels. */
    static final int LINES_PIXELS = 420;

    /**
     * A bar.
     *
     * @param name of the row
     * @param value its length
     * @param low the lower end of the interval drawn over it
     * @param high the upper end
     * @param colour as in CSS
     */
    record Bar(String name, double value, double low, double high, String colour) {}

    /**
     * A line.
     *
     * @param name in the legend
     * @param points pairs of x and y, in order
     */
    record Line(String name, List<double[]> points) {}

    private Charts() {}

    /** Returns the height of a chart of so many bars, in pixels. */
    static int height(int bars) {
        return FRAME_PIXELS + bars * BAR_PIXELS;
    }

    /**
     * Returns horizontal bars from the top, each with its interval. The axis is logarithmic where the bars differ so
     * much that the short ones would vanish.
     */
    static ObjectNode bars(String unit, List<Bar> bars) {
        ObjectNode option = option();
        double least = bars.stream().mapToDouble(Bar::low).min().orElse(1);
        double most = bars.stream().mapToDouble(Bar::high).max().orElse(1);
        boolean logarithmic = most > WIDE * least;
        ObjectNode x = option.putObject("xAxis");
        x.put("type", logarithmic ? "log" : "value")
                .put("name", unit)
                .put("nameLocation", "middle")
                .put("nameGap", 26);
        x.put("min", logarithmic ? Math.pow(10, Math.floor(Math.log10(least))) : 0);
        x.put("max", ceiling(most));
        x.putObject("axisLabel").put("formatter", "plain");
        ObjectNode y = option.putObject("yAxis");
        y.put("type", "category").put("inverse", true);
        ArrayNode names = y.putArray("data");
        ArrayNode series = option.putArray("series");
        ArrayNode values =
                series.addObject().put("type", "bar").put("name", unit).putArray("data");
        ObjectNode intervals = series.addObject();
        intervals.put("type", "custom").put("name", "interval").put("renderItem", "interval");
        intervals.put("z", 10).put("silent", true);
        ArrayNode ends = intervals.putArray("data");
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            names.add(bar.name());
            values.addObject().put("value", bar.value()).putObject("itemStyle").put("color", bar.colour());
            ends.addArray().add(i).add(bar.low()).add(bar.high()).add(bar.value());
        }
        option.putObject("tooltip").put("trigger", "item");
        return option;
    }

    /** Returns lines over an axis of numbers. */
    static ObjectNode lines(ObjectNode x, ObjectNode y, List<Line> lines) {
        ObjectNode option = option();
        option.set("xAxis", x);
        option.set("yAxis", y);
        option.putObject("legend").put("type", "scroll").put("bottom", 0);
        ((ObjectNode) option.get("grid")).put("bottom", 64);
        ArrayNode series = option.putArray("series");
        for (Line line : lines) {
            ObjectNode one = series.addObject();
            one.put("type", "line").put("name", line.name()).put("showSymbol", false);
            ArrayNode data = one.putArray("data");
            line.points().forEach(point -> data.addArray().add(point[0]).add(point[1]));
        }
        option.putObject("tooltip").put("trigger", "item");
        return option;
    }

    /** Returns an axis; its name stands {@code gap} pixels away; {@code formatter} names the page's function for its labels. */
    static ObjectNode axis(String type, String name, String formatter, int gap) {
        ObjectNode axis = JSON.objectNode();
        axis.put("type", type).put("name", name).put("nameLocation", "middle").put("nameGap", gap);
        axis.putObject("axisLabel").put("formatter", formatter);
        return axis;
    }

    /** Returns the least number of one digit, or of one digit and a half, that is not below. */
    private static double ceiling(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(value))) / 2;
        return Math.ceil(value / unit) * unit;
    }

    private static ObjectNode option() {
        ObjectNode option = JSON.objectNode();
        option.put("backgroundColor", "transparent").put("animation", false);
        option.putObject("aria").put("enabled", true);
        ObjectNode grid = option.putObject("grid");
        grid.put("left", 24).put("right", 40).put("top", 12).put("bottom", 36).put("containLabel", true);
        return option;
    }
}
