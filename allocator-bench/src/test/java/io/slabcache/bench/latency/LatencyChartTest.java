package io.slabcache.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each subject has a curve at the places of its percentiles, and a name that stands on no other one. */
class LatencyChartTest {

    private static final Pattern TEXT = Pattern.compile("<text x=\"718\" y=\"([0-9.]+)\"[^>]*>([^<]*)<");

    private static List<double[]> curve(double maximum) {
        return List.of(new double[] {0, 100}, new double[] {99, 100_000}, new double[] {100, maximum});
    }

    @Test
    void placesPercentilesAndTimes() {
        String svg = LatencyChart.render("a < b", Map.of("slabcache", curve(1e9)));
        assertTrue(svg.contains("points=\"70.0,460.0 280.0,284.3 700.0,50.0\""), svg);
        assertTrue(svg.contains("a &lt; b"), svg);
        for (String label : List.of("90 %", "99 %", "99.9 %", "99.99 %", "99.999 %", "99.9999 %", "1.0 us")) {
            assertTrue(svg.contains(">" + label + "<"), label + " in " + svg);
        }
    }

    @Test
    void namesStandApart() {
        Map<String, List<double[]>> curves = new LinkedHashMap<>();
        for (int i = 0; i < 9; i++) {
            curves.put("subject" + i, curve(1e7));
        }
        Matcher texts = TEXT.matcher(LatencyChart.render("t", curves));
        List<Double> places = new ArrayList<>();
        while (texts.find()) {
            places.add(Double.parseDouble(texts.group(1)));
        }
        assertEquals(9, places.size());
        for (int i = 1; i < places.size(); i++) {
            assertTrue(places.get(i) - places.get(i - 1) > 16, places.toString());
        }
    }
}
